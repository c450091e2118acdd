using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Feedback.Silo.Hosting;

/// <summary>Where a certificate is: PEM with its key in another file or the same, or PFX.</summary>
/// <param name="Path">The certificate, with the intermediate ones after it.</param>
/// <param name="KeyPath">The private key; null when it is in the same file.</param>
/// <param name="Password">The password of the PFX or of the key; null for none.</param>
internal sealed record CertificateFiles(string Path, string? KeyPath, string? Password);

/// <summary>
/// The certificate of HTTPS. Its files are looked at with each handshake, and read again when they changed: a renewal needs
/// no restart. A new one that cannot be read, or that is half written, leaves the old one in use.
/// </summary>
internal sealed class ServerCertificate
{
    private readonly CertificateFiles _files;
    private readonly Lock _reading = new();
    private volatile Loaded _loaded;

    /// <exception cref="UsageException">It cannot be read.</exception>
    public ServerCertificate(CertificateFiles files)
    {
        _files = files;
        var stamp = StampOf(files);
        try
        {
            _loaded = new Loaded(Read(files), stamp);
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            throw new UsageException($"The certificate {files.Path} cannot be used: {e.Message}");
        }
    }

    /// <summary>Serves every handshake with the certificate as its files are then.</summary>
    public void Use(HttpsConnectionAdapterOptions https)
    {
        https.ServerCertificate = _loaded.Context.TargetCertificate;
        https.HandshakeTimeout = TimeSpan.FromSeconds(10);
        https.OnAuthenticate = (_, options) => options.ServerCertificateContext = Current();
    }

    private SslStreamCertificateContext Current()
    {
        if (StampOf(_files) == _loaded.Stamp)
            return _loaded.Context;
        lock (_reading)
        {
            var stamp = StampOf(_files);
            if (stamp != _loaded.Stamp)
                _loaded = new Loaded(ReadOrKeep(), stamp);
        }

        return _loaded.Context;
    }

    private SslStreamCertificateContext ReadOrKeep()
    {
        try
        {
            return Read(_files);
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            Console.Error.WriteLine($"feedback: the new certificate {_files.Path} cannot be used, the old one goes on: {e.Message}");
            return _loaded.Context;
        }
    }

    private static SslStreamCertificateContext Read(CertificateFiles files)
    {
        var all = new X509Certificate2Collection();
        X509Certificate2 own;
        if (Path.GetExtension(files.Path).ToLowerInvariant() is ".pfx" or ".p12")
        {
            all = X509CertificateLoader.LoadPkcs12CollectionFromFile(files.Path, files.Password);
            own = all.FirstOrDefault(certificate => certificate.HasPrivateKey)
                ?? throw new CryptographicException("It holds no private key.");
        }
        else
        {
            all.ImportFromPemFile(files.Path);
            own = files.Password is null
                ? X509Certificate2.CreateFromPemFile(files.Path, files.KeyPath)
                : X509Certificate2.CreateFromEncryptedPemFile(files.Path, files.Password, files.KeyPath);
        }

        // Offline: what clients need besides is in the file, and a hall without Internet must not wait for it.
        return SslStreamCertificateContext.Create(own, all, offline: true);
    }

    // Renewal tools swap links as well as files.
    private static string StampOf(CertificateFiles files) => $"{StampOf(files.Path)} {(files.KeyPath is null ? "" : StampOf(files.KeyPath))}";

    private static string StampOf(string path)
    {
        try
        {
            var file = new FileInfo(File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path);
            return file.Exists ? $"{file.FullName} {file.LastWriteTimeUtc.Ticks} {file.Length}" : "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static bool IsUnreadable(Exception e) => e is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException;

    private sealed record Loaded(SslStreamCertificateContext Context, string Stamp);
}
