using Feedback.Domain.WorkingTime;
using Feedback.Grains.Cases;

namespace Feedback.Api.Cases;

/// <summary>A clock of a case, and how its deadline came about.</summary>
/// <param name="Clock">first-response, progress, completion, rectification, call-back or sign-for.</param>
/// <param name="Zh">Its Chinese name.</param>
/// <param name="En">Its English name.</param>
/// <param name="State">running, paused or stopped.</param>
/// <param name="Limit">The limit of its last run, such as <c>15wd</c>.</param>
/// <param name="Deadline">When that is due; null where it is pending, and while the clock waits.</param>
/// <param name="Pending">The year whose holidays must be known first; null when none must.</param>
/// <param name="StoppedAt">When it was stopped; null while it was not.</param>
/// <param name="Late">Whether the deadline has passed, or was missed.</param>
/// <param name="ExplanationZh">How it came about, one sentence a step, in Chinese; empty for whom the case is about, who is told days only.</param>
/// <param name="ExplanationEn">The same in English.</param>
public sealed record CaseClockView(
    string Clock, string Zh, string En, string State, string? Limit, DateTimeOffset? Deadline, int? Pending, DateTimeOffset? StoppedAt, bool Late,
    IReadOnlyList<string> ExplanationZh, IReadOnlyList<string> ExplanationEn)
{
    /// <summary>The clocks of a case that ever ran.</summary>
    /// <param name="seen">The case as its reader sees it.</param>
    /// <param name="now">Milliseconds UTC.</param>
    public static IReadOnlyList<CaseClockView> AllOf(SeenCase seen, long now) =>
        [.. seen.State.Clocks.Select(clock => Of(clock.Key, seen, seen.Times.Explained[clock.Key], seen.IsAboutReader ? null : seen.Times.Schedule, now))];

    private static CaseClockView Of(ClockKind clock, SeenCase seen, Deadline deadline, WorkingSchedule? schedule, long now) => new(
        clock.Word(), clock.Zh(), clock.En(),
        deadline.State switch { ClockState.Running => "running", ClockState.Paused => "paused", _ => "stopped" },
        seen.State.Clocks[clock].LastOrDefault(mark => mark.Limit is not null)?.Limit,
        At(deadline.At, seen), deadline.Pending, At(deadline.StoppedAt, seen), deadline.IsLate(now),
        schedule is null ? [] : DeadlineWords.Of(deadline, schedule.Zone, chinese: true),
        schedule is null ? [] : DeadlineWords.Of(deadline, schedule.Zone, chinese: false));

    private static DateTimeOffset? At(long? milliseconds, SeenCase seen) => milliseconds is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(seen.Told(at)) : null;
}
