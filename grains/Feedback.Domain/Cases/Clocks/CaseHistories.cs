using Feedback.Domain.WorkingTime;

namespace Feedback.Domain.Cases;

/// <summary>Reads the marks that a case keeps of a clock as the history from which deadlines are worked out.</summary>
public static class CaseHistories
{
    /// <summary>The history of marks; a mark that does not follow from those before it, or whose limit is none, is left out.</summary>
    public static ClockHistory Of(IEnumerable<CaseClockMark> marks) => marks.Aggregate(ClockHistory.Empty, With);

    private static ClockHistory With(ClockHistory history, CaseClockMark mark)
    {
        // A clock that begins anew while it runs has done one piece of its work and waits for the next.
        if (mark.Kind == ClockMarkKind.Restarted && history.State is ClockState.Running or ClockState.Paused)
            history = history.With(new ClockStopped(mark.At));
        return Read(mark, history) is { } read && history.Refused(read) is null ? history.With(read) : history;
    }

    private static ClockMark? Read(CaseClockMark mark, ClockHistory history)
    {
        Limit? limit = mark.Limit is { } text && Limit.TryParse(text, out var read, out _) ? read : null;
        return (mark.Kind, limit) switch
        {
            (ClockMarkKind.Started, { } started) => new ClockStarted(mark.At, started),
            (ClockMarkKind.Restarted, { } started) => history.State == ClockState.NotStarted ? new ClockStarted(mark.At, started) : new ClockRestarted(mark.At, started),
            (ClockMarkKind.LimitChanged, { } changed) when history.Limit is { } before => new LimitChanged(mark.At, changed, before, Why(mark.Reason)),
            (ClockMarkKind.Paused, _) => new ClockPaused(mark.At, mark.Reason ?? ""),
            (ClockMarkKind.Resumed, _) => new ClockResumed(mark.At),
            (ClockMarkKind.Stopped, _) => new ClockStopped(mark.At),
            _ => null,
        };
    }

    private static LimitChange Why(string? reason) => reason switch
    {
        CaseReasons.Extension => LimitChange.Extension,
        CaseReasons.Category => LimitChange.Category,
        _ => LimitChange.Policy,
    };
}
