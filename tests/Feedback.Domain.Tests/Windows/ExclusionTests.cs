using CsCheck;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Tests.Support;
using Feedback.Domain.Windows;
using Xunit;

namespace Feedback.Domain.Tests.Windows;

public sealed class ExclusionTests
{
    private static readonly DateOnly Today = Some.On("2026-03-02");
    private readonly WindowFold _fold = Some.Fold();

    [Fact]
    public void An_excluded_evaluation_leaves_every_count_and_is_shown_apart()
    {
        var rating = Some.Accepted(Some.Evaluation(Grade.Dissatisfied) with { Reasons = ["slow"], ServiceItem = "permit" });
        _fold.Apply(1, 100, rating);
        _fold.Apply(2, 200, Some.Excluded(1), rating);
        Assert.Equal("""{"excluded":{"active":{"2":1}}}""", _fold.TallyOf(Today)!.ToString());
    }

    [Fact]
    public void A_reinstated_evaluation_counts_as_before()
    {
        var rating = Some.Accepted(matter: 1);
        _fold.Apply(1, 100, Some.Finished(1));
        _fold.Apply(2, 200, rating);
        var before = _fold.TallyOf(Today);
        _fold.Apply(3, 300, Some.Excluded(2), rating);
        Assert.NotEqual(before, _fold.TallyOf(Today));
        _fold.Apply(4, 400, Some.Reinstated(2), rating);
        Assert.Equal(before, _fold.TallyOf(Today));
    }

    [Fact]
    public void The_day_tells_the_exclusion_that_changed_it()
    {
        var rating = Some.Accepted();
        _fold.Apply(1, 100, rating);
        _fold.Apply(9, 900, Some.Excluded(1), rating);
        Assert.Equal((9, 900), (_fold.Day(Today)!.Version, _fold.Day(Today)!.ChangedAt));
    }

    [Fact]
    public void A_matter_whose_only_rating_is_excluded_is_rated_no_longer()
    {
        var rating = Some.Accepted(matter: 1);
        _fold.Apply(1, 100, rating);
        _fold.Apply(2, 200, Some.Finished(1));
        _fold.Apply(3, 300, Some.Excluded(1), rating);
        Assert.Equal((1, 0), (_fold.TallyOf(Today)!.MattersFinished, _fold.TallyOf(Today)!.MattersRated));
    }

    [Fact]
    public void A_matter_with_another_rating_stays_rated()
    {
        var rating = Some.Accepted(matter: 1);
        _fold.Apply(1, 100, Some.Finished(1));
        _fold.Apply(2, 200, rating);
        _fold.Apply(3, 300, Some.Accepted(matter: 1));
        _fold.Apply(4, 400, Some.Excluded(2), rating);
        Assert.Equal(1, _fold.TallyOf(Today)!.MattersRated);
    }

    [Fact]
    public void A_matter_finished_after_its_rating_was_excluded_is_not_rated()
    {
        var rating = Some.Accepted(matter: 1);
        _fold.Apply(1, 100, rating);
        _fold.Apply(2, 200, Some.Excluded(1), rating);
        _fold.Apply(3, 300, Some.Finished(1));
        Assert.Equal(0, _fold.TallyOf(Today)!.MattersRated);
    }

    [Fact]
    public void An_exclusion_changes_the_finish_day_of_its_matter_too()
    {
        var rating = Some.Accepted(matter: 1, admission: Some.Admission(Some.Morning + Some.Day));
        _fold.Apply(1, 100, Some.Finished(1));
        _fold.Apply(2, 200, rating);
        var changed = _fold.Apply(3, 300, Some.Excluded(2), rating);
        Assert.Equal([Today, Today.AddDays(1)], changed.Order());
        Assert.Equal(0, _fold.TallyOf(Today)!.MattersRated);
    }

    [Fact]
    public void Reinstating_a_rating_that_never_met_the_matter_leaves_the_matter_alone()
    {
        var early = Some.Accepted(matter: 1);
        var finish = Some.Morning + (60 * Some.Day);
        _fold.Apply(1, 100, early);
        _fold.Apply(2, 200, Some.Finished(1, Some.Admission(finish)));
        _fold.Apply(3, 300, Some.Excluded(1), early);
        _fold.Apply(4, 400, Some.Reinstated(1), early);
        _fold.Apply(5, 500, Some.Accepted(matter: 1, admission: Some.Admission(finish + Some.Day)));
        Assert.Equal(1, _fold.TallyOf(Today.AddDays(60))!.MattersRated);
    }

    [Fact]
    public void An_exclusion_that_is_taken_back_at_once_changes_no_figure_then_or_later() => Gen.Select(
            History.StepsWithWrongClock(StepKind.Rate, StepKind.Rate, StepKind.Finish, StepKind.Exclude, StepKind.Reinstate),
            Gen.Int[0, 39], Gen.Int[0, 39])
        .Sample(
            (steps, when, which) =>
            {
                var (history, plain, disputed) = (new History(), Some.Fold(), Some.Fold());
                for (var i = 0; i < steps.Length; i++)
                {
                    if (history.Play(steps[i]) is { } happened)
                    {
                        plain.Apply(happened.Version, happened.At, happened.Event, happened.Subject);
                        disputed.Apply(happened.Version, happened.At, happened.Event, happened.Subject);
                    }

                    var counting = history.Ratings.Where(rating => !rating.Excluded).ToList();
                    if (i != when || counting.Count == 0)
                        continue;
                    var chosen = counting[which % counting.Count];
                    // They take no version of their own, so that what follows is the same event for both.
                    disputed.Apply(chosen.Version, history.Now, Some.Excluded(chosen.Version), chosen.Rating);
                    disputed.Apply(chosen.Version, history.Now, Some.Reinstated(chosen.Version), chosen.Rating);
                }

                Assert.Equal(Some.Exact(plain), Some.Exact(disputed));
            },
            iter: 10_000);
}
