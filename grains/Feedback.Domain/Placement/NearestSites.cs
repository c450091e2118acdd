using Feedback.Domain.Organisation;

namespace Feedback.Domain.Placement;

/// <summary>
/// Silos may name a site: a node whose windows they should preferably hold. A window belongs to the silos whose site is nearest
/// above it, so a silo of its hall comes before one of its district.
/// </summary>
public static class NearestSites
{
    /// <summary>The silos to which a node belongs.</summary>
    /// <typeparam name="TSilo">How silos are told apart.</typeparam>
    /// <param name="silos">The silos that are there.</param>
    /// <param name="siteOf">The site that a silo names, by id or path; null for none. One that no node bears counts as none.</param>
    /// <param name="tree">The organisation.</param>
    /// <param name="node">The node.</param>
    /// <param name="day">The local day on which it is asked what lies under what.</param>
    /// <returns>Those whose site is the node itself or else nearest above it; all where there is none such, for then any is as good.</returns>
    public static IReadOnlyList<TSilo> Among<TSilo>(IReadOnlyList<TSilo> silos, Func<TSilo, string?> siteOf, OrganisationTree tree, NodeId node, DateOnly day)
    {
        var sites = silos.Select(silo => siteOf(silo) is { } site ? tree.Find(site)?.Id : null).ToList();
        if (sites.TrueForAll(site => site is null))
            return silos;
        foreach (var above in tree.LineOn(node, day))
        {
            var near = silos.Where((_, index) => sites[index] == above.Id).ToList();
            if (near.Count > 0)
                return near;
        }

        return silos;
    }
}
