using Feedback.Domain.Placement;
using Xunit;

namespace Feedback.Domain.Tests.Placement;

/// <summary>Silos are letters; what they hold are numbers.</summary>
public sealed class SpreadingTests
{
    private const int Plenty = 1000;

    [Fact]
    public void What_belongs_elsewhere_goes_there()
    {
        var moves = Spreading.Decide("A", [1, 2, 3], Loads(("A", 3), ("B", 0), ("C", 0)), held => held == 2 ? ["B"] : ["A"], Plenty);

        Assert.Equal([new Move<string, int>(2, "B")], moves);
    }

    [Fact]
    public void What_belongs_here_stays_however_much_it_is() =>
        Assert.Empty(Spreading.Decide("A", Enumerable.Range(1, 90), Loads(("A", 90), ("B", 0)), _ => ["A"], Plenty));

    [Fact]
    public void Of_several_homes_the_emptier_gets_more()
    {
        var moves = Spreading.Decide("A", Enumerable.Range(1, 10), Loads(("A", 10), ("B", 6), ("C", 0)), _ => ["B", "C"], Plenty);

        Assert.Equal((2, 8), (moves.Count(move => move.To == "B"), moves.Count(move => move.To == "C")));
    }

    [Fact]
    public void A_silo_that_joined_gets_its_share_of_each_and_no_more()
    {
        var given = Round(Evenly(3, 100).Append(0));

        Assert.Equal([75, 75, 75, 75], given);
    }

    [Fact]
    public void Beside_ten_others_a_silo_that_joined_gets_its_share_too()
    {
        var given = Round(Evenly(10, 100).Append(0));

        Assert.All(given, load => Assert.InRange(load, 90, 91));
    }

    [Theory]
    [InlineData(10, 10, 10)]
    [InlineData(11, 10, 9)]
    [InlineData(60, 50, 41)]
    [InlineData(1, 0, 0)]
    [InlineData(2, 1, 1)]
    [InlineData(3, 2, 2)]
    public void What_is_even_enough_is_left_alone(params int[] loads) => Assert.Equal(loads, Round(loads));

    [Theory]
    [InlineData(61, 50, 39)]
    [InlineData(2, 0)]
    [InlineData(5, 0, 0, 0)]
    [InlineData(1000, 3, 999, 1, 0)]
    public void Rounds_end_in_balance_and_then_nothing_moves(params int[] loads)
    {
        var now = loads;
        for (var round = 0; round < 5; round++)
            now = Round(now);

        Assert.Equal(loads.Sum(), now.Sum());
        Assert.True(now.Max() - now.Min() <= 1 || now.Max() <= now.Average() * (1 + Spreading.Tolerance), string.Join(' ', now));
        Assert.Equal(now, Round(now));
    }

    [Fact]
    public void No_more_goes_at_once_than_is_allowed_and_what_belongs_elsewhere_goes_first()
    {
        var moves = Spreading.Decide("A", Enumerable.Range(1, 100), Loads(("A", 100), ("B", 0)), held => held > 95 ? ["B"] : ["A", "B"], 7);

        Assert.Equal([96, 97, 98, 99, 100, 1, 2], moves.Select(move => move.What));
    }

    [Fact]
    public void What_may_go_makes_room_for_what_must_stay()
    {
        // Sixty that belong here and sixty that belong anywhere: those go.
        var moves = Spreading.Decide("A", Enumerable.Range(1, 120), Loads(("A", 120), ("B", 0)), held => held <= 60 ? ["A"] : ["A", "B"], Plenty);

        Assert.Equal(60, moves.Count);
        Assert.All(moves, move => Assert.True(move.What > 60));
    }

    // All silos look at once, before anything has moved.
    private static int[] Round(IEnumerable<int> loads)
    {
        var now = loads.Select((load, silo) => (load, silo)).ToDictionary(pair => pair.silo, pair => pair.load);
        int[] silos = [.. now.Keys.Order()];
        var moves = silos.ToDictionary(silo => silo, silo => Spreading.Decide(silo, Enumerable.Range(1, now[silo]), now, _ => silos, Plenty));
        return [.. silos.Select(silo => now[silo] - moves[silo].Count + moves.Values.Sum(some => some.Count(move => move.To == silo)))];
    }

    private static IEnumerable<int> Evenly(int silos, int load) => Enumerable.Repeat(load, silos);

    private static Dictionary<string, int> Loads(params (string Silo, int Load)[] loads) => loads.ToDictionary(pair => pair.Silo, pair => pair.Load);
}
