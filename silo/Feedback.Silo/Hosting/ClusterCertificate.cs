using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Feedback.Silo.Hosting;

/// <summary>
/// The certificate that all silos of a cluster share: whoever holds it belongs to the cluster, and nobody else is listened to.
/// It lies beside the master key, and whoever has that may read everything anyway.
/// </summary>
internal sealed class ClusterCertificate
{
    /// <summary>The name in it.</summary>
    public const string Name = "feedback-cluster";

    // Nobody renews it, and it proves no more than that the files are the same.
    private const int Years = 50;

    private ClusterCertificate(X509Certificate2 certificate) => Certificate = certificate;

    /// <summary>The certificate with its private key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>Whether somebody shows this very certificate.</summary>
    public bool IsTheSameAs(X509Certificate2 presented) => CryptographicOperations.FixedTimeEquals(presented.RawDataMemory.Span, Certificate.RawDataMemory.Span);

    /// <summary>Reads the certificate of a site, or draws one where there is none.</summary>
    /// <exception cref="UsageException">The file is damaged.</exception>
    public static ClusterCertificate LoadOrCreate(Site site, TimeProvider clock)
    {
        var path = site.ClusterCertificate;
        if (!File.Exists(path))
            OwnerFile.WriteOnce(path, Draw(clock.GetUtcNow()));
        try
        {
            var text = File.ReadAllText(path);
            return new ClusterCertificate(X509Certificate2.CreateFromPem(text, text));
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new UsageException($"{path} is damaged: {e.Message} Copy it from another silo; or remove it everywhere, and start all silos anew with the one that the first of them makes.");
        }
    }

    private static string Draw(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={Name}", key, HashAlgorithmName.SHA256);
        // A clock that is behind must not find it too young.
        using var certificate = request.CreateSelfSigned(now.AddDays(-30), now.AddYears(Years));
        return certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n";
    }
}
