using System.Text.RegularExpressions;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Time;

namespace Feedback.Domain.Organisation;

/// <summary>What must hold before an event of the organisation is written. Each rule answers a refusal, or null.</summary>
public static partial class OrganisationRules
{
    /// <summary>The most characters of a name.</summary>
    public const int LongestName = 200;

    [GeneratedRegex(@"^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?\z")]
    private static partial Regex CodeShape { get; }

    /// <summary>Whether a text can be a code: lower-case letters, digits and hyphens, and nothing that looks like a node's id.</summary>
    public static bool IsCode(string text) => CodeShape.IsMatch(text) && !NodeId.IsId(text);

    /// <summary>May this node be opened?</summary>
    public static Refusal? MayOpen(OrganisationTree tree, NodeOpened opened)
    {
        if (Misnamed(opened.Code, opened.Zh, opened.En) is { } misnamed)
            return misnamed;
        if (HallZone.Find(opened.Zone) is null)
            return new Refusal("zone-unknown", "zone", opened.Zone);
        if (opened.Parent is null)
            return opened.Kind == NodeKind.Window ? new Refusal("parent-missing", "parent") : SiblingClash(tree, null, opened.Code);
        return tree.Find(opened.Parent.Value) switch
        {
            null => new Refusal("node-unknown", "parent", opened.Parent.Value.Value),
            { Kind: NodeKind.Window } => new Refusal("parent-is-window", "parent", opened.Parent.Value.Value),
            var parent when DaysFrom(tree, DateOnly.MinValue).Any(day => Demanded(tree, opened.Kind, parent.Id, day) is { } zone && zone.Id != opened.Zone) =>
                new Refusal("zone-differs-from-hall", "zone", opened.Zone),
            _ => SiblingClash(tree, opened.Parent, opened.Code),
        };
    }

    /// <summary>May this node move? Never back-dated, never below itself.</summary>
    /// <param name="tree">The organisation.</param>
    /// <param name="moved">The move.</param>
    /// <param name="now">Milliseconds UTC.</param>
    public static Refusal? MayMove(OrganisationTree tree, NodeMoved moved, long now)
    {
        if (tree.Find(moved.Node) is not { } node)
            return new Refusal("node-unknown", "node", moved.Node.Value);
        if (tree.Find(moved.Parent) is not { Kind: not NodeKind.Window } parent)
            return new Refusal("node-unknown", "parent", moved.Parent.Value);
        // Events may be dated five minutes ahead: a day that one of them may already have reached is settled.
        if (moved.From <= node.Zone.LocalTime(now + DayRule.Ahead).Day)
            return new Refusal("day-not-in-future", "from", moved.From.ToString("O"));
        var days = DaysFrom(tree, moved.From).ToList();
        if (days.Exists(day => tree.IsAtOrBelow(parent.Id, node.Id, day)))
            return new Refusal("node-below-itself", "parent", parent.Id.Value);
        foreach (var day in days)
        {
            if (Demanded(tree, node.Kind, parent.Id, day) is { } zone && tree.Nodes.Any(one => one.Zone.Id != zone.Id && tree.IsAtOrBelow(one.Id, node.Id, day)))
                return new Refusal("zone-differs-from-hall", "parent", zone.Id);
        }

        return SiblingClash(tree, parent.Id, node.Name.Code, except: node.Id);
    }

    // The days from one on at which something above or below a node may change: planned moves count as well as past ones.
    private static IEnumerable<DateOnly> DaysFrom(OrganisationTree tree, DateOnly from) => tree.MoveDays.Where(day => day > from).Append(from);

    /// <summary>May this node be renamed? From today on at the earliest: names carry no counts, so today need not wait for midnight.</summary>
    /// <param name="tree">The organisation.</param>
    /// <param name="renamed">The renaming.</param>
    /// <param name="now">Milliseconds UTC.</param>
    public static Refusal? MayRename(OrganisationTree tree, NodeRenamed renamed, long now)
    {
        if (tree.Find(renamed.Node) is not { } node)
            return new Refusal("node-unknown", "node", renamed.Node.Value);
        if (renamed.From < node.Zone.LocalTime(now).Day)
            return new Refusal("day-not-in-future", "from", renamed.From.ToString("O"));
        return Misnamed(renamed.Code, renamed.Zh, renamed.En)
            ?? SiblingClash(tree, node.Parents[^1].Value, renamed.Code, except: node.Id);
    }

    private static Refusal? Misnamed(string code, string zh, string en)
    {
        if (!IsCode(code))
            return new Refusal("node-code-invalid", "code", code);
        if (string.IsNullOrWhiteSpace(zh) || zh.Length > LongestName)
            return new Refusal("node-name-invalid", "zh", zh);
        return string.IsNullOrWhiteSpace(en) || en.Length > LongestName ? new Refusal("node-name-invalid", "en", en) : null;
    }

    // Below a hall there is one zone, through any teams; a window without a hall has its days cut by its direct parent. So the
    // zone that cuts a window's days is the same wherever it moves.
    private static HallZone? Demanded(OrganisationTree tree, NodeKind kind, NodeId parent, DateOnly day) =>
        (tree.LineOn(parent, day).FirstOrDefault(above => above.Kind == NodeKind.Hall) ?? (kind == NodeKind.Window ? tree.Find(parent) : null))?.Zone;

    private static Refusal? SiblingClash(OrganisationTree tree, NodeId? parent, string code, NodeId? except = null) =>
        tree.At(parent, code) is { } taken && taken != except ? new Refusal("node-code-taken", "code", code) : null;
}
