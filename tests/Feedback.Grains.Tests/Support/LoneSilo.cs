using Feedback.TestSupport;
using Orleans.Configuration;

namespace Feedback.Grains.Tests.Support;

/// <summary>A silo that is a whole cluster, on a clock that tests set.</summary>
internal static class LoneSilo
{
    /// <summary>Lets a silo be the only one, which nothing that is done to its clock can end.</summary>
    /// <remarks>
    /// Membership takes down when a silo started by the machine's clock and looks how long it has been joining by the silo's. Where
    /// the second is ahead, a silo that has just joined seems to have been joining for ever: it would suspect itself, agree, and end
    /// the process. So nobody is suspected here for joining slowly, and no generation is thought to be of a dead silo for its age.
    /// </remarks>
    public static void UseAlone(this ISiloBuilder silo, string cluster = "feedback")
    {
        silo.UseLocalhostClustering(FreePorts.Next(), gatewayPort: 0, serviceId: "feedback", clusterId: cluster);
        silo.Configure<ClusterMembershipOptions>(membership =>
        {
            membership.EvictWhenMaxJoinAttemptTimeExceeded = false;
            membership.SiloGenerationRetirementAge = null;
            membership.DefunctSiloCleanupPeriod = null;
        });
    }
}
