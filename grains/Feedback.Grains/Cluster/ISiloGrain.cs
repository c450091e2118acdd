namespace Feedback.Grains.Cluster;

/// <summary>One silo, as it sees itself. The key is the silo's address as <see cref="SiloAddress.ToParsableString"/> writes it.</summary>
/// <remarks>It lives on that silo and nowhere else: when the silo is gone, a call fails with a <see cref="SiloGoneException"/>.</remarks>
[Alias("feedback.silo")]
public interface ISiloGrain : IGrainWithStringKey
{
    /// <summary>How the silo fares now.</summary>
    [Alias("report")]
    Task<SiloReport> Report();

    /// <summary>The same as <see cref="ISiloWitness.IsShut"/>, for silos of a release that asks here.</summary>
    /// <param name="silo">The other silo, as <see cref="SiloAddress.ToParsableString"/> writes it.</param>
    [Alias("shut")]
    Task<bool> IsShut(string silo);
}

/// <summary>A silo is no longer a member of the cluster, or runs a version that tells nothing about itself.</summary>
[GenerateSerializer, Alias("feedback.silo-gone")]
public sealed class SiloGoneException(string silo) : Exception($"The silo {silo} is not there, or is of a version that tells nothing about itself.");
