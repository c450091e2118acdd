using CsCheck;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Tallies;
using Xunit;

namespace Feedback.Domain.Tests.Release;

/// <summary>
/// The subtraction attack over everything released: all nodes, all days and periods, all moments, with late ratings, exclusions,
/// reinstatements, imports, and a window that moves between halls. Seeds are fixed; a failure prints what happened.
/// </summary>
public sealed class AttackTests
{
    [Fact]
    public void No_sum_or_difference_of_what_is_released_is_about_one_to_four_people() => AttackedBureau.Acts(8, 22).Sample(
        acts => Assert.Null(AttackedBureau.Play(acts, Cell.Released).FindFew()),
        seed: "0000000000001", iter: 10_000, print: Print);

    [Fact]
    public void Nor_in_longer_histories() => AttackedBureau.Acts(60, 90).Sample(
        acts =>
        {
            var attacker = AttackedBureau.Play(acts, Cell.Released);
            Assert.True(attacker.Rank >= 3);
            Assert.Null(attacker.FindFew());
        },
        seed: "0000000000002", iter: 25, print: Print);

    [Fact]
    public void Adding_and_subtracting_every_figure_of_every_period_in_every_way_isolates_nobody()
    {
        var tried = 0;
        AttackedBureau.Acts(12, 24).Sample(
            acts =>
            {
                var attacker = AttackedBureau.Play(acts, Cell.Released, periods: true);
                if (attacker.Figures.Count is 0 or > 9)
                    return;
                Interlocked.Increment(ref tried);
                Assert.Null(attacker.TryAllSigns());
            },
            seed: "0000000000003", iter: 2_000, print: Print);
        Assert.True(tried > 1_000, $"Only {tried} histories were small enough.");
    }

    [Fact]
    public void The_same_attack_on_exact_figures_finds_people_every_time() => AttackedBureau.Acts(8, 22).Sample(
        acts => Assert.NotNull(AttackedBureau.Play(acts, Exact).FindFew()),
        seed: "0000000000004", iter: 500, print: Print);

    [Fact]
    public void Exact_figures_that_are_hidden_below_five_give_people_away_all_the_same()
    {
        var (found, tried) = (0, 0);
        AttackedBureau.Acts(16, 22).Sample(
            acts =>
            {
                Interlocked.Increment(ref tried);
                if (AttackedBureau.Play(acts, Exact, periods: true, hideFew: 5).FindFew() is not null)
                    Interlocked.Increment(ref found);
            },
            seed: "0000000000005", iter: 500, print: Print);
        Assert.True(found > tried * 9 / 10, $"Found somebody in {found} of {tried}.");
    }

    private static Cell Exact(Grade grade) => Cell.Graded(Origin.Active, grade);

    private static string Print(Act[] acts) => string.Join('\n', acts);
}
