using Feedback.Domain.Organisation;
using Feedback.Domain.WorkingTime;

namespace Feedback.Domain.Release;

/// <summary>When the public and the rated see what was released.</summary>
/// <remarks>
/// Halls and what is above them are live, in steps of five ratings at least. Below, where a figure is that of a few people, only
/// what was completed before today is shown, and something new only on a working day: a Saturday's chunk on Monday. A hall in
/// which a single window stands is that window, and waits as it does.
/// </remarks>
public static class ReleaseRule
{
    /// <summary>The day before which released ratings of a node are seen; null where they are live.</summary>
    /// <param name="tree">The organisation.</param>
    /// <param name="calendar">The bureau's working days.</param>
    /// <param name="node">The node.</param>
    /// <param name="today">The node's local day of whoever looks.</param>
    public static DateOnly? ShownBefore(OrganisationTree tree, WorkCalendar calendar, Node node, DateOnly today) =>
        node.Kind is not (NodeKind.Window or NodeKind.Team) && WindowsBelow(tree, node.Id, today).Skip(1).Any()
            ? null
            : calendar.LastWorkedUpTo(today);

    private static IEnumerable<Node> WindowsBelow(OrganisationTree tree, NodeId node, DateOnly today) =>
        tree.ChildrenOn(node, today).SelectMany(child => child.Kind == NodeKind.Window ? [child] : WindowsBelow(tree, child.Id, today));
}
