using CsCheck;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Release;
using Feedback.Domain.Tallies;
using Feedback.Domain.Tests.Support;
using Feedback.Domain.Windows;
using Xunit;

namespace Feedback.Domain.Tests.Release;

public sealed class WaitingRatingsTests
{
    private static readonly DateOnly Today = Some.On("2026-03-02");
    private readonly WindowFold _fold = Some.Fold();
    private long _version;

    [Fact]
    public void Four_ratings_are_not_released_and_the_fifth_releases_all_five()
    {
        for (var i = 0; i < 4; i++)
            Rate(Grade.VerySatisfied);
        Assert.Equal("{}", Released(Today));
        Rate(Grade.Dissatisfied);
        Assert.Equal("""{"released":{"2":1,"5":4}}""", Released(Today));
        Rate(Grade.VeryDissatisfied);
        Assert.Equal("""{"released":{"2":1,"5":4}}""", Released(Today));
    }

    [Fact]
    public void A_late_rating_is_released_on_the_day_on_which_it_came()
    {
        for (var i = 0; i < 4; i++)
            Rate(Grade.VerySatisfied);
        var changed = _fold.Apply(++_version, 100, Some.Accepted(admission: Some.Admission(day: "2026-02-20")));
        Assert.Equal([Some.On("2026-02-20"), Today], changed.Order());
        Assert.Equal("{}", Released(Some.On("2026-02-20")));
        Assert.Equal("""{"released":{"5":5}}""", Released(Today));
    }

    [Fact]
    public void A_day_on_which_something_is_only_released_knows_where_the_window_stood()
    {
        for (var i = 0; i < 5; i++)
            _fold.Apply(++_version, 100, Some.Accepted(admission: Some.Admission(day: "2026-02-20") with { Hall = new("n7"), Parent = new("n7") }));
        Assert.Equal((new("n3"), new("n3"), 5), (_fold.Day(Today)!.Hall, _fold.Day(Today)!.Parent, _fold.Day(Today)!.Version));
        Assert.Equal(new("n7"), _fold.Day(Some.On("2026-02-20"))!.Parent);
    }

    [Fact]
    public void History_is_released_on_its_own_day()
    {
        for (var i = 0; i < 5; i++)
            _fold.Apply(++_version, 100, Some.Accepted(admission: Some.Admission(day: $"2026-02-0{i + 1}") with { Imported = "paper" }));
        Assert.Equal("""{"released":{"5":5}}""", Released(Some.On("2026-02-05")));
    }

    [Fact]
    public void History_that_completes_what_a_terminal_began_is_released_today()
    {
        Rate(Grade.Satisfied);
        for (var i = 0; i < 4; i++)
            _fold.Apply(++_version, 100, Some.Accepted(admission: Some.Admission(day: "2026-02-05") with { Imported = "paper" }));
        Assert.Equal("{}", Released(Some.On("2026-02-05")));
        Assert.Equal("""{"released":{"4":1,"5":4}}""", Released(Today));
    }

    [Theory]
    [InlineData(Origin.Default)]
    [InlineData(Origin.Callback)]
    [InlineData(Origin.Declined)]
    public void Only_active_ratings_are_released(Origin origin)
    {
        for (var i = 0; i < 10; i++)
            _fold.Apply(++_version, 100, Some.Accepted(Some.Evaluation(origin == Origin.Declined ? null : Grade.Satisfied, origin)));
        Assert.Equal("{}", Released(Today));
    }

    [Fact]
    public void Whoever_sends_four_ratings_by_the_printed_code_is_not_told_the_fifth()
    {
        for (var i = 0; i < 4; i++)
            RateByPrintedCode(Grade.VerySatisfied);
        for (var i = 0; i < 4; i++)
        {
            Rate(Grade.VeryDissatisfied);
            Assert.Equal("{}", Released(Today));
        }

        RateByPrintedCode(Grade.Satisfied);
        Assert.Equal("{}", Released(Today));
        Rate(Grade.Dissatisfied);
        // Five that are not the sender's own, and with them all that were.
        Assert.Equal("""{"released":{"1":4,"2":1,"4":1,"5":4}}""", Released(Today));
    }

    [Fact]
    public void A_rating_by_the_printed_code_for_a_matter_is_one_of_the_five()
    {
        for (var i = 0; i < 5; i++)
            _fold.Apply(++_version, 100, Some.Accepted(matter: i, admission: Some.Admission() with { Terminal = Sender.Public }));
        Assert.Equal("""{"released":{"5":5}}""", Released(Today));
    }

    [Fact]
    public void What_came_by_the_printed_code_and_was_excluded_is_not_released()
    {
        var one = RateByPrintedCode(Grade.VeryDissatisfied);
        Exclude(one);
        for (var i = 0; i < 5; i++)
            Rate(Grade.Satisfied);
        Assert.Equal("""{"released":{"4":5}}""", Released(Today));
    }

    [Fact]
    public void An_excluded_rating_that_waits_is_never_released()
    {
        var bad = Rate(Grade.VeryDissatisfied);
        for (var i = 0; i < 3; i++)
            Rate(Grade.Satisfied);
        Exclude(bad);
        Rate(Grade.Satisfied);
        Assert.Equal("{}", Released(Today));
        Rate(Grade.Satisfied);
        Assert.Equal("""{"released":{"4":5}}""", Released(Today));
    }

    [Fact]
    public void An_exclusion_of_a_released_rating_changes_nothing_until_five_more_came()
    {
        var bad = Rate(Grade.VeryDissatisfied);
        for (var i = 0; i < 4; i++)
            Rate(Grade.Satisfied);
        Exclude(bad);
        for (var i = 0; i < 4; i++)
            Rate(Grade.VerySatisfied);
        Assert.Equal("""{"released":{"1":1,"4":4}}""", Released(Today));
        Rate(Grade.VerySatisfied);
        Assert.Equal("""{"released":{"4":4,"5":5}}""", Released(Today));
    }

    [Fact]
    public void A_reinstated_rating_comes_back_with_the_next_five()
    {
        var bad = Rate(Grade.VeryDissatisfied);
        Exclude(bad);
        _fold.Apply(++_version, 100, Some.Reinstated(bad.Version), bad.Rating);
        for (var i = 0; i < 4; i++)
            Rate(Grade.Satisfied);
        Assert.Equal("{}", Released(Today));
        Rate(Grade.Satisfied);
        Assert.Equal("""{"released":{"1":1,"4":5}}""", Released(Today));
    }

    [Fact]
    public void What_waits_is_read_as_it_was_written()
    {
        var bad = Rate(Grade.VeryDissatisfied);
        for (var i = 0; i < 6; i++)
            Rate((Grade)(i % 5 + 1));
        Exclude(bad);
        _fold.Apply(++_version, 100, Some.Accepted(admission: Some.Admission() with { Imported = "paper" }));
        Assert.Equal("3;9;-1,0,0,0,0;6:5,7:1,9:5i", _fold.Waiting.Write());
        Assert.Equal("3;9;-1,0,0,0,0;6:5,7:1,9:5i", WaitingRatings.Read("3;9;-1,0,0,0,0;6:5,7:1,9:5i").Write());
    }

    [Theory]
    [InlineData("")]
    [InlineData("2;9;-1,0,0,0,0;6:5")]
    public void What_was_written_under_other_rules_is_not_read(string text) => Assert.Equal((0, 0), (WaitingRatings.Read(text).Version, WaitingRatings.Read(text).Count));

    [Fact]
    public void What_is_released_and_what_waits_are_all_active_ratings() =>
        History.StepsWithWrongClock(StepKind.Rate, StepKind.Rate, StepKind.Rate, StepKind.Exclude, StepKind.Reinstate).Sample(
            steps =>
            {
                var (history, fold) = (new History(), Some.Fold());
                foreach (var step in steps)
                {
                    if (history.Play(step) is { } happened)
                        fold.Apply(happened.Version, happened.At, happened.Event, happened.Subject);
                    var sum = fold.Days.Aggregate(Tally.Empty, (sum, day) => sum.Plus(fold.TallyOf(day)!));
                    for (var grade = Grade.VeryDissatisfied; grade <= Grade.VerySatisfied; grade++)
                        Assert.Equal(sum.Graded(Origin.Active, grade), sum[Cell.Released(grade)] + fold.Waiting.WaitingOf(grade));
                }
            },
            iter: 10_000);

    [Fact]
    public void Waiting_for_a_release_costs_a_rating_next_to_nothing()
    {
        const int Ratings = 50_000;
        var (waiting, rating) = (new WaitingRatings(), Some.Accepted());
        waiting.Take(1, rating, null);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var version = 2; version < Ratings + 2; version++)
            waiting.Take(version, rating, null);
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / Ratings, 0, 200);
    }

    private (long Version, EvaluationAccepted Rating) Rate(Grade grade)
    {
        var rating = Some.Accepted(Some.Evaluation(grade));
        _fold.Apply(++_version, 100, rating);
        return (_version, rating);
    }

    private (long Version, EvaluationAccepted Rating) RateByPrintedCode(Grade grade)
    {
        var rating = Some.Accepted(Some.Evaluation(grade), admission: Some.Admission() with { Terminal = Sender.Public });
        _fold.Apply(++_version, 100, rating);
        return (_version, rating);
    }

    private void Exclude((long Version, EvaluationAccepted Rating) one) => _fold.Apply(++_version, 100, Some.Excluded(one.Version), one.Rating);

    private string Released(DateOnly day) =>
        Tally.Of([.. (_fold.TallyOf(day) ?? Tally.Empty).Of(CellKind.Released).Select(cell => (cell.Key, cell.Value))]).ToString();
}
