using Microsoft.Extensions.Logging;
using Orleans.Runtime.Services;
using Orleans.Services;

namespace Feedback.Grains.Cluster;

/// <summary>One of these is on each silo and answers for it.</summary>
/// <remarks>
/// It is no grain: where a grain is may be known to that silo only which is gone, and nobody would answer before that one is declared dead.
/// Silos of two releases find each other's by the full name of this type.
/// </remarks>
[Alias("feedback.silo-witness")]
internal interface ISiloWitness : IGrainService
{
    /// <summary>Whether the machine of another silo tells this one that nobody listens at that silo's address any more.</summary>
    /// <param name="silo">The other silo, as <see cref="SiloAddress.ToParsableString"/> writes it.</param>
    [Alias("shut")]
    Task<bool> IsShut(string silo);
}

/// <summary>Asks other silos.</summary>
internal interface ISiloWitnesses
{
    /// <summary>Whether nobody listens at a silo's address any more, as another silo sees it.</summary>
    /// <param name="asked">The silo that is asked.</param>
    /// <param name="silo">The silo that it is asked about.</param>
    Task<bool> IsShutAsync(SiloAddress asked, SiloAddress silo);
}

/// <summary>The witness on this silo.</summary>
internal sealed class SiloWitness(GrainId id, Orleans.Runtime.Silo silo, ILoggerFactory logs, ISiloDoors doors) : GrainService(id, silo, logs), ISiloWitness
{
    /// <inheritdoc/>
    public Task<bool> IsShut(string silo) => doors.IsShutAsync(SiloAddress.FromParsableString(silo));
}

/// <summary>Sends each question straight to the silo that is asked.</summary>
internal sealed class SiloWitnesses(IServiceProvider services) : GrainServiceClient<ISiloWitness>(services), ISiloWitnesses
{
    /// <inheritdoc/>
    public Task<bool> IsShutAsync(SiloAddress asked, SiloAddress silo) => GetGrainService(asked).IsShut(silo.ToParsableString());
}
