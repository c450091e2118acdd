using Feedback.Grains;

namespace Feedback.Silo.Hosting;

/// <summary>A host for verbs that work on a site without serving it.</summary>
internal static class VerbHost
{
    /// <summary>A started host with storage and a silo.</summary>
    public static async Task<IHost> StartSiloAsync(Site site, CancellationToken cancellation)
    {
        var builder = NewBuilder();
        await builder.AddFeedbackSiloAsync(site);
        var host = builder.Build();
        await host.StartAsync(cancellation);
        return host;
    }

    /// <summary>A host with storage only. Not started it can only read, and so may look at the data of a running server.</summary>
    public static IHost BuildStorage(Site site)
    {
        var builder = NewBuilder();
        builder.Services.AddSingleton(RealClock.Instance);
        builder.Services.AddMetrics();
        builder.Services.AddFeedbackStorage(site);
        builder.Services.AddFeedbackGrains(SecretsFile.LoadOrCreate(site.Data.MasterKey), () => SecretsFile.LoadOrCreate(site.Data.MasterKey));
        return builder.Build();
    }

    private static HostApplicationBuilder NewBuilder()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.AddQuietLogging();
        return builder;
    }
}
