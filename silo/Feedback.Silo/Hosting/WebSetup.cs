using System.Net.Sockets;
using Feedback.Api;
using Feedback.Api.Access;
using Feedback.Api.Addresses;
using Feedback.Api.Health;
using Feedback.Api.Intake;
using Feedback.Grains;
using Feedback.Grains.Checkpoints;
using Feedback.Grains.Paper;
using Feedback.Grains.Personal;
using Feedback.Grains.Registers;
using Feedback.Seeds.Registers;
using Feedback.Silo.Notices;
using Feedback.Silo.Platform;
using Feedback.Silo.Telemetry;
using Feedback.Web;
using Feedback.Web.Cluster;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Feedback.Silo.Hosting;

/// <summary>A silo that also hosts the HTTP API and the pages.</summary>
internal static class WebSetup
{
    /// <summary>Where a site listens unless told otherwise: on loopback only.</summary>
    public const string DefaultUrls = "http://127.0.0.1:5080";

    // Settings files are read once: watching them would watch the data directory below, and hear every write of the journal.
    // And no variable of the environment makes it believe forwarded headers from everybody: Exposure says whose.
    private static readonly string[] Settings = ["--hostBuilder:reloadConfigOnChange=false", "--ForwardedHeaders_Enabled=false"];

    // As many new connections as Linux keeps for a program by itself (net.core.somaxconn).
    private const int WaitingAtTheDoor = 4096;

    private static readonly TimeSpan ShutdownPatience = TimeSpan.FromSeconds(30);

    /// <summary>Builds the application of a site.</summary>
    /// <param name="site">Where its data are.</param>
    /// <param name="urls">The addresses to listen on.</param>
    /// <param name="exposure">How it meets the world outside its machine; null for loopback only.</param>
    /// <param name="signIn">What people prove when they sign in; the strictest when left out.</param>
    /// <param name="amend">Replaces services before the application is built; null for none. Tests put faults and listeners in by it.</param>
    public static async Task<WebApplication> BuildAsync(
        Site site, string urls, Exposure? exposure = null, SignInOptions? signIn = null, Action<IServiceCollection>? amend = null)
    {
        exposure ??= Exposure.None;
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = Settings });
        builder.WebHost.UseUrls(Checked(urls));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = ApiSetup.LargestRequest;
        });
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = ShutdownPatience + site.Drain);
        builder.Services.AddDraining(site.Drain);
        // Who stands before a full door is let wait a second by the kernel before he may knock again; the gate tells him at once.
        builder.WebHost.UseSockets(sockets => sockets.Backlog = WaitingAtTheDoor);
        exposure.AddTo(builder, urls);
        builder.AddQuietLogging();
        builder.AddSystemdNotice();
        builder.AddTelemetry(site.Cluster?.Name);
        builder.Services.AddHostedService(provider => ActivatorUtilities.CreateInstance<BackupMeter>(provider, new BackupPlace(site.Backups)));
        builder.Services.AddFeedbackApi();
        builder.Services.AddFeedbackPages();
        await builder.AddFeedbackSiloAsync(site);
        builder.Services.AddNoticeCarriers(site.Notices);
        builder.Services.AddPlatformCarrier(site.Platform);
        builder.Services.AddDueWork();
        builder.Services.AddFeedbackCheckpoints(site).AddHostedService<CheckpointService>();
        builder.Services.AddSingleton(site.Retention);
        builder.Services.AddSingleton<CaseRetention>();
        builder.Services.AddSingleton<Retention>();
        builder.Services.AddHostedService<RetentionService>();
        await builder.Services.AddFeedbackAccountsAsync(site);
        builder.Services.AddFeedbackSessions(site, signIn ?? SignInOptions.Strict);
        builder.Services.AddSingleton<IRegisterImport, RegisterImport>();
        builder.Services.AddSingleton<IPaperSheet, PaperSheet>();
        amend?.Invoke(builder.Services);
        var app = builder.Build();
        app.UseDraining();
        app.UseSafeHeaders();
        // Before everything that costs something: turning five away must not cost more than taking one.
        app.UsePushGate();
        exposure.Use(app);
        app.UseProblems();
        // Here and not before: whoever comes back from a provider did so by the address that the proxy tells.
        app.UseAuthentication();
        app.MapFeedbackApi();
        app.MapFeedbackPages();
        if (site.Dashboard)
            app.MapDashboard();
        return app;
    }

    /// <summary>Starts an application; one that cannot start is stopped again, so that its silo leaves as any other does.</summary>
    /// <exception cref="UsageException">Its address is none of this machine's, or its silo cannot have its port.</exception>
    /// <exception cref="IOException">Its port is in use.</exception>
    public static async Task ListenAsync(this WebApplication app, string urls, CancellationToken cancellation)
    {
        try
        {
            await app.StartAsync(cancellation);
        }
        catch (Exception e) when (e is SocketException or AddressInUseException)
        {
            // The silo listens before the web server does, which tells by itself, and names, an address of its own that is in use.
            var where = app.Services.GetRequiredService<ISiloStatusOracle>().CurrentStatus == SiloStatus.Active
                ? urls
                : $"port {app.Services.GetRequiredService<IOptions<EndpointOptions>>().Value.SiloPort} of its silo";
            await app.TakeBackAsync();
            throw new UsageException($"Cannot listen on {where}: {e.Message}.");
        }
        catch
        {
            await app.TakeBackAsync();
            throw;
        }
    }

    // A host that is thrown away without having been stopped takes the end of its background services for their failure, and says so.
    private static async Task TakeBackAsync(this WebApplication app)
    {
        try
        {
            await app.StopAsync();
        }
        catch (Exception)
        {
            // Why it did not start is what has to be told.
        }
    }

    /// <summary>Where this machine itself reaches the application, without encryption.</summary>
    /// <exception cref="UsageException">It listens by HTTPS only.</exception>
    public static string LocalUrl(this WebApplication app) =>
        app.Urls.FirstOrDefault(url => url.StartsWith("http:", StringComparison.OrdinalIgnoreCase)) is { } plain
            ? OnThisMachine(plain)
            : throw new UsageException("The demo's own windows push without encryption, on this machine: add an http:// address, such as --urls 'https://0.0.0.0:443;http://127.0.0.1:5080'.");

    /// <summary>Where people open the pages: at the public address if there is one, else on this machine.</summary>
    /// <param name="app">The application; it listens.</param>
    /// <param name="urls">The addresses that it was told to listen on.</param>
    public static string PagesUrl(this WebApplication app, string urls)
    {
        if (app.Services.GetRequiredService<PublicAddress>() is { Url: not null } address)
            return address.Text;
        if (app.Urls.FirstOrDefault(url => url.StartsWith("http:", StringComparison.OrdinalIgnoreCase)) is { } plain)
            return OnThisMachine(plain);
        // By HTTPS only: a name is what the certificate fits, and the server does not tell which one it was given.
        return Uri.TryCreate(urls.Split(';')[0], UriKind.Absolute, out var told) && told.HostNameType == UriHostNameType.Dns
            ? told.GetLeftPart(UriPartial.Authority)
            : OnThisMachine(app.Urls.First());
    }

    /// <summary>Where this very process answers, as its own machine reaches it: without encryption if it can.</summary>
    public static string OwnUrl(this WebApplication app) =>
        OnThisMachine(app.Urls.FirstOrDefault(url => url.StartsWith("http:", StringComparison.OrdinalIgnoreCase)) ?? app.Urls.First());

    /// <summary>Warnings and worse; a running service has nothing to say while all is well.</summary>
    public static void AddQuietLogging(this IHostApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        // The output belongs to what verbs print: it may be JSON on its way into another program.
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        // A start that failed is told by its verb, in one line; a background service that fails stops the host and is critical.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        // At start and stop Orleans tells of grains that nobody can place yet, or no more; those calls are repeated anyway.
        builder.Logging.AddFilter("Orleans", LogLevel.Error);
        builder.Logging.AddFilter("Orleans.Messaging", LogLevel.Critical);
        builder.Logging.AddFilter("Polly", LogLevel.Critical);
        // On a machine that was held up for a second the web server warns of its own heartbeat; nobody has anything to do.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Error);
    }

    // Every address is none to go to.
    private static string OnThisMachine(string url) =>
        url.Replace("//0.0.0.0", "//127.0.0.1", StringComparison.Ordinal).Replace("//[::]", "//127.0.0.1", StringComparison.Ordinal);

    private static string Checked(string urls)
    {
        foreach (var url in urls.Split(';'))
        {
            // A plus or star for the host means every address, and is no URI.
            if (!Uri.TryCreate(url.Replace("//+", "//any", StringComparison.Ordinal).Replace("//*", "//any", StringComparison.Ordinal), UriKind.Absolute, out var address)
                || address.Scheme is not ("http" or "https"))
                throw new UsageException($"'{url}' is no address to listen on; it looks like {DefaultUrls}.");
        }

        return urls;
    }
}
