using Feedback.Api.Addresses;
using Feedback.Api.Invitations;
using Feedback.Api.Limits;
using Feedback.Domain.Invitations;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using IPNetwork = System.Net.IPNetwork;

namespace Feedback.Silo.Hosting;

/// <summary>How a site meets the world outside its machine.</summary>
/// <param name="Address">The public address.</param>
/// <param name="Certificate">The certificate of its own HTTPS, or null when it has none.</param>
/// <param name="TrustedProxies">Whose X-Forwarded-For and X-Forwarded-Proto are believed; nobody's unless told.</param>
internal sealed record Exposure(PublicAddress Address, CertificateFiles? Certificate, IReadOnlyList<IPNetwork> TrustedProxies)
{
    /// <summary>For loopback only.</summary>
    public static readonly Exposure None = new(PublicAddress.None, null, []);

    /// <summary>How many days an invitation to rate is good, 1 to 90.</summary>
    public int InvitationDays { get; init; } = Invitation.UsualDays;

    /// <summary>How many requests are taken from whom.</summary>
    public RequestRates Rates { get; init; } = RequestRates.Default;

    // Each is room for a district, and keeps one client from taking all of it.
    private const int MostConnections = 20_000;
    private const int MostHeaderBytes = 16 * 1024;
    private static readonly TimeSpan HeaderPatience = TimeSpan.FromSeconds(10);

    // Half a year: a browser that was here once does not speak without encryption before.
    private static readonly TimeSpan StrictTransport = TimeSpan.FromDays(180);

    /// <summary>Configures listening, and registers the public address.</summary>
    /// <exception cref="UsageException">Certificate and addresses do not go together, or the certificate cannot be read.</exception>
    public void AddTo(WebApplicationBuilder builder, string urls)
    {
        var listensByHttps = urls.Split(';').Any(url => url.TrimStart().StartsWith("https:", StringComparison.OrdinalIgnoreCase));
        if (listensByHttps && Certificate is null)
            throw new UsageException("To listen on an https:// address, name its certificate with --certificate FILE.");
        if (Certificate is not null && !listensByHttps)
            throw new UsageException("A certificate is given, but no https:// address to listen on: add --urls https://0.0.0.0:443, for example.");

        builder.Services.AddSingleton(Address);
        builder.Services.AddSingleton(new InvitationPolicy(InvitationDays));
        builder.Services.AddSingleton(Rates);
        builder.Services.AddHsts(hsts => hsts.MaxAge = StrictTransport);
        builder.Services.Configure<ForwardedHeadersOptions>(Believe);
        builder.WebHost.UseKestrelHttpsConfiguration();
        var certificate = Certificate is null ? null : new ServerCertificate(Certificate);
        builder.Services.Configure<KestrelServerOptions>(kestrel =>
        {
            Limit(kestrel.Limits);
            if (certificate is not null)
                kestrel.ConfigureHttpsDefaults(certificate.Use);
        });
    }

    /// <summary>Puts the gates before everything that is mapped later.</summary>
    public void Use(WebApplication app)
    {
        if (TrustedProxies.Count > 0)
            app.UseForwardedHeaders();
        app.UsePublicGates(Address);
    }

    // Never the host: a proxy passes the name on as it was called. One step only: what the proxy itself wrote.
    private void Believe(ForwardedHeadersOptions options)
    {
        options.ForwardedHeaders = TrustedProxies.Count > 0 ? ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto : ForwardedHeaders.None;
        options.ForwardLimit = 1;
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in TrustedProxies)
            options.KnownIPNetworks.Add(network);
    }

    private static void Limit(KestrelServerLimits limits)
    {
        limits.MaxConcurrentConnections = MostConnections;
        limits.MaxRequestHeadersTotalSize = MostHeaderBytes;
        limits.RequestHeadersTimeout = HeaderPatience;
    }
}
