using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace Feedback.Grains.Cluster;

/// <summary>Puts a grain on the silo whose address is its key.</summary>
[Serializable, GenerateSerializer, Immutable, SuppressReferenceTracking, Alias("feedback.on-silo")]
public sealed class OnSiloPlacement : PlacementStrategy;

/// <summary>Marks a grain that lives on the silo whose address is its key.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class OnSiloAttribute() : PlacementAttribute(new OnSiloPlacement());

/// <summary>Finds that silo among those that are active; there is no other choice.</summary>
internal sealed class OnSiloDirector : IPlacementDirector
{
    /// <inheritdoc/>
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var key = target.GrainIdentity.Key.ToString()!;
        return Array.Find(context.GetCompatibleSilos(target), silo => silo.ToParsableString() == key) is { } found
            ? Task.FromResult(found)
            : Task.FromException<SiloAddress>(new SiloGoneException(key));
    }
}
