using System.Collections.Immutable;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.Policies;
using Feedback.Domain.WorkingTime;

namespace Feedback.Domain.Cases;

/// <summary>The limits and periods that the policies at the case's node give on the day.</summary>
public sealed record CaseTerms
{
    /// <summary>Limits by clock, as the policy writes them. A clock without a limit is not kept.</summary>
    public ImmutableDictionary<ClockKind, string> Limits { get; init; } = ImmutableDictionary<ClockKind, string>.Empty;

    /// <summary>Natural days from the closing on within which the citizen may open the case again.</summary>
    public int ReopenDays { get; init; } = 15;

    /// <summary>How often the citizen may open the case again.</summary>
    public int ReopenTimes { get; init; } = 2;

    /// <summary>Attempts after which a citizen counts as unreachable.</summary>
    public int Attempts { get; init; } = 3;

    /// <summary>How many extensions a clock may get; null for as many as are granted.</summary>
    public int? Extensions { get; init; }

    /// <summary>Whether an extension may be asked for after the deadline, too.</summary>
    public bool ExtensionsLate { get; init; }

    /// <summary>Kinds whose citizens are called back before the case is closed.</summary>
    public ImmutableHashSet<CaseKind> CallBack { get; init; } = [CaseKind.BadRating, CaseKind.Complaint];

    /// <summary>Who makes the closing call back; where it is not the unit itself, always somebody outside the unit that was rated or complained of.</summary>
    public Reviewer CalledBackBy { get; init; } = Reviewer.ParentSupervision;

    /// <summary>Who looks into a bad rating; where it is the unit itself, even the persons concerned and their superiors (谁办理谁负责).</summary>
    public Reviewer VerifiedBy { get; init; } = Reviewer.ParentSupervision;
}

/// <summary>What a decision is made in.</summary>
public sealed record CaseContext
{
    /// <summary>Milliseconds UTC.</summary>
    public required long Now { get; init; }

    /// <summary>The local day of that at the case's node.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>Who acts.</summary>
    public required CaseActor Actor { get; init; }

    /// <summary>The organisation.</summary>
    public required OrganisationTree Tree { get; init; }

    /// <summary>Draws 128 random bits, the salt of an event.</summary>
    public required Func<Opaque> Salt { get; init; }

    /// <summary>The version that whoever acts has seen; null for work that does not depend on it.</summary>
    public long? Expected { get; init; }

    /// <summary>What the registers tell about the persons complained of.</summary>
    public CaseLine Line { get; init; } = CaseLine.Unknown;

    /// <summary>The same of the case as a step makes it; null where that is not asked, and <see cref="Line"/> holds then, too.</summary>
    public Func<CaseState, CaseLine>? LineOf { get; init; }

    /// <summary>Limits and periods.</summary>
    public CaseTerms Terms { get; init; } = new();

    /// <summary>Limits by clock as the category gives them into which the case is to be put; null where it is put into none.</summary>
    public ImmutableDictionary<ClockKind, string>? NewLimits { get; init; }

    /// <summary>
    /// The deadlines of live clocks, milliseconds UTC; of a clock that stands still, the one that would hold if it ran on from now.
    /// Missing or null where pending.
    /// </summary>
    public IReadOnlyDictionary<ClockKind, long?> Deadlines { get; init; } = ImmutableDictionary<ClockKind, long?>.Empty;

    /// <summary>The version of the catalogue.</summary>
    public long Catalogue { get; init; }

    /// <summary>The version of the policies.</summary>
    public long Policy { get; init; }
}

/// <summary>Work in another stream that a decision causes; a row of <c>due</c> is made of it and written with the events.</summary>
public abstract record FollowUp;

/// <summary>The window takes a rating out of its figures.</summary>
/// <param name="Window">The window.</param>
/// <param name="Version">The version of the evaluation in its stream.</param>
/// <param name="Reason">The coded reason.</param>
public sealed record ExcludeRating(NodeId Window, long Version, string Reason) : FollowUp;

/// <summary>A case hears that another goes on as it: <see cref="AbsorbCase"/>.</summary>
/// <param name="Survivor">The case that goes on.</param>
/// <param name="Other">The case that was merged.</param>
/// <param name="With">Cases that had been merged into that one.</param>
public sealed record TellAbsorbed(CaseId Survivor, CaseId Other, ImmutableArray<CaseId> With) : FollowUp
{
    /// <summary>Staff codes of those who are complained of in the other case.</summary>
    public ImmutableArray<string> About { get; init; } = [];
}

/// <summary>The citizen of a merged case is to be answered: posted at once under the tracking code, or told by the office.</summary>
/// <param name="Other">The merged case.</param>
/// <param name="Survivor">The case with the answer.</param>
public sealed record AnswerAbsorbed(CaseId Other, CaseId Survivor) : FollowUp;

/// <summary>Nobody owns the case; supervision at a node is told to name an owner.</summary>
/// <param name="At">The node: above the unit complained of where somebody is recused, else the lead unit.</param>
public sealed record NameAnOwner(NodeId At) : FollowUp;

/// <summary>What was decided.</summary>
/// <param name="Events">What happens, in order; none where nothing changes.</param>
/// <param name="FollowUps">Work in other streams; none where something was refused, and none for imported history.</param>
/// <param name="State">The case afterwards.</param>
/// <param name="Refusal">Why nothing happens; null when it was taken.</param>
public sealed record CaseDecision(ImmutableArray<CaseEvent> Events, ImmutableArray<FollowUp> FollowUps, CaseState State, Refusal? Refusal);
