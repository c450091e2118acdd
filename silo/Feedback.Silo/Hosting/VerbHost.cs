using Feedback.Grains;
using Feedback.Grains.Audit;

namespace Feedback.Silo.Hosting;

/// <summary>A host for verbs that work on a site without serving it.</summary>
internal static class VerbHost
{
    /// <summary>A started host with storage and a silo.</summary>
    public static async Task<IHost> StartSiloAsync(Site site, CancellationToken cancellation, bool forgets = true)
    {
        var builder = NewBuilder();
        await builder.AddFeedbackSiloAsync(site, forgets);
        var host = builder.Build();
        await host.StartAsync(cancellation);
        return host;
    }

    /// <summary>A host with storage only. Not started it can only read, and so may look at the data of a running server.</summary>
    public static IHost BuildStorage(Site site, Action<IServiceCollection>? add = null)
    {
        var builder = NewBuilder();
        builder.Services.AddSingleton(RealClock.Instance);
        builder.Services.AddMetrics();
        builder.Services.AddFeedbackStorage(site);
        builder.Services.AddFeedbackGrains(SecretsFile.LoadOrCreate(site), () => SecretsFile.Read(site));
        add?.Invoke(builder.Services);
        return builder.Build();
    }

    /// <summary>Records in the audit trail what a verb is about to do; a running server may record at the same time.</summary>
    /// <exception cref="Grains.Journal.JournalBusyException">It cannot be recorded, so it must not be done.</exception>
    public static async Task RecordAsync(Site site, AuditEntry entry, CancellationToken cancellation)
    {
        using var host = BuildStorage(site);
        await host.StartAsync(cancellation);
        await host.Services.GetRequiredService<IAudit>().RecordAsync(entry);
        await host.StopAsync(cancellation);
    }

    private static HostApplicationBuilder NewBuilder()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.AddQuietLogging();
        return builder;
    }
}
