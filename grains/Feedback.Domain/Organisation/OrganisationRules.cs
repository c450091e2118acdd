using System.Text.RegularExpressions;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Time;

namespace Feedback.Domain.Organisation;

/// <summary>What must hold before an event of the organisation is written. Each rule answers a refusal, or null.</summary>
public static partial class OrganisationRules
{
    [GeneratedRegex("^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$")]
    private static partial Regex CodeShape { get; }

    /// <summary>May this node be opened?</summary>
    public static Refusal? MayOpen(OrganisationTree tree, NodeOpened opened)
    {
        if (!CodeShape.IsMatch(opened.Code) || NodeId.IsId(opened.Code))
            return new Refusal("node-code-invalid", "code", opened.Code);
        if (string.IsNullOrWhiteSpace(opened.Zh) || opened.Zh.Length > 200)
            return new Refusal("node-name-invalid", "zh", opened.Zh);
        if (string.IsNullOrWhiteSpace(opened.En) || opened.En.Length > 200)
            return new Refusal("node-name-invalid", "en", opened.En);
        if (HallZone.Find(opened.Zone) is null)
            return new Refusal("zone-unknown", "zone", opened.Zone);
        if (opened.Parent is null)
            return opened.Kind == NodeKind.Window ? new Refusal("parent-missing", "parent") : SiblingClash(tree, null, opened.Code);
        return tree.Find(opened.Parent.Value) switch
        {
            null => new Refusal("node-unknown", "parent", opened.Parent.Value.Value),
            { Kind: NodeKind.Window } => new Refusal("parent-is-window", "parent", opened.Parent.Value.Value),
            { Kind: NodeKind.Hall } hall when hall.Zone.Id != opened.Zone => new Refusal("zone-differs-from-hall", "zone", opened.Zone),
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
        if (parent.Kind == NodeKind.Hall && parent.Zone.Id != node.Zone.Id)
            return new Refusal("zone-differs-from-hall", "parent", parent.Zone.Id);
        return tree.IsAtOrBelow(moved.Parent, moved.Node, moved.From)
            ? new Refusal("node-below-itself", "parent", moved.Parent.Value)
            : null;
    }

    private static Refusal? SiblingClash(OrganisationTree tree, NodeId? parent, string code) =>
        tree.Nodes.Any(node => node.ParentOn(DateOnly.MaxValue) == parent && node.Name.Code == code)
            ? new Refusal("node-code-taken", "code", code)
            : null;
}
