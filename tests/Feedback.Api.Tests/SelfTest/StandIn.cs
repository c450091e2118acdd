using System.Security.Cryptography.X509Certificates;
using Feedback.Api.Tests.Support;
using Feedback.Silo.SelfTest;
using Feedback.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Feedback.Api.Tests.SelfTest;

/// <summary>A Kestrel that answers in the service's place, as a proxy set up wrongly might.</summary>
internal sealed class StandIn : IAsyncDisposable
{
    private readonly WebApplication _app;

    private StandIn(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.First());

    /// <summary>Starts one on loopback.</summary>
    /// <param name="answer">How it answers everything; null: 404.</param>
    /// <param name="certificate">Its certificate, or null for no encryption.</param>
    public static async Task<StandIn> StartAsync(RequestDelegate? answer = null, X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"{(certificate is null ? "http" : "https")}://127.0.0.1:0");
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureHttpsDefaults(https => https.ServerCertificate = certificate));
        var app = builder.Build();
        app.Run(answer ?? (http =>
        {
            http.Response.StatusCode = 404;
            return Task.CompletedTask;
        }));
        await app.StartAsync();
        return new StandIn(app);
    }

    /// <summary>What the self-test says about it: codes by check.</summary>
    public Task<Dictionary<string, Finding>> LookAsync(MadeCertificate? known = null, TimeSpan ahead = default) =>
        LookAsync(new Target(Url, Url.Port, known?.Known ?? []), ahead);

    /// <summary>What the self-test says about any address.</summary>
    public static async Task<Dictionary<string, Finding>> LookAsync(Target target, TimeSpan ahead = default)
    {
        var findings = new Dictionary<string, Finding>();
        await foreach (var finding in OutsideView.LookAsync(target, new AheadClock(ahead), CancellationToken.None))
            findings.Add(finding.Check, finding);
        return findings;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private sealed class AheadClock(TimeSpan ahead) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Wait.Clock.GetUtcNow() + ahead;
    }
}
