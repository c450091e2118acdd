using Orleans.Concurrency;

namespace Feedback.Grains.Cluster;

/// <summary>Hands on what the silo that it lives on tells about itself.</summary>
[OnSilo, Reentrant]
internal sealed class SiloGrain(SiloVitals vitals, ISiloDoors doors) : Grain, ISiloGrain
{
    /// <inheritdoc/>
    public Task<SiloReport> Report() => vitals.ReadAsync();

    /// <inheritdoc/>
    public Task<bool> IsShut(string silo) => doors.IsShutAsync(SiloAddress.FromParsableString(silo));
}
