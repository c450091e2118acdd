using System.Collections.Immutable;

namespace Feedback.Domain.WorkingTime;

/// <summary>A stretch in which a clock waited.</summary>
/// <param name="From">From when, milliseconds UTC.</param>
/// <param name="To">Until when, milliseconds UTC; null while it waits, and where it was stopped without running on.</param>
/// <param name="Reason">Why.</param>
public sealed record ClockPause(long From, long? To, string Reason);

/// <summary>One run of a clock, from its start to its stop.</summary>
/// <param name="Start">When it began, milliseconds UTC.</param>
/// <param name="Limit">The limit that counts, last changes included.</param>
/// <param name="Pauses">When it waited, ascending.</param>
/// <param name="StoppedAt">When it was stopped, milliseconds UTC; null when it was not.</param>
/// <param name="Marks">What happened in it, its start included.</param>
public sealed record ClockRun(long Start, Limit Limit, ImmutableArray<ClockPause> Pauses, long? StoppedAt, ImmutableArray<ClockMark> Marks)
{
    /// <summary>Since when it waits, or was waiting when it was stopped, milliseconds UTC; null otherwise.</summary>
    public long? PausedSince => Pauses is [.., { To: null } last] ? last.From : null;

    /// <summary>The limit with which it began.</summary>
    public Limit FirstLimit => Marks.OfType<LimitChanged>().FirstOrDefault()?.Before ?? Limit;

    internal static ImmutableArray<ClockRun> Of(ImmutableArray<ClockMark> marks)
    {
        var runs = ImmutableArray.CreateBuilder<ClockRun>();
        foreach (var mark in marks)
        {
            var run = runs.Count == 0 ? null : runs[^1] with { Marks = runs[^1].Marks.Add(mark) };
            if (mark is ClockStarted started)
                runs.Add(new ClockRun(mark.At, started.Limit, [], null, [mark]));
            else if (mark is ClockRestarted restarted)
                runs.Add(new ClockRun(mark.At, restarted.Limit, [], null, [mark]));
            else
                runs[^1] = After(run!, mark);
        }

        return runs.ToImmutable();
    }

    private static ClockRun After(ClockRun run, ClockMark mark) => mark switch
    {
        ClockPaused paused => run with { Pauses = run.Pauses.Add(new ClockPause(paused.At, null, paused.Reason)) },
        ClockResumed => run with { Pauses = run.Pauses.SetItem(run.Pauses.Length - 1, run.Pauses[^1] with { To = mark.At }) },
        LimitChanged changed => run with { Limit = changed.Limit },
        ClockStopped => run with { StoppedAt = mark.At },
        _ => run,
    };
}
