using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Runtime.MembershipService.SiloMetadata;

namespace Feedback.Grains.Placement;

/// <summary>What the silos of a cluster tell each other about themselves. A silo alone tells nothing.</summary>
/// <param name="services">The silo's services.</param>
public sealed class SiloFacts(IServiceProvider services)
{
    /// <summary>The name of the fact that tells a silo's release.</summary>
    public const string Version = "version";

    /// <summary>The name of the fact that tells the node, by id or path, whose windows a silo should preferably hold.</summary>
    public const string Site = "site";

    private readonly ISiloMetadataCache? _told = services.GetService<ISiloMetadataCache>();
    private readonly SiloMetadata? _own = services.GetService<IOptions<SiloMetadata>>()?.Value;

    /// <summary>The site of this silo; null where it names none.</summary>
    public string? OwnSite => _own?.Metadata.GetValueOrDefault(Site);

    /// <summary>The site of a silo; null where it names none, or has not told yet.</summary>
    public string? SiteOf(SiloAddress silo) => Told(silo, Site);

    /// <summary>The release of a silo; null where it has not told yet.</summary>
    public string? VersionOf(SiloAddress silo) => Told(silo, Version);

    private string? Told(SiloAddress silo, string fact) => _told?.GetSiloMetadata(silo).Metadata.GetValueOrDefault(fact);
}
