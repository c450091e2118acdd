using System.Diagnostics.CodeAnalysis;
using Feedback.Grains.Tallies;
using Feedback.Grains.Windows;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Metadata;
using Orleans.Runtime.Placement;

namespace Feedback.Grains.Placement;

/// <summary>Puts a grain on a silo whose site is its node or nearest above it, among equals where least is. Without such a site any silo is as good.</summary>
internal sealed class NearSitePlacement : PlacementStrategy;

/// <summary>Says that windows and tallies are placed so.</summary>
/// <remarks>
/// An attribute at the grain would say it, too, but to all silos: what a grain's attributes say is taken from whichever silo comes
/// first, and a silo of a release that does not know the rule could place no window any more.
/// </remarks>
internal sealed class NearSiteGrains(GrainTypeResolver types) : IPlacementStrategyResolver
{
    private static readonly NearSitePlacement Rule = new();
    private readonly GrainType[] _placed = [types.GetGrainType(typeof(WindowGrain)), types.GetGrainType(typeof(TallyGrain))];

    /// <inheritdoc/>
    public bool TryResolvePlacementStrategy(GrainType grainType, GrainProperties? properties, [MaybeNullWhen(false)] out PlacementStrategy result)
    {
        result = _placed.Contains(grainType) ? Rule : null;
        return result is not null;
    }
}

/// <summary>Picks the silo.</summary>
/// <remarks>
/// Among equals, Orleans' placement by the number of activations: of two silos that are drawn, the one with fewer, counting those that
/// were placed a moment ago. Its default would rather place where the first call comes from and looks at processors and memory once
/// a second: when a silo is gone, a thousand windows that are called within that second would all go to the same one.
/// </remarks>
internal sealed class NearSiteDirector(
    PreferredSilos preferred, [FromKeyedServices(typeof(ActivationCountBasedPlacement))] IPlacementDirector evenly) : IPlacementDirector
{
    /// <inheritdoc/>
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context) =>
        evenly.OnAddActivation(strategy, target, new Nearest(context, preferred));

    private sealed class Nearest(IPlacementContext all, PreferredSilos preferred) : IPlacementContext
    {
        public SiloAddress LocalSilo => all.LocalSilo;

        public SiloStatus LocalSiloStatus => all.LocalSiloStatus;

        public SiloAddress[] GetCompatibleSilos(PlacementTarget target) => [.. preferred.For(target.GrainIdentity, all.GetCompatibleSilos(target))];

        public IReadOnlyDictionary<ushort, SiloAddress[]> GetCompatibleSilosWithVersions(PlacementTarget target) => all.GetCompatibleSilosWithVersions(target);
    }
}
