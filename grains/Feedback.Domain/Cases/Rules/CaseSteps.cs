using System.Collections.Immutable;
using Feedback.Domain.Journal;
using Feedback.Domain.WorkingTime;

namespace Feedback.Domain.Cases;

/// <summary>A decision while it is being made: the events so far, and the case after them.</summary>
internal sealed class CaseSteps(CaseState state, CaseContext context)
{
    private readonly ImmutableArray<CaseEvent>.Builder _events = ImmutableArray.CreateBuilder<CaseEvent>();
    private readonly ImmutableArray<FollowUp>.Builder _followUps = ImmutableArray.CreateBuilder<FollowUp>();

    /// <summary>What the decision is made in.</summary>
    public CaseContext Context => context;

    /// <summary>The case after the events so far.</summary>
    public CaseState State { get; private set; } = state;

    /// <summary>The events so far.</summary>
    public ImmutableArray<CaseEvent> Events => _events.ToImmutable();

    /// <summary>Work in other streams.</summary>
    public ImmutableArray<FollowUp> FollowUps => _followUps.ToImmutable();

    /// <summary>The stamp of what happens now.</summary>
    public CaseStamp Stamp => new(context.Now, context.Today, context.Actor.Name);

    /// <summary>The salt of the next event.</summary>
    public Opaque Salt() => context.Salt();

    /// <summary>One more event.</summary>
    public void Then(CaseEvent happened)
    {
        _events.Add(happened);
        State = State.Apply(happened);
    }

    /// <summary>One more piece of work in another stream.</summary>
    public void Then(FollowUp followUp) => _followUps.Add(followUp);

    /// <summary>Starts a clock for which there is a limit, anew when it ran before; the run so far is judged when its work was done.</summary>
    /// <param name="clock">The clock.</param>
    /// <param name="done">Whether the work of the run so far was done.</param>
    /// <param name="from">Since when it runs, milliseconds UTC; null for from now on.</param>
    public void Start(ClockKind clock, bool done = false, long? from = null)
    {
        if (!context.Terms.Limits.TryGetValue(clock, out var limit))
            return;
        var again = State.LastMark(clock) is not null;
        var judged = done && State.IsLive(clock);
        Then(new CaseClockMarked
        {
            Salt = Salt(),
            Stamp = Stamp,
            Clock = clock,
            Mark = again ? ClockMarkKind.Restarted : ClockMarkKind.Started,
            Limit = limit,
            From = from,
            Done = judged,
            Deadline = judged ? context.Deadlines.GetValueOrDefault(clock) : null,
        });
    }

    /// <summary>Stops a clock that is live.</summary>
    /// <param name="clock">The clock.</param>
    /// <param name="done">Whether its work was done; when it is only no longer wanted, it is not judged.</param>
    public void Stop(ClockKind clock, bool done)
    {
        if (State.IsLive(clock))
            Mark(clock, ClockMarkKind.Stopped, done: done);
    }

    /// <summary>Stops every live clock.</summary>
    public void StopAll(bool done)
    {
        foreach (var clock in Enum.GetValues<ClockKind>())
            Stop(clock, done);
    }

    /// <summary>Marks a clock.</summary>
    public void Mark(ClockKind clock, ClockMarkKind mark, string? limit = null, string? reason = null, bool done = false) => Then(new CaseClockMarked
    {
        Salt = Salt(),
        Stamp = Stamp,
        Clock = clock,
        Mark = mark,
        Limit = limit,
        Reason = reason,
        Done = done,
        Deadline = done ? context.Deadlines.GetValueOrDefault(clock) : null,
    });
}
