using System.Net;
using System.Reflection;
using System.Security.Authentication;
using Feedback.Grains;
using Feedback.Grains.Journal;
using Feedback.Grains.Placement;
using Orleans.Configuration;
using Orleans.Connections.Security;
using Orleans.Runtime.MembershipService.SiloMetadata;

namespace Feedback.Silo.Hosting;

/// <summary>Makes a silo one of a cluster.</summary>
internal static class ClusterSetup
{
    /// <summary>The name under which a silo tells the others its release.</summary>
    public const string VersionFact = SiloFacts.Version;

    /// <summary>The name under which a silo tells the others whose windows it should preferably hold.</summary>
    public const string ServesFact = SiloFacts.Site;

    /// <summary>This release.</summary>
    public static string Version { get; } =
        typeof(ClusterSetup).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>Joins the silos that share a database.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="member">This silo.</param>
    /// <param name="connection">The database, prepared for membership.</param>
    /// <param name="certificate">The certificate that every silo of the cluster holds.</param>
    public static void JoinCluster(this ISiloBuilder silo, ClusterPlace member, string connection, ClusterCertificate certificate)
    {
        silo.Configure<ClusterOptions>(options => (options.ServiceId, options.ClusterId) = (SiloSetup.Service, SiloSetup.Service));
        silo.Configure<SiloOptions>(options => options.SiloName = member.Name);
        silo.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = (Storage.GrainStorage.GrainStorageRegistration.Postgres, connection));
        silo.Configure<EndpointOptions>(options =>
        {
            (options.AdvertisedIPAddress, options.SiloPort, options.GatewayPort) = (member.Address, member.Port, 0);
            options.SiloListeningEndpoint = new IPEndPoint(member.ListensOn, member.Port);
        });
        silo.Configure<ClusterMembershipOptions>(options =>
        {
            // A silo that is gone is noticed within about three seconds: three probes, a second each.
            options.ProbeTimeout = TimeSpan.FromSeconds(1);
            options.NumMissedProbesLimit = 3;
            // One that hangs while its connections stay open is believed for three of the longest probes after its last word.
            options.MaxProbeTimeout = TimeSpan.FromSeconds(2);
            // One that does not renew its sign of life is none to wait for when the whole cluster starts again.
            options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
            options.NumMissedTableIAmAliveLimit = 3;
            // Gossip tells of changes at once; the table is read in case it got lost.
            options.TableRefreshTimeout = TimeSpan.FromSeconds(5);
            options.DefunctSiloExpiration = TimeSpan.FromDays(1);
        });
        silo.UseTls(certificate.Certificate, tls =>
        {
            tls.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
            (tls.RemoteCertificateMode, tls.ClientCertificateMode) = (RemoteCertificateMode.RequireCertificate, RemoteCertificateMode.RequireCertificate);
            tls.RemoteCertificateValidation = (presented, _, _) => certificate.IsTheSameAs(presented);
            // It is the certificate that is believed, whatever address it comes from.
            tls.OnAuthenticateAsClient = (_, options) => options.TargetHost = ClusterCertificate.Name;
        });
        var facts = ClusterVocabulary.Published(SiloSetup.HeldVocabulary);
        facts[VersionFact] = Version;
        if (member.Serves is { } node)
            facts[ServesFact] = node;
        silo.UseSiloMetadata(facts);
        silo.Services.AddWindowSpread();
        silo.Services.AddSingleton<IFatalErrorHandler, SiloEnd>();
        silo.Services.AddSingleton<IWrittenVocabulary, ClusterVocabulary>();
    }
}
