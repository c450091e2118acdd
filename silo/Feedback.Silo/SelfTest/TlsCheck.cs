using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Feedback.Silo.SelfTest;

/// <summary>The encryption and its certificate, as a device sees them that knows this system's issuers and no other.</summary>
internal static class TlsCheck
{
    private const int FewDays = 21;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Shakes hands.</summary>
    /// <returns>Whether an encrypted connection came about at all, and what was found.</returns>
    public static async Task<(bool Encrypted, IReadOnlyList<Finding> Findings)> LookAsync(Target target, TimeProvider clock, CancellationToken cancellation)
    {
        var seen = new Seen();
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            patience.CancelAfter(Patience);
            using var socket = new TcpClient();
            await socket.ConnectAsync(target.Url.IdnHost, target.Url.Port, patience.Token);
            await using var stream = new SslStream(socket.GetStream());
            await stream.AuthenticateAsClientAsync(OptionsFor(target, seen), patience.Token);
            return (true, [.. Judge(target, seen, stream.SslProtocol, clock.GetUtcNow())]);
        }
        catch (Exception e) when (e is AuthenticationException or IOException or SocketException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return (false, [new Finding("tls", Verdict.Fail, "tls-none", target.Url.Host, target.Url.Port)]);
        }
    }

    private static SslClientAuthenticationOptions OptionsFor(Target target, Seen seen)
    {
        // No downloads: phones do not fetch the intermediate certificates that a server forgot either.
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        if (target.Issuers.Count > 0)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(target.Issuers);
        }

        return new SslClientAuthenticationOptions
        {
            TargetHost = target.Url.IdnHost,
            CertificateChainPolicy = policy,
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
            {
                seen.Certificate = certificate is null ? null : X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
                seen.Errors = errors;
                seen.Chain = [.. chain?.ChainStatus.Select(status => status.Status) ?? []];
                return true;
            },
        };
    }

    private static IEnumerable<Finding> Judge(Target target, Seen seen, SslProtocols protocol, DateTimeOffset now)
    {
        var certificate = seen.Certificate!;
        var issuer = certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: true);
        var days = (int)Math.Floor((certificate.NotAfter.ToUniversalTime() - now.UtcDateTime).TotalDays);

        yield return seen.Errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)
            ? new Finding("tls-name", Verdict.Fail, "tls-name", certificate.GetNameInfo(X509NameType.DnsName, forIssuer: false), target.Url.Host)
            : new Finding("tls-name", Verdict.Pass, "tls-name-fits", target.Url.Host, protocol);

        // That the certificate itself is out of date is told on its own; of those above it nothing else is told.
        var early = now.UtcDateTime < certificate.NotBefore.ToUniversalTime();
        var broken = seen.Chain.Where(status => status != X509ChainStatusFlags.NoError && !(status == X509ChainStatusFlags.NotTimeValid && (early || days < 0))).ToList();
        yield return broken.Count > 0
            ? new Finding("tls-chain", Verdict.Fail, "tls-chain", issuer, string.Join(", ", broken))
            : new Finding("tls-chain", Verdict.Pass, "tls-chain-known", issuer);

        yield return days < 0 ? new Finding("tls-days", Verdict.Fail, "tls-expired", -days)
            : early ? new Finding("tls-days", Verdict.Fail, "tls-early", certificate.NotBefore.ToUniversalTime())
            : days < FewDays ? new Finding("tls-days", Verdict.Warn, "tls-soon", days)
            : new Finding("tls-days", Verdict.Pass, "tls-days", days);
    }

    private sealed class Seen
    {
        public X509Certificate2? Certificate { get; set; }

        public SslPolicyErrors Errors { get; set; }

        public IReadOnlyList<X509ChainStatusFlags> Chain { get; set; } = [];
    }
}
