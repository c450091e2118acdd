using CsCheck;
using Feedback.Domain.Tests.Support;
using Feedback.Domain.Windows;
using Xunit;

namespace Feedback.Domain.Tests.Windows;

/// <summary>
/// The figures that a window keeps, by storing days, letting go of them and loading them again, are those of a recount over
/// everything that ever happened. A failure prints the seed that repeats it.
/// </summary>
public sealed class RecountTests
{
    private static readonly StepKind[] Kinds =
    [
        StepKind.Rate, StepKind.Rate, StepKind.Rate, StepKind.Finish, StepKind.Finish, StepKind.Exclude, StepKind.Reinstate,
        StepKind.Flush, StepKind.Flush, StepKind.Crash,
    ];

    private static readonly Gen<Step[]> Histories = Gen.OneOf(History.Steps(Kinds), History.StepsWithWrongClock(Kinds));

    [Fact]
    public void What_a_window_keeps_equals_a_recount_after_every_event() => Histories.Sample(
        steps =>
        {
            var (history, kept, recount) = (new History(), new KeptWindow(), Some.Fold());
            foreach (var step in steps)
            {
                if (history.Play(step) is { } happened)
                {
                    var changed = recount.Apply(happened.Version, happened.At, happened.Event, happened.Subject);
                    var days = kept.Append(happened);
                    Assert.Equal(changed.Order(), days.Keys.Order());
                    Assert.All(days, day => Assert.Equal(recount.TallyOf(day.Key), day.Value));
                }

                Keep(kept, step, history.Now);
            }
        },
        iter: 30_000, print: Print);

    [Fact]
    public void What_a_window_stores_equals_a_recount_day_by_day() => Histories.Sample(
        steps =>
        {
            var (history, kept, recount) = (new History(), new KeptWindow(), Some.Fold());
            foreach (var step in steps)
            {
                if (history.Play(step) is { } happened)
                {
                    kept.Append(happened);
                    recount.Apply(happened.Version, happened.At, happened.Event, happened.Subject);
                }

                Keep(kept, step, history.Now);
            }

            kept.BeginFlush(history.Now);
            kept.EndFlush();
            Assert.Equal(recount.Days.Order().Select(day => Counted(recount.Day(day)!)), kept.Stored.Select(Counted));
            Assert.Equal(Newest(recount.Days.Select(day => recount.Day(day)!)), Newest(kept.Stored));
        },
        iter: 10_000, print: Print);

    // Some days are written in no time; others while the next few events come in.
    private static void Keep(KeptWindow kept, Step step, long now)
    {
        if (step.Kind == StepKind.Crash)
            kept.Crash();
        if (step.Kind == StepKind.Flush)
            kept.BeginFlush(now);
        if (step.Pick % 3 == 0)
            kept.EndFlush();
    }

    private static object Counted(WindowDay day) => (day.Day, day.Hall, day.Parent, day.Version, day.ChangedAt, day.Tally);

    // A stored day may still hold what a matter was before it moved on to a later one; the newest entry is what holds.
    private static IEnumerable<MatterEntry> Newest(IEnumerable<WindowDay> days) => days.SelectMany(day => day.Matters)
        .GroupBy(entry => entry.Matter).Select(entries => entries.MaxBy(entry => entry.Version)).OrderBy(entry => entry.Matter);

    private static string Print(Step[] steps) => string.Join('\n', steps);
}
