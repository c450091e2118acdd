using System.Collections.Immutable;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.WorkingTime;

namespace Feedback.Domain.Cases;

/// <summary>A case as its stream tells it: the immutable fold of its events.</summary>
/// <param name="Id">The case.</param>
public sealed partial record CaseState(CaseId Id)
{
    /// <summary>The version of the last event folded; 0 before the first.</summary>
    public long Version { get; init; }

    /// <summary>The first event; null before it.</summary>
    public CaseOpened? Opened { get; init; }

    /// <summary>What was known when it came in.</summary>
    /// <exception cref="InvalidOperationException">It was not opened.</exception>
    public CaseIntake Intake => Opened?.Intake ?? throw new InvalidOperationException($"The case {Id} was not opened.");

    /// <summary>Where it stands.</summary>
    public CaseStage Stage { get; init; }

    /// <summary>The unit that handles it.</summary>
    public NodeId Lead { get; init; }

    /// <summary>Units that help, ascending.</summary>
    public ImmutableArray<NodeId> Assisting { get; init; } = [];

    /// <summary>The account that answers for it to the end, wherever it is sent; null for none yet.</summary>
    public string? Owner { get; init; }

    /// <summary>The code of its category; null for none yet.</summary>
    public string? Category { get; init; }

    /// <summary>Codes of the members of staff who are named as complained of, ascending.</summary>
    public ImmutableArray<string> About { get; init; } = [];

    /// <summary>The unit to which the city sent the order last; null for what is no order.</summary>
    public NodeId? SentTo { get; init; }

    /// <summary>Whether somebody signed for the order since the city sent it last, wherever it went meanwhile.</summary>
    public bool Received { get; init; }

    /// <summary>
    /// Whether a unit returned it and it was not sent again since. An order is returned by the unit to which the city sent it; what one unit
    /// gives back to another stays with us.
    /// </summary>
    public bool Returned { get; init; }

    /// <summary>The histories of its clocks, each with its marks in order.</summary>
    public ImmutableSortedDictionary<ClockKind, ImmutableArray<CaseClockMark>> Clocks { get; init; } = ImmutableSortedDictionary<ClockKind, ImmutableArray<CaseClockMark>>.Empty;

    /// <summary>Clocks that passed a deadline in the run that is not over, with that deadline.</summary>
    public ImmutableSortedDictionary<ClockKind, long> Overdue { get; init; } = ImmutableSortedDictionary<ClockKind, long>.Empty;

    /// <summary>Clocks of whose deadline people were warned in the run that is not over, with that deadline.</summary>
    public ImmutableSortedDictionary<ClockKind, long> Warned { get; init; } = ImmutableSortedDictionary<ClockKind, long>.Empty;

    /// <summary>Clocks that passed a deadline, with how many steps of the policy were told of it.</summary>
    public ImmutableSortedDictionary<ClockKind, int> Escalated { get; init; } = ImmutableSortedDictionary<ClockKind, int>.Empty;

    /// <summary>The extension asked for and not decided; null for none.</summary>
    public CaseExtensionAsked? Extension { get; init; }

    /// <summary>What looking into a bad rating found; null before.</summary>
    public RatingFinding? Finding { get; init; }

    /// <summary>The appeal against a bad rating; null for none. There is one at most.</summary>
    public CaseAppealed? Appeal { get; init; }

    /// <summary>Whether the rating is excluded: the appeal was upheld, or supervision did it by itself; false for an appeal that was rejected, null until anything is decided.</summary>
    public bool? AppealUpheld { get; init; }

    /// <summary>Where the case stood when the appeal came, and stands again when it is rejected.</summary>
    public CaseStage BeforeAppeal { get; init; }

    /// <summary>The office's claim that it is done; null before, and again when the case went back.</summary>
    public CaseHandled? Claim { get; init; }

    /// <summary>Whether the office ever claimed that it is done.</summary>
    public bool WasClaimed { get; init; }

    /// <summary>The answer that the citizen has; null before, and again when the case went back.</summary>
    public CaseFeedbackGiven? Answer { get; init; }

    /// <summary>When the citizen was told something for the first time, milliseconds UTC; null before.</summary>
    public long? FirstResponseAt { get; init; }

    /// <summary>Attempts to tell the answer that reached nobody.</summary>
    public int Attempts { get; init; }

    /// <summary>Attempts to call back that reached nobody.</summary>
    public int CallAttempts { get; init; }

    /// <summary>Whether a call back is still to be made.</summary>
    public bool ToCallBack { get; init; }

    /// <summary>Whether it is solved, as the citizen said last; null while nothing was said, and where a case that was confirmed was opened again since.</summary>
    public bool? Solved { get; init; }

    /// <summary>What closed it; null while it is open.</summary>
    public CaseClosed? Closing { get; init; }

    /// <summary>The merging into another case; null for others.</summary>
    public CaseMerged? Merging { get; init; }

    /// <summary>Cases that go on as this one, in the order in which they came.</summary>
    public ImmutableArray<CaseId> Absorbed { get; init; } = [];

    /// <summary>
    /// Whether it is solved, as the citizens of cases that were merged into this one said last, by the names under which they act here
    /// (<see cref="CaseActor.CitizenOf"/>).
    /// </summary>
    public ImmutableSortedDictionary<string, bool> Heard { get; init; } = ImmutableSortedDictionary.Create<string, bool>(StringComparer.Ordinal);

    /// <summary>How often somebody asked to hurry.</summary>
    public int Urged { get; init; }

    /// <summary>How often the citizen opened it again, or that of a case which was merged into it.</summary>
    public int Reopened { get; init; }

    /// <summary>How many files were attached to it.</summary>
    public int Files { get; init; }

    /// <summary>How often the service itself asked to hurry since the completion of this run is overdue.</summary>
    public int Chased { get; init; }

    /// <summary>Whether supervision watches over it.</summary>
    public bool Supervised { get; init; }

    /// <summary>Whether it was urged or put under supervision and the citizen has had no answer since; an answer that no longer holds is none.</summary>
    public bool Pressed { get; init; }

    /// <summary>Whether its unit was criticised before all others for the completion of this run.</summary>
    public bool Circulated { get; init; }

    /// <summary>Personal texts and files that were erased.</summary>
    public ImmutableHashSet<Opaque> Erased { get; init; } = [];

    /// <summary>What flows count of it.</summary>
    public CaseCounted Counted { get; init; } = CaseCounted.Nothing;

    /// <summary>Whether it is a bad rating that is true, at least partly, and not excluded: one that must be put right.</summary>
    public bool IsValidBadRating => Intake.Kind == CaseKind.BadRating && Finding is RatingFinding.True or RatingFinding.Partly && AppealUpheld != true;

    /// <summary>Whether the citizen can be reached: there is a contact, and it was not erased.</summary>
    public bool CanBeReached => Intake.Contact is { } contact && !Erased.Contains(contact.Ref);

    /// <summary>Whether the citizen of a merged case has no answer yet.</summary>
    public bool AnswerOwed => Stage == CaseStage.Merged && Answer is null;

    /// <summary>When it was closed, or merged and its citizen answered, milliseconds UTC; null before.</summary>
    public long? ClosedAt => Closing?.Stamp.At ?? (Merging is null || AnswerOwed ? null : Math.Max(Merging.Stamp.At, Answer?.Stamp.At ?? 0));

    /// <summary>Codes of the persons complained of: those named, and the one who was rated; ascending.</summary>
    public IEnumerable<string> Persons => (Intake with { About = About }).Persons;

    /// <summary>Whether it is an order that was returned to the city and lies there: nobody here can do anything about it, and nothing of it is late.</summary>
    public bool IsWithCity => Stage == CaseStage.Registered && Returned && Intake.Kind == CaseKind.HotlineOrder;

    /// <summary>The last mark of a clock; null for one that never ran.</summary>
    public CaseClockMark? LastMark(ClockKind clock) => Clocks.TryGetValue(clock, out var marks) ? marks[^1] : null;

    /// <summary>Whether a clock was started and not stopped; it may stand still.</summary>
    public bool IsLive(ClockKind clock) => LastMark(clock) is { Kind: not ClockMarkKind.Stopped };

    /// <summary>Whether a clock stands still: paused, and not resumed since.</summary>
    public bool IsPaused(ClockKind clock) => PausedFor(clock) is not null;

    /// <summary>Why a clock stands still, empty where nobody said; null for one that does not.</summary>
    public string? PausedFor(ClockKind clock) =>
        IsLive(clock) && Clocks[clock].Last(mark => mark.Kind != ClockMarkKind.LimitChanged) is { Kind: ClockMarkKind.Paused } paused ? paused.Reason ?? "" : null;

    /// <summary>The row for lists.</summary>
    /// <param name="deadlines">Deadlines of clocks as they stand, milliseconds UTC; missing or null where pending.</param>
    public CaseRow ToRow(IReadOnlyDictionary<ClockKind, long?> deadlines)
    {
        var opened = Opened ?? throw new InvalidOperationException($"The case {Id} was not opened.");
        var isOpen = Stage is not (CaseStage.Closed or CaseStage.Merged) || AnswerOwed;
        var isLate = !IsWithCity && Overdue.Keys.Any(IsLive);
        var next = Clocks.Keys.Where(clock => IsLive(clock) && !IsPaused(clock))
            .Select(clock => (Clock: clock, At: deadlines.GetValueOrDefault(clock))).Where(due => due.At is not null)
            .OrderBy(due => due.At).Cast<(ClockKind Clock, long? At)?>().FirstOrDefault();
        return new CaseRow(Id, Version, Intake.Number, Intake.Kind, Intake.Channel, Stage, Intake.Node, Lead, opened.Stamp.At, opened.Stamp.Day)
        {
            Owner = Owner,
            Category = Category,
            External = Intake.External is { } external ? (external.Source, external.Number) : null,
            Rating = Intake.Rating is { } rating ? (rating.Window, rating.Version) : null,
            ClosedAt = ClosedAt,
            DueAt = next?.At,
            DueClock = next?.Clock.Word(),
            Overdue = isLate,
            Supervised = Supervised && isOpen,
            ToSupervise = isOpen && (Pressed || isLate),
            Urged = isOpen && Pressed && Urged > 0,
            Assisting = NodeSet.Of(Assisting),
            ToCallBack = ToCallBack,
            MergedInto = Merging?.Into,
        };
    }
}
