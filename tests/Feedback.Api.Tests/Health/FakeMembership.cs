using System.Collections.Immutable;
using System.Net;

namespace Feedback.Api.Tests.Health;

/// <summary>A cluster of one, whose status a test sets.</summary>
internal sealed class FakeMembership : IClusterMembershipService, ILocalSiloDetails
{
    public SiloStatus Status { get; set; } = SiloStatus.Active;

    public SiloAddress SiloAddress { get; } = SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 11111), 1);

    public ClusterMembershipSnapshot CurrentSnapshot =>
        new(ImmutableDictionary<SiloAddress, ClusterMember>.Empty.Add(SiloAddress, new ClusterMember(SiloAddress, Status, Name)), new MembershipVersion(1));

    public IAsyncEnumerable<ClusterMembershipSnapshot> MembershipUpdates => throw new NotSupportedException();

    public string Name => "one";

    public string ClusterId => "feedback";

    public string DnsHostName => "localhost";

    public SiloAddress GatewayAddress => SiloAddress;

    public ValueTask Refresh(MembershipVersion minimumVersion = default, CancellationToken cancellationToken = default) => default;

    public Task<bool> TryKill(SiloAddress siloAddress) => throw new NotSupportedException();
}
