using System.Collections.Immutable;
using Feedback.Domain.Organisation;
using Feedback.Domain.Policies;

namespace Feedback.Domain.Cases;

/// <summary>To whom a case goes first.</summary>
public static class CaseRoutes
{
    /// <summary>Stands in an intake for the unit that the rules tell.</summary>
    public static readonly NodeId ByRules = new("");

    /// <summary>The unit that the routing rules name for the category, else the nearest hall, unit, district or region at or above the node.</summary>
    /// <param name="policies">What holds at the node.</param>
    /// <param name="tree">The organisation.</param>
    /// <param name="node">The node that the case concerns.</param>
    /// <param name="category">The category's code; null for none.</param>
    /// <param name="day">The local day.</param>
    public static NodeId LeadOf(CasePolicies policies, OrganisationTree tree, NodeId node, string? category, DateOnly day) =>
        policies.RouteOf(category)?.Lead ?? tree.LineOn(node, day).FirstOrDefault(at => at.Kind is not (NodeKind.Window or NodeKind.Team))?.Id ?? node;

    /// <summary>The units that help with it by the routing rules, ascending; a unit that is not there is left out.</summary>
    /// <param name="policies">What holds at the node.</param>
    /// <param name="tree">The organisation.</param>
    /// <param name="category">The category's code; null for none.</param>
    public static ImmutableArray<NodeId> AssistingOf(CasePolicies policies, OrganisationTree tree, string? category)
    {
        if (policies.RouteOf(category) is not { } route)
            return [];
        return [.. route.Assisting.Where(unit => unit != route.Lead && tree.Find(unit) is not null).Distinct().Order()];
    }
}
