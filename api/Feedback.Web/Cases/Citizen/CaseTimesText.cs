using System.Collections.Immutable;
using Feedback.Domain.Cases;
using Feedback.Domain.Time;
using Feedback.Domain.WorkingTime;
using Feedback.Grains.Cases;
using Feedback.Web.Words;

namespace Feedback.Web.Cases.Citizen;

/// <summary>What is promised, and until when.</summary>
/// <param name="Name">What, such as the first reply.</param>
/// <param name="Text">Until when, or why nobody can say yet.</param>
/// <param name="Late">Whether the time is over.</param>
public sealed record PromisedTime(string Name, string Text, bool Late);

/// <summary>Tells citizens times: those of what happened, and those that are promised.</summary>
/// <param name="zone">The zone of the place that the case concerns.</param>
/// <param name="words">The words.</param>
internal sealed class CaseTimesText(HallZone zone, PageWords words)
{
    // Signing for a case is a matter between units.
    private static readonly ImmutableArray<ClockKind> ForCitizens =
        [ClockKind.FirstResponse, ClockKind.Progress, ClockKind.Completion, ClockKind.Rectification, ClockKind.CallBack];

    /// <summary>Whether a clock measures what citizens were promised.</summary>
    public static bool IsForCitizens(ClockKind clock) => ForCitizens.Contains(clock);

    /// <summary>A time of day on a day.</summary>
    public string At(long at) => $"{Day(at)} {Clock(at)}";

    /// <summary>A day.</summary>
    public string Day(long at) => words.Day(zone.LocalTime(at).Day);

    /// <summary>What is promised now, what is due first at first.</summary>
    /// <param name="seen">The case.</param>
    /// <param name="now">Milliseconds UTC.</param>
    public ImmutableArray<PromisedTime> Promised(SeenCase seen, long now) =>
    [
        .. ForCitizens.Where(seen.State.IsLive)
            .Select(clock => (Clock: clock, Deadline: seen.Times.Explained[clock]))
            .OrderBy(promise => promise.Deadline.At ?? long.MaxValue).ThenBy(promise => promise.Clock)
            .Select(promise => Promise(seen.State, promise.Clock, promise.Deadline, now)),
    ];

    private PromisedTime Promise(CaseState state, ClockKind clock, Deadline deadline, long now)
    {
        var limit = state.Clocks[clock].Last(mark => mark.Limit is not null).Limit is { } text && Limit.TryParse(text, out var read, out _) ? DeadlineWords.Of(read, words.IsChinese) : "";
        var name = words["track-clock-" + clock.Word()];
        if (deadline is { At: { } passed } && deadline.IsLate(now))
            return new PromisedTime(name, words.Say("track-late", End(passed), limit), Late: true);
        return new PromisedTime(name, deadline switch
        {
            { At: { } at } => words.Say("track-due", End(at), limit),
            { Pending: { } year } => words.Say("track-pending", year.ToString(System.Globalization.CultureInfo.InvariantCulture), limit),
            _ => words["track-paused"],
        }, Late: false);
    }

    // An office that closes at midnight closes at 24:00 of its day.
    private string End(long at) => Clock(at) == "00:00" ? $"{Day(at - 1)} 24:00" : At(at);

    private string Clock(long at) => zone.LocalText(at).Substring(11, 5);
}
