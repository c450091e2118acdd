using Feedback.Domain.Cases;
using Feedback.Domain.Organisation;

namespace Feedback.Grains.Cases;

/// <summary>Which cases are asked for. What is null or empty lets everything through; what is given must all hold.</summary>
public sealed record CaseFilter
{
    /// <summary>Every case.</summary>
    public static readonly CaseFilter Everything = new();

    /// <summary>Cases that concern one of these nodes; null for all. Whoever asks for a hall names its windows, too.</summary>
    public IReadOnlyCollection<NodeId>? Nodes { get; init; }

    /// <summary>Whether cases that one of <see cref="Nodes"/> handles are among them, whomever they concern.</summary>
    public bool OrHandledThere { get; init; }

    /// <summary>Whether cases with which one of <see cref="Nodes"/> helps are among them, too.</summary>
    public bool OrHelpedThere { get; init; }

    /// <summary>Cases that one of these units handles or helps with; null for all.</summary>
    public IReadOnlyCollection<NodeId>? Units { get; init; }

    /// <summary>Whom the list is for; null for whoever sees all.</summary>
    public CaseReach? Reach { get; init; }

    /// <summary>The number that another system gave them.</summary>
    public string? ExternalNumber { get; init; }

    /// <summary>What they are about.</summary>
    public IReadOnlyCollection<CaseKind> Kinds { get; init; } = [];

    /// <summary>How they came in.</summary>
    public IReadOnlyCollection<CaseChannel> Channels { get; init; } = [];

    /// <summary>Where they stand.</summary>
    public IReadOnlyCollection<CaseStage> Stages { get; init; } = [];

    /// <summary>Whether merged cases whose citizen has no answer yet are among them, too, where stages are named.</summary>
    public bool OrAnswerOwed { get; init; }

    /// <summary>The codes of categories; whoever asks for a branch names its leaves, too.</summary>
    public IReadOnlyCollection<string> Categories { get; init; } = [];

    /// <summary>What makes them look like one case; null for all.</summary>
    public CaseLikeness? Like { get; init; }

    /// <summary>The account that answers for them.</summary>
    public string? Owner { get; init; }

    /// <summary>Received at or after this, milliseconds UTC.</summary>
    public long? OpenedFrom { get; init; }

    /// <summary>Received before this, milliseconds UTC.</summary>
    public long? OpenedBefore { get; init; }

    /// <summary>With a deadline before this, milliseconds UTC.</summary>
    public long? DueBefore { get; init; }

    /// <summary>Whether a clock passed its deadline and still runs.</summary>
    public bool? Overdue { get; init; }

    /// <summary>Whether supervision watches over them.</summary>
    public bool? Supervised { get; init; }

    /// <summary>Whether supervision should look at them (<see cref="CaseRow.ToSupervise"/>).</summary>
    public bool? ToSupervise { get; init; }

    /// <summary>Whether a call back is to be made.</summary>
    public bool? ToCallBack { get; init; }
}

/// <summary>What two cases that are about the same have in common: the category, or the node and the kind.</summary>
/// <param name="Node">The node that the one concerns.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Category">The code of its category; null for none yet.</param>
public sealed record CaseLikeness(NodeId Node, CaseKind Kind, string? Category);

/// <summary>Which cases somebody sees: those that one of some nodes handles or that concern one, and those that they own wherever these lie.</summary>
/// <param name="Nodes">The nodes; none for whoever sees only what they own.</param>
/// <param name="Owner">Their account; null for who owns none.</param>
public sealed record CaseReach(IReadOnlyCollection<NodeId> Nodes, string? Owner)
{
    /// <summary>The nodes whose help with a case (协办) brings it before them, too.</summary>
    public IReadOnlyCollection<NodeId> Helping { get; init; } = [];

    /// <summary>Whether a case is among them.</summary>
    public bool Has(CaseRow row) =>
        Nodes.Contains(row.Node) || Nodes.Contains(row.Lead) || (Owner is not null && row.Owner == Owner) || row.Assisting.Nodes.Any(Helping.Contains);
}

/// <summary>How a list of cases is sorted.</summary>
public enum CaseOrder
{
    /// <summary>Those received last come first.</summary>
    OpenedDescending,

    /// <summary>Those received first come first.</summary>
    OpenedAscending,

    /// <summary>Those due next come first, those without a deadline last.</summary>
    DueAscending,
}

/// <summary>Part of a list of cases.</summary>
/// <param name="Cases">The cases.</param>
/// <param name="Next">Where the next page goes on; null where this is the last one.</param>
public sealed record CasePage(IReadOnlyList<CaseRow> Cases, CaseCursor? Next)
{
    /// <summary>The most cases of one page.</summary>
    public const int Most = 200;
}
