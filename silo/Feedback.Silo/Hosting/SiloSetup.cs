using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Feedback.Grains;
using Feedback.Grains.Journal;
using Feedback.Grains.Personal;
using Feedback.Silo.Telemetry;
using Feedback.Storage;
using Feedback.Storage.GrainStorage;
using Feedback.Storage.Membership;
using Feedback.Storage.Personal;
using Orleans.Configuration;
using Orleans.Dashboard;

namespace Feedback.Silo.Hosting;

/// <summary>Makes a host a silo: storage, grains, and Orleans around them. Every verb that needs grains uses this one.</summary>
internal static class SiloSetup
{
    /// <summary>Orleans' name for the service and for its cluster: it is part of the keys of grain storage.</summary>
    public const string Service = "feedback";

    private static readonly ConcurrentDictionary<int, bool> GivenPorts = new();

    /// <summary>The revision of events beyond which nothing is written as long as a silo says so: an upgrade can be undone meanwhile; null for no such wish.</summary>
    /// <exception cref="UsageException">FEEDBACK_VOCABULARY is no number of a revision.</exception>
    public static int? HeldVocabulary =>
        Environment.GetEnvironmentVariable("FEEDBACK_VOCABULARY") is not { Length: > 0 } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var revision) && revision > 0 ? revision
        : throw new UsageException($"FEEDBACK_VOCABULARY is the number of a revision of events, from 1, and not '{text}'.");

    /// <summary>Applies the database schemas and adds the silo's services.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="site">The site.</param>
    /// <param name="forgets">Whether those are erased once more whom a restored database brought back; false only where nothing may be written.</param>
    public static async Task AddFeedbackSiloAsync(this IHostApplicationBuilder builder, Site site, bool forgets = true)
    {
        builder.Services.AddSingleton(RealClock.Instance);
        builder.Services.AddKeyedSingleton<TimeProvider>(TimeProviderNames.ActivationManagement, new SteadyClock(RealClock.Instance));
        builder.Services.AddUse(site);
        builder.Services.AddFeedbackStorage(site);
        var secrets = SecretsFile.LoadOrCreate(site);
        builder.Services.AddFeedbackGrains(secrets, () => SecretsFile.Read(site));
        var grainStorage = await PrepareGrainStorageAsync(site);
        await SecretsFile.ClaimAsync(site, secrets);
        var certificate = site.Cluster is null ? null : ClusterCertificate.LoadOrCreate(site, RealClock.Instance);
        builder.UseOrleans(silo =>
        {
            silo.FollowCalls(builder.Configuration);
            if (site.Dashboard)
                silo.AddDashboard(dashboard => dashboard.HideTrace = true);
            if (site is { Cluster: { } member, Postgres: { } shared })
                silo.JoinCluster(member, shared, certificate!);
            else
                // Alone it listens on loopback, on a port of its own, so that several sites run on one machine.
                silo.UseLocalhostClustering(FreePort(), gatewayPort: 0, serviceId: Service, clusterId: Service);
            silo.Configure<SchedulingOptions>(options => options.DelayWarningThreshold = TimeSpan.FromSeconds(10));
            // Room for a million addresses is set aside otherwise, and a bureau has some thousand windows.
            silo.Configure<GrainDirectoryOptions>(options => options.CacheSize = 50_000);
            silo.Configure<GrainCollectionOptions>(options => options.CollectionAge = TimeSpan.FromMinutes(30));
            silo.AddFeedbackGrainStorage("Default", grainStorage.Invariant, grainStorage.Connection);
        });
        // After the silo and before anything listens: services start in the order in which they are added, the web server last.
        if (forgets)
            builder.Services.AddHostedService<ErasureReplay>();
    }

    /// <summary>Adds journal, days and personal text only: enough for verbs that ask no grain.</summary>
    public static void AddFeedbackStorage(this IServiceCollection services, Site site)
    {
        services.AddSingleton<IWrittenVocabulary>(new WholeVocabulary(HeldVocabulary));
        services.AddSingleton<IErasureLedger>(_ => ErasureLedgerFile.Open(site.Data.Erasures, isWhole: site.Postgres is null));
        if (site.Postgres is { } connection)
            services.AddPostgresJournal(connection);
        else
            services.AddSqliteJournal(site.Data.Journal);
    }

    private static async Task<(string Invariant, string Connection)> PrepareGrainStorageAsync(Site site)
    {
        if (site.Postgres is { } connection)
        {
            await GrainStorageSchema.ApplyPostgresAsync(connection);
            if (site.Cluster is not null)
                await MembershipSchema.ApplyAsync(connection);
            return (GrainStorageRegistration.Postgres, connection);
        }

        await GrainStorageSchema.ApplySqliteAsync(site.Data.Grains);
        return (GrainStorageRegistration.Sqlite, $"Data Source={site.Data.Grains}");
    }

    // Orleans is told its port and binds it a moment later. Meanwhile no outgoing connection takes it, for Linux gives those ports from
    // 32768 on; nor does another silo of this process, for none is given twice.
    private static int FreePort()
    {
        for (var attempt = 1; ; attempt++)
        {
            var port = RandomNumberGenerator.GetInt32(21_000, 32_000);
            if (!GivenPorts.TryAdd(port, true))
                continue;
            using var probe = new TcpListener(IPAddress.Loopback, port);
            try
            {
                probe.Start();
                return port;
            }
            catch (SocketException) when (attempt < 100)
            {
                // Somebody listens there: another one will do.
            }
        }
    }
}
