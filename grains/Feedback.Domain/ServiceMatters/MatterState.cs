using System.Collections.Immutable;
using Feedback.Domain.Cases;
using Feedback.Domain.Journal;
using Feedback.Domain.WorkingTime;

namespace Feedback.Domain.ServiceMatters;

/// <summary>A service matter as its stream tells it: the immutable fold of its events.</summary>
/// <param name="Id">The matter.</param>
public sealed record MatterState(MatterId Id)
{
    /// <summary>The version of the last event folded; 0 before the first.</summary>
    public long Version { get; private init; }

    /// <summary>The acceptance; null before it.</summary>
    public MatterAccepted? Accepted { get; private init; }

    /// <summary>When something happened to it last, milliseconds UTC; 0 before anything did.</summary>
    public long LastAt { get; private init; }

    /// <summary>Where it stands.</summary>
    public MatterStage Stage { get; private init; }

    /// <summary>Visits as the two-visit rule counts them: the first one at a window, and each that followed.</summary>
    public int Visits { get; private init; }

    /// <summary>Further visits only to hand in documents that the notice had listed; they count as none.</summary>
    public int LawfulVisits { get; private init; }

    /// <summary>Documents handed in since the acceptance, with the local day.</summary>
    public ImmutableSortedDictionary<string, DateOnly> HandedIn { get; private init; } = ImmutableSortedDictionary.Create<string, DateOnly>(StringComparer.Ordinal);

    /// <summary>Documents that were asked for although the notice had not listed them.</summary>
    public ImmutableArray<AskedDocument> AskedLate { get; private init; } = [];

    /// <summary>What somebody will have to answer for, in order.</summary>
    public ImmutableArray<MatterAccountable> Accountable { get; private init; } = [];

    /// <summary>What happened to the clock of its limit.</summary>
    public ClockHistory Clock { get; private init; } = ClockHistory.Empty;

    /// <summary>What completed it; null before.</summary>
    public MatterCompleted? Completion { get; private init; }

    /// <summary>What withdrew it; null for others.</summary>
    public MatterWithdrawn? Withdrawal { get; private init; }

    /// <summary>What figures count of it.</summary>
    public CaseCounted Counted { get; private init; } = CaseCounted.Nothing;

    /// <summary>Documents of the notice that were not handed in.</summary>
    public IEnumerable<MissingDocument> Outstanding => Accepted?.Missing.Where(one => !HandedIn.ContainsKey(one.Code)) ?? [];

    /// <summary>Whether the clock waits for documents that must come before work goes on.</summary>
    public bool Waits => Outstanding.Any(one => one.Kind == MissingKind.Ordinary);

    /// <summary>Whether its deadline passed before it was completed.</summary>
    public bool IsOverdue => Accountable.Any(one => one.Reason == MatterRules.Overdue);

    /// <summary>Whether the next visit would be one too many.</summary>
    public bool IsSecondVisit => Visits >= MatterRules.MostVisits;

    /// <summary>The fold of a stream's events from the first one on.</summary>
    public static MatterState Fold(MatterId id, IEnumerable<JournalEvent> events) => events.Aggregate(new MatterState(id), (state, happened) => state.Apply(happened));

    /// <summary>The matter after one more event.</summary>
    /// <exception cref="UnknownKindException">The event is none of a matter.</exception>
    public MatterState Apply(JournalEvent happened)
    {
        var next = happened switch
        {
            MatterAccepted e => Begun(e),
            MatterSupplemented e => Handed(e.Documents, e.Stamp),
            MatterVisited e => Visited(e),
            MatterCompleted e => this with { Stage = MatterStage.Completed, Completion = e, Clock = Marked(Clock, new ClockStopped(e.Stamp.At)) },
            MatterWithdrawn e => this with { Stage = MatterStage.Withdrawn, Withdrawal = e, Clock = Marked(Clock, new ClockStopped(e.Stamp.At)) },
            MatterAccountable e => this with { Accountable = Accountable.Add(e) },
            _ => throw new UnknownKindException(happened.GetType().Name, 1),
        };
        return next with { Version = Version + 1, LastAt = ((MatterEvent)happened).Stamp.At, Counted = MatterFlows.Count(this, (MatterEvent)happened) };
    }

    private MatterState Begun(MatterAccepted e)
    {
        var begun = this with { Accepted = e, Stage = MatterStage.Open, Visits = e.Online ? 0 : 1 };
        if (e.Limit is not { } text || !Limit.TryParse(text, out var limit, out _))
            return begun;
        var clock = Clock.With(new ClockStarted(e.Stamp.At, limit));
        return begun with { Clock = begun.Waits ? clock.With(new ClockPaused(e.Stamp.At, PauseReasons.AwaitingCitizen)) : clock };
    }

    private MatterState Visited(MatterVisited e)
    {
        var listed = Accepted?.Missing.Select(one => one.Code).ToHashSet() ?? [];
        var late = e.Asked.Where(one => !listed.Contains(one.Code) && AskedLate.All(known => known.Code != one.Code));
        return Handed(e.Documents, e.Stamp) with
        {
            Visits = e.Lawful ? Visits : Visits + 1,
            LawfulVisits = e.Lawful ? LawfulVisits + 1 : LawfulVisits,
            AskedLate = AskedLate.AddRange(late),
        };
    }

    private MatterState Handed(ImmutableArray<string> documents, MatterStamp stamp)
    {
        var next = this with { HandedIn = HandedIn.SetItems(documents.Select(code => KeyValuePair.Create(code, stamp.Day))) };
        // What the office asked for too late stops no clock: that is its own fault.
        return Waits && !next.Waits ? next with { Clock = Marked(Clock, new ClockResumed(stamp.At)) } : next;
    }

    private static ClockHistory Marked(ClockHistory clock, ClockMark mark) => clock.Refused(mark) is null ? clock.With(mark) : clock;
}
