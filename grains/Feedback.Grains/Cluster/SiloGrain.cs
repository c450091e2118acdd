using Orleans.Concurrency;

namespace Feedback.Grains.Cluster;

/// <summary>Hands on what the silo that it lives on tells about itself.</summary>
[OnSilo, Reentrant]
internal sealed class SiloGrain(SiloVitals vitals) : Grain, ISiloGrain
{
    /// <inheritdoc/>
    public Task<SiloReport> Report() => vitals.ReadAsync();
}
