using CsCheck;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Matters;
using Feedback.Domain.Tests.Support;
using Feedback.Domain.Windows;
using Xunit;

namespace Feedback.Domain.Tests.Windows;

/// <summary>The response rate's two counts against their definition, worked out from the events alone.</summary>
public sealed class RatedMatterTests
{
    [Fact]
    public void A_matter_is_rated_when_any_rating_of_it_was_received_within_30_days_of_its_finish() =>
        History.Steps(StepKind.Rate, StepKind.Rate, StepKind.Finish).Sample(
            steps =>
            {
                var (history, fold, events) = (new History(), Some.Fold(), new List<Happened>());
                foreach (var step in steps.Select(step => step with { Pick = 0 }))
                {
                    // Once each: a matter that is finished again after more than 30 days is another one.
                    if (step.Kind == StepKind.Finish && events.Any(one => one.Event is MatterFinished e && e.Matter == Some.Matter(step.Matter)))
                        continue;
                    events.Add(history.Play(step)!);
                    fold.Apply(events[^1].Version, events[^1].At, events[^1].Event);
                }

                AssertCounts(events, fold, (rating, finish) =>
                    Math.Abs(rating.Admission.ReceivedAt - finish.Admission.ReceivedAt) <= 30 * Some.Day);
            },
            iter: 10_000);

    [Fact]
    public void Within_30_days_a_matter_is_rated_exactly_while_a_rating_of_it_counts() =>
        History.Steps(StepKind.Rate, StepKind.Finish, StepKind.Exclude, StepKind.Reinstate).Sample(
            steps =>
            {
                var (history, fold, events) = (new History(), Some.Fold(), new List<Happened>());
                foreach (var step in steps.Select(step => step with { Pick = step.Pick % 9, Wait = step.Wait % (12 * 60 * Some.Minute) }))
                {
                    if (history.Play(step) is not { } happened)
                        continue;
                    events.Add(happened);
                    fold.Apply(happened.Version, happened.At, happened.Event, happened.Subject);
                    var excluded = history.Ratings.Where(rating => rating.Excluded).Select(rating => rating.Rating).ToHashSet(ReferenceEqualityComparer.Instance);
                    AssertCounts(events, fold, (rating, _) => !excluded.Contains(rating));
                }
            },
            iter: 10_000);

    private static void AssertCounts(List<Happened> events, WindowFold fold, Func<EvaluationAccepted, MatterFinished, bool> counts)
    {
        var ratings = events.Select(one => one.Event).OfType<EvaluationAccepted>()
            .Where(rating => rating is { Evaluation: { Origin: Origin.Active, Grade: not null }, Matter: not null }).ToList();
        var finishes = events.Select(one => one.Event).OfType<MatterFinished>().DistinctBy(finish => finish.Matter).ToList();
        foreach (var day in fold.Days)
        {
            var onDay = finishes.FindAll(finish => finish.Admission.Day == day);
            Assert.Equal(onDay.Count, fold.TallyOf(day)!.MattersFinished);
            Assert.Equal(
                onDay.Count(finish => ratings.Exists(rating => rating.Matter == finish.Matter && counts(rating, finish))),
                fold.TallyOf(day)!.MattersRated);
        }
    }
}
