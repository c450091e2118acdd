using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Feedback.TestSupport;

namespace Feedback.Api.Tests.Support;

/// <summary>A certificate made by an issuer of its own, for as long as a test needs it.</summary>
internal sealed class MadeCertificate
{
    private MadeCertificate(X509Certificate2 issuer, X509Certificate2 own) => (Issuer, Own) = (issuer, own);

    /// <summary>The root certificate that devices would have to know.</summary>
    public X509Certificate2 Issuer { get; }

    /// <summary>The server's, with its key.</summary>
    public X509Certificate2 Own { get; }

    /// <summary>What devices that know the issuer know.</summary>
    public X509Certificate2Collection Known => [X509CertificateLoader.LoadCertificate(Issuer.RawData)];

    /// <summary>Makes one for 127.0.0.1 and some names.</summary>
    /// <param name="days">How long it is valid from now on; negative when it ended already.</param>
    /// <param name="loopback">Whether it is for 127.0.0.1, too.</param>
    /// <param name="names">DNS names.</param>
    public static MadeCertificate For(int days = 90, bool loopback = true, params string[] names) => Make(days, days + 1, loopback, names);

    /// <summary>Makes one for 127.0.0.1 that is valid itself, by an issuer that is no more.</summary>
    public static MadeCertificate ByIssuerOutOfDate() => Make(90, -2, true, []);

    private static MadeCertificate Make(int days, int issuerDays, bool loopback, string[] names)
    {
        var now = Wait.Clock.GetUtcNow();
        var (from, until) = (now.AddDays(-100), now.AddDays(days));
        using var issuerKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var issuerRequest = new CertificateRequest("CN=Test issuer", issuerKey, HashAlgorithmName.SHA256);
        issuerRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        issuerRequest.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        var issuer = issuerRequest.CreateSelfSigned(from.AddDays(-1), now.AddDays(issuerDays));

        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={names.FirstOrDefault() ?? "127.0.0.1"}", key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        if (loopback)
            alternatives.AddIpAddress(IPAddress.Loopback);
        foreach (var name in names)
            alternatives.AddDnsName(name);
        request.CertificateExtensions.Add(alternatives.Build());
        var own = request.Create(issuer.SubjectName, X509SignatureGenerator.CreateForECDsa(issuerKey), from, until, RandomNumberGenerator.GetBytes(8)).CopyWithPrivateKey(key);
        return new MadeCertificate(issuer, own);
    }

    /// <summary>Writes it as PEM, the key in a file of its own.</summary>
    public void WritePem(string path, string keyPath)
    {
        File.WriteAllText(keyPath, Own.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(path, Own.ExportCertificatePem() + "\n" + Issuer.ExportCertificatePem() + "\n");
    }

    /// <summary>Writes it as PFX.</summary>
    public void WritePfx(string path, string password) => File.WriteAllBytes(path, Own.Export(X509ContentType.Pfx, password));
}
