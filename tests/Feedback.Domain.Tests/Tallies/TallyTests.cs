using CsCheck;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Tallies;
using Feedback.Domain.Tests.Support;
using Xunit;

namespace Feedback.Domain.Tests.Tallies;

public sealed class TallyTests
{
    private const int Cases = 10_000;

    [Fact]
    public void A_sum_is_the_same_from_either_side() => Gen.Select(Tallied.Any, Tallied.Any).Sample(
        (a, b) => a.Plus(b).Equals(b.Plus(a)), iter: Cases);

    [Fact]
    public void A_sum_of_three_is_the_same_however_it_is_grouped() => Gen.Select(Tallied.Any, Tallied.Any, Tallied.Any).Sample(
        (a, b, c) => a.Plus(b).Plus(c).Equals(a.Plus(b.Plus(c))), iter: Cases);

    [Fact]
    public void What_was_added_can_be_taken_out_again() => Gen.Select(Tallied.Any, Tallied.Any).Sample(
        (a, b) => a.Plus(b).Minus(b).Equals(a), iter: Cases);

    [Fact]
    public void A_sum_moves_with_one_part_by_the_difference_of_that_part() => Gen.Select(Tallied.Any, Tallied.Any, Tallied.Any).Sample(
        (others, old, @new) => others.Plus(old).Plus(@new.Minus(old)).Equals(others.Plus(@new)), iter: Cases);

    [Fact]
    public void Nothing_added_or_taken_out_changes_nothing() => Tallied.Any.Sample(
        a => a.Plus(Tally.Empty).Equals(a) && Tally.Empty.Plus(a).Equals(a) && a.Minus(Tally.Empty).Equals(a), iter: Cases);

    [Fact]
    public void A_tally_less_itself_is_empty() => Tallied.Any.Sample(a => a.Minus(a).Equals(Tally.Empty), iter: Cases);

    [Fact]
    public void Each_cell_is_the_sum_of_its_cells() => Gen.Select(Tallied.Any, Tallied.Any, Tallied.Cells).Sample(
        (a, b, cell) => a.Plus(b)[cell] == a[cell] + b[cell] && a.Minus(b)[cell] == a[cell] - b[cell], iter: Cases);

    [Fact]
    public void Zeros_are_never_kept() => Gen.Select(Tallied.Counts, Tallied.Any).Sample(
        (counts, b) => Tally.Of(counts).All(cell => cell.Value != 0)
            && Tally.Of(counts).Plus(b).All(cell => cell.Value != 0) && Tally.Of(counts).Minus(b).All(cell => cell.Value != 0),
        iter: Cases);

    [Fact]
    public void Cells_may_be_given_in_any_order_and_more_than_once() => Gen.Select(Tallied.Counts, Gen.Int).Sample(
        (counts, seed) =>
        {
            var shuffled = counts.ToArray();
            new Random(seed).Shuffle(shuffled);
            var one = counts.Aggregate(Tally.Empty, (sum, cell) => sum.Plus(Tally.Of([cell])));
            return Tally.Of(counts).Equals(Tally.Of(shuffled)) && Tally.Of(counts).Equals(one)
                && Tally.Of(counts).GetHashCode() == Tally.Of(shuffled).GetHashCode();
        },
        iter: Cases);

    [Fact]
    public void A_sum_beyond_32_bits_is_an_error_and_no_wrong_figure()
    {
        var most = Tally.Of([(Cell.Unattached, int.MaxValue)]);
        var one = Tally.Of([(Cell.Unattached, 1)]);
        Assert.Throws<OverflowException>(() => most.Plus(one));
        Assert.Throws<OverflowException>(() => Tally.Of([(Cell.Unattached, int.MinValue)]).Minus(one));
        Assert.Throws<OverflowException>(() => Tally.Of([(Cell.Unattached, int.MaxValue), (Cell.Unattached, 1)]));
        Assert.Throws<OverflowException>(() => Tally.Empty.Minus(Tally.Of([(Cell.Unattached, int.MinValue)])));
    }

    [Fact]
    public void Evaluations_of_every_origin_are_counted_together()
    {
        var tally = Tally.Of([
            (Cell.Graded(Origin.Active, Grade.Satisfied), 2), (Cell.Graded(Origin.Default, Grade.FairlySatisfied), 3),
            (Cell.Graded(Origin.Declined, null), 4), (Cell.Excluded(Origin.Active, Grade.Satisfied), 10)]);
        Assert.Equal(9, tally.Evaluations);
        Assert.Equal((2, 0, 4), (tally.Graded(Origin.Active, Grade.Satisfied), tally.Graded(Origin.Callback, Grade.Satisfied), tally.Graded(Origin.Declined, null)));
    }

    [Fact]
    public void One_kind_of_cell_can_be_left_out() => Gen.Select(Tallied.Any, Gen.Int[1, 12]).Sample(
        (a, number) =>
        {
            var kind = (CellKind)number;
            var rest = a.Without(kind);
            return !rest.Of(kind).Any() && rest.Count == a.Count - a.Of(kind).Count() && rest.All(cell => a[cell.Key] == cell.Value);
        },
        iter: Cases);

    [Fact]
    public void A_cell_tells_what_it_counts()
    {
        var hour = Cell.Hour(23, Grade.VeryDissatisfied);
        Assert.Equal((CellKind.Hour, 23, Grade.VeryDissatisfied), (hour.Kind, hour.HourOfDay, hour.Grade!.Value));
        Assert.Equal(Cell.UnknownHour, Cell.Hour(null, Grade.Satisfied).HourOfDay);
        var declined = Cell.Graded(Origin.Declined, null);
        Assert.Equal((CellKind.Graded, Origin.Declined, null), (declined.Kind, declined.Origin, declined.Grade));
        Assert.Equal((CellKind.Channel, Channel.Paper), (Cell.Of(Channel.Paper).Kind, Cell.Of(Channel.Paper).Channel));
        Assert.Equal((CellKind.Staff, "s-7", Grade.Satisfied), (Cell.Staff("s-7", Grade.Satisfied).Kind, Cell.Staff("s-7", Grade.Satisfied).Code, Cell.Staff("s-7", Grade.Satisfied).Grade!.Value));
    }

    [Fact]
    public void Codes_are_told_apart_letter_by_letter() => Assert.NotEqual(Cell.Reason("slow"), Cell.Reason("Slow"));
}
