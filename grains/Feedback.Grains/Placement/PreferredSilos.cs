using Feedback.Domain.Organisation;
using Feedback.Domain.Placement;
using Feedback.Grains.Organisation;

namespace Feedback.Grains.Placement;

/// <summary>Which silos should hold the grain of a node: those whose site is nearest above it, and any where there is none such.</summary>
/// <param name="facts">What the silos tell.</param>
/// <param name="bureau">The organisation.</param>
/// <param name="clock">The clock.</param>
internal sealed class PreferredSilos(SiloFacts facts, IBureau bureau, TimeProvider clock)
{
    /// <summary>The best of some silos.</summary>
    /// <param name="grain">A window, whose key is its node, or something whose key begins with a node and <c>@</c>.</param>
    /// <param name="silos">The silos; at least one.</param>
    /// <returns>At least one of them.</returns>
    public IReadOnlyList<SiloAddress> For(GrainId grain, IReadOnlyList<SiloAddress> silos)
    {
        var node = new NodeId(grain.Key.ToString()!.Split('@')[0]);
        var tree = bureau.Current.Tree;
        return silos.Count > 1 && tree.Find(node) is { } known
            ? NearestSites.Among(silos, facts.SiteOf, tree, node, known.Zone.LocalTime(clock.GetUtcNow().ToUnixTimeMilliseconds()).Day)
            : silos;
    }
}
