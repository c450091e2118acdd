using Feedback.Domain.Cases;
using Feedback.Domain.Hotline;
using Feedback.Domain.Organisation;
using Feedback.Domain.Paper;
using Feedback.Domain.ServiceMatters;

namespace Feedback.Domain.Journal;

/// <summary>The stable name of a stream of events. Chains start on its hash, so a name never changes.</summary>
/// <param name="Value">The text, such as <c>window:n12</c> or <c>org</c>.</param>
public readonly record struct StreamName(string Value)
{
    private const string WindowPrefix = "window:";
    private const string CasePrefix = "case:";
    private const string MatterPrefix = "matter:";
    private const string BoxPrefix = "box:";
    private const string PaperPrefix = "paper:";
    private const string HotlinePrefix = "hotline:";

    /// <summary>Nodes: opened, moved, renamed, closed.</summary>
    public static readonly StreamName Organisation = new("org");

    /// <summary>Dimension schemes, service items, staff, reasons.</summary>
    public static readonly StreamName Catalogue = new("catalogue");

    /// <summary>Device keys and API tokens, as hashes.</summary>
    public static readonly StreamName Keys = new("keys");

    /// <summary>
    /// Who did what and who was refused what: <c>audit:0</c>. The number is a share of the trail, there for the day when one
    /// stream is too few for its writers; today every silo and every verb appends to share 0, and the fence puts them in order.
    /// </summary>
    public static readonly StreamName Audit = new("audit:0");
    /// <summary>Who was told the identity of raters or the contact of citizens, and why.</summary>
    public static readonly StreamName Supervision = new("supervision");

    /// <summary>Policies of nodes by day, and the holidays of years.</summary>
    public static readonly StreamName Policies = new("policy");

    /// <summary>Signed checkpoints of all other streams; the version of each is its number.</summary>
    public static readonly StreamName Checkpoints = new("checkpoints");

    /// <summary>Everything that happened at one window.</summary>
    public static StreamName Window(NodeId window) => new(WindowPrefix + window.Value);

    /// <summary>The window whose stream this is, or null for every other stream.</summary>
    public NodeId? AsWindow =>
        Value.StartsWith(WindowPrefix, StringComparison.Ordinal) ? new NodeId(Value[WindowPrefix.Length..]) : null;

    /// <summary>Everything that happened to one case.</summary>
    public static StreamName Case(CaseId id) => new(CasePrefix + id.Value);

    /// <summary>The case whose stream this is, or null for every other stream.</summary>
    public CaseId? AsCase =>
        Value.StartsWith(CasePrefix, StringComparison.Ordinal) ? new CaseId(Value[CasePrefix.Length..]) : null;

    /// <summary>Everything that happened to one service matter.</summary>
    public static StreamName Matter(MatterId id) => new(MatterPrefix + id.Value);

    /// <summary>The service matter whose stream this is, or null for every other stream.</summary>
    public MatterId? AsMatter =>
        Value.StartsWith(MatterPrefix, StringComparison.Ordinal) ? new MatterId(Value[MatterPrefix.Length..]) : null;

    /// <summary>The openings of a node's suggestion box.</summary>
    public static StreamName Box(NodeId node) => new(BoxPrefix + node.Value);

    /// <summary>Everything that happened to one batch of printed forms.</summary>
    public static StreamName Paper(PaperBatchId batch) => new(PaperPrefix + batch.Value);

    /// <summary>The batch of printed forms whose stream this is, or null for every other stream.</summary>
    public PaperBatchId? AsPaper =>
        Value.StartsWith(PaperPrefix, StringComparison.Ordinal) ? new PaperBatchId(Value[PaperPrefix.Length..]) : null;

    /// <summary>What the city's hotline told of a month of a node; the month by its first day.</summary>
    public static StreamName Hotline(NodeId node, DateOnly month) => new(HotlinePrefix + node.Value + "@" + HotlineFigures.MonthText(month));

    /// <inheritdoc/>
    public override string ToString() => Value;
}
