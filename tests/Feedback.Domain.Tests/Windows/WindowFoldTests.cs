using CsCheck;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Tests.Support;
using Feedback.Domain.Windows;
using Xunit;

namespace Feedback.Domain.Tests.Windows;

public sealed class WindowFoldTests
{
    private static readonly DateOnly Today = Some.On("2026-03-02");
    private readonly WindowFold _fold = Some.Fold();

    [Fact]
    public void An_evaluation_is_counted_on_its_day()
    {
        var changed = _fold.Apply(1, 100, Some.Accepted(admission: Some.Admission(day: "2026-02-20")));
        Assert.Equal([Some.On("2026-02-20")], changed);
        Assert.Equal(1, _fold.TallyOf(Some.On("2026-02-20"))!.Evaluations);
        Assert.Null(_fold.TallyOf(Today));
    }

    [Fact]
    public void A_day_is_stored_with_its_place_and_the_event_that_changed_it_last()
    {
        _fold.Apply(4, 100, Some.Accepted(admission: Some.Admission() with { Hall = new("n7"), Parent = new("n4") }));
        var day = _fold.Day(Today)!;
        Assert.Equal((Some.Window, Today, new("n7"), new("n4"), 4, 100), (day.Window, day.Day, day.Hall, day.Parent, day.Version, day.ChangedAt));
    }

    [Fact]
    public void A_finish_after_the_rating_makes_the_matter_rated_on_its_finish_day()
    {
        _fold.Apply(1, 100, Some.Accepted(matter: 1));
        var changed = _fold.Apply(2, 200, Some.Finished(1, Some.Admission(Some.Morning + Some.Day)));
        Assert.Equal([Today.AddDays(1)], changed);
        Assert.Equal((0, 0), Matters(Today));
        Assert.Equal((1, 1), Matters(Today.AddDays(1)));
    }

    [Fact]
    public void A_rating_after_the_finish_makes_the_matter_rated_on_its_finish_day()
    {
        _fold.Apply(1, 100, Some.Finished(1));
        var changed = _fold.Apply(2, 200, Some.Accepted(matter: 1, admission: Some.Admission(Some.Morning + Some.Day)));
        Assert.Equal([Today, Today.AddDays(1)], changed.Order());
        Assert.Equal((1, 1), Matters(Today));
        Assert.Equal((0, 0), Matters(Today.AddDays(1)));
    }

    [Fact]
    public void The_finish_day_tells_the_rating_that_changed_it()
    {
        _fold.Apply(1, 100, Some.Finished(1));
        _fold.Apply(2, 200, Some.Accepted(matter: 1, admission: Some.Admission(Some.Morning + Some.Day)));
        Assert.Equal((2, 200), (_fold.Day(Today)!.Version, _fold.Day(Today)!.ChangedAt));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void A_rating_meets_a_finish_of_exactly_30_days_ago_and_no_older_one(long beyond, int rated)
    {
        _fold.Apply(1, 100, Some.Finished(1, Some.Admission(Some.Morning)));
        _fold.Apply(2, 200, Some.Accepted(matter: 1, admission: Some.Admission(Some.Morning + (30 * Some.Day) + beyond)));
        Assert.Equal((1, rated), Matters(Today));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void A_finish_meets_a_rating_of_exactly_30_days_ago_and_no_older_one(long beyond, int rated)
    {
        _fold.Apply(1, 100, Some.Accepted(matter: 1, admission: Some.Admission(Some.Morning)));
        _fold.Apply(2, 200, Some.Finished(1, Some.Admission(Some.Morning + (30 * Some.Day) + beyond)));
        Assert.Equal((1, rated), Matters(Today.AddDays(30)));
    }

    [Fact]
    public void A_repeated_rating_of_a_matter_counts_it_once()
    {
        _fold.Apply(1, 100, Some.Finished(1));
        _fold.Apply(2, 200, Some.Accepted(matter: 1));
        _fold.Apply(3, 300, Some.Accepted(matter: 1));
        Assert.Equal((1, 1), Matters(Today));
        Assert.Equal(2, _fold.TallyOf(Today)!.Evaluations);
    }

    [Fact]
    public void A_repeated_finish_counts_the_matter_once_and_changes_no_day()
    {
        _fold.Apply(1, 100, Some.Finished(1));
        Assert.Empty(_fold.Apply(2, 200, Some.Finished(1, Some.Admission(Some.Morning + Some.Day))));
        Assert.Equal((1, 0), Matters(Today));
    }

    [Fact]
    public void A_finish_more_than_30_days_after_another_is_a_matter_of_its_own()
    {
        _fold.Apply(1, 100, Some.Finished(1, Some.Admission(Some.Morning)));
        _fold.Apply(2, 200, Some.Finished(1, Some.Admission(Some.Morning + (30 * Some.Day) + 1)));
        Assert.Equal((1, 0), Matters(Today.AddDays(30)));
    }

    [Fact]
    public void A_matter_that_nobody_is_asked_to_rate_is_in_no_denominator()
    {
        Assert.Empty(_fold.Apply(1, 100, Some.Finished(1, rateable: false)));
        _fold.Apply(2, 200, Some.Accepted(matter: 1));
        Assert.Equal((0, 0), Matters(Today));
    }

    [Theory]
    [InlineData(Origin.Default)]
    [InlineData(Origin.Callback)]
    [InlineData(Origin.Declined)]
    public void Only_an_active_rating_makes_a_matter_rated(Origin origin)
    {
        _fold.Apply(1, 100, Some.Finished(1));
        _fold.Apply(2, 200, Some.Accepted(Some.Evaluation(origin == Origin.Declined ? null : Grade.Satisfied, origin), matter: 1));
        Assert.Equal((1, 0), Matters(Today));
    }

    [Fact]
    public void Two_matters_are_told_apart()
    {
        _fold.Apply(1, 100, Some.Finished(1));
        _fold.Apply(2, 200, Some.Finished(2));
        _fold.Apply(3, 300, Some.Accepted(matter: 2));
        Assert.Equal((2, 1), Matters(Today));
    }

    [Fact]
    public void Who_comes_and_goes_changes_no_figure()
    {
        Assert.Empty(_fold.Apply(1, 100, new StaffSignedIn { Salt = Some.Salt, Staff = "s-7", At = 100 }));
        Assert.Empty(_fold.Apply(2, 200, new StaffSignedOut { Salt = Some.Salt, Staff = "s-7", At = 200 }));
    }

    [Fact]
    public void An_erasure_changes_no_figure()
    {
        _fold.Apply(1, 100, Some.Accepted());
        Assert.Empty(_fold.Apply(2, 200, new PersonalTextErased { Salt = Some.Salt, Of = 1, Ref = Some.Bytes(1), Reason = "asked", At = 200 }));
    }

    [Fact]
    public void A_stored_day_never_replaces_a_newer_one()
    {
        _fold.Apply(1, 100, Some.Accepted());
        var stored = _fold.Day(Today)!;
        _fold.Apply(2, 200, Some.Accepted());
        _fold.Load(stored);
        Assert.Equal(2, _fold.TallyOf(Today)!.Evaluations);
    }

    [Fact]
    public void A_day_let_go_of_is_not_held()
    {
        _fold.Apply(1, 100, Some.Accepted());
        Assert.True(_fold.Holds(Today));
        _fold.Release(Today);
        Assert.False(_fold.Holds(Today));
        Assert.Null(_fold.Day(Today));
    }

    [Fact]
    public void Evaluations_without_a_matter_count_alike_in_any_order() => Gen.Select(History.Steps(StepKind.Rate), Gen.Int).Sample(
        (steps, seed) =>
        {
            var history = new History();
            var events = steps.Select(step => history.Play(step with { Matter = 0 })!).ToList();
            var shuffled = events.ToArray();
            new Random(seed).Shuffle(shuffled);
            var (one, other) = (Some.Fold(), Some.Fold());
            events.ForEach(happened => one.Apply(happened.Version, happened.At, happened.Event));
            Array.ForEach(shuffled, happened => other.Apply(happened.Version, happened.At, happened.Event));
            Assert.Equal(Some.Exact(one), Some.Exact(other));
        },
        iter: 10_000);

    private (int Finished, int Rated) Matters(DateOnly day) => (_fold.TallyOf(day)!.MattersFinished, _fold.TallyOf(day)!.MattersRated);
}
