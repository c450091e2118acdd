using System.Collections.Immutable;
using Feedback.Domain.Evaluations;

namespace Feedback.Domain.WorkingTime;

/// <summary>How a clock stands.</summary>
public enum ClockState
{
    /// <summary>It was never started.</summary>
    NotStarted,

    /// <summary>It runs.</summary>
    Running,

    /// <summary>It waits.</summary>
    Paused,

    /// <summary>It was stopped.</summary>
    Stopped,
}

/// <summary>Everything that happened to one clock of a case, in order. Whatever is to be known of the clock is worked out from this.</summary>
public sealed class ClockHistory
{
    /// <summary>A clock that was never started.</summary>
    public static readonly ClockHistory Empty = new([], ClockState.NotStarted);

    private ClockHistory(ImmutableArray<ClockMark> marks, ClockState state) => (Marks, State) = (marks, state);

    /// <summary>What happened, in order; no mark is earlier than the one before it.</summary>
    public ImmutableArray<ClockMark> Marks { get; }

    /// <summary>How the clock stands.</summary>
    public ClockState State { get; }

    /// <summary>The runs: the first, and one more for each time the case was opened again.</summary>
    public ImmutableArray<ClockRun> Runs => ClockRun.Of(Marks);

    /// <summary>The limit that counts now; null before the start.</summary>
    public Limit? Limit => Marks.IsEmpty ? null : Runs[^1].Limit;

    /// <summary>A history of these marks.</summary>
    /// <exception cref="InvalidOperationException">A mark does not follow from those before it.</exception>
    public static ClockHistory Of(params IEnumerable<ClockMark> marks) => marks.Aggregate(Empty, (history, mark) => history.With(mark));

    /// <summary>Why something cannot happen to the clock as it stands; null when it can.</summary>
    public Refusal? Refused(ClockMark mark) => (mark, State) switch
    {
        (ClockStarted, ClockState.NotStarted) => null,
        (ClockStarted, _) => new Refusal("clock-started-already"),
        (ClockRestarted, ClockState.Stopped) => null,
        (ClockRestarted, _) => new Refusal("clock-not-stopped"),
        (ClockPaused, ClockState.Running) => null,
        (ClockPaused, _) => new Refusal("clock-not-running"),
        (ClockResumed, ClockState.Paused) => null,
        (ClockResumed, _) => new Refusal("clock-not-paused"),
        (_, ClockState.Running or ClockState.Paused) => null,
        _ => new Refusal("clock-not-running"),
    };

    /// <summary>With one more mark. One that is earlier than the last, because machines' clocks differ, counts as of the same instant.</summary>
    /// <exception cref="InvalidOperationException">The mark does not follow from those before it (<see cref="Refused"/>).</exception>
    public ClockHistory With(ClockMark mark)
    {
        if (Refused(mark) is { } refusal)
            throw new InvalidOperationException($"{mark.GetType().Name} after {State}: {refusal.Code}.");
        if (Marks is [.., var last] && mark.At < last.At)
            mark = mark with { At = last.At };
        return new(Marks.Add(mark), mark switch
        {
            ClockPaused => ClockState.Paused,
            ClockStopped => ClockState.Stopped,
            LimitChanged => State,
            _ => ClockState.Running,
        });
    }
}
