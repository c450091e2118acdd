using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Feedback.Silo.Hosting;
using Feedback.Storage;
using Feedback.TestSupport;
using Xunit;

namespace Feedback.Api.Tests.Cluster;

public sealed class StrangerTests
{
    [Fact]
    public async Task A_stranger_on_the_port_between_silos_is_not_listened_to()
    {
        using var folder = new TemporaryFolder();
        var site = new Site(DataDirectory.Open(folder.Path), await (await PrivatePostgres.Shared).CreateDatabaseAsync())
        {
            Cluster = new ClusterPlace("silo-1", IPAddress.Loopback, FreePorts.Next(), null),
        };
        await using var app = await WebSetup.BuildAsync(site, "http://127.0.0.1:0");
        await app.StartAsync();
        using var another = AnotherCertificate();
        var own = ClusterCertificate.LoadOrCreate(site, Wait.Clock).Certificate;

        Assert.False(await IsHeardAsync(site.Cluster.Port, null));
        Assert.False(await IsHeardAsync(site.Cluster.Port, another));
        Assert.True(await IsHeardAsync(site.Cluster.Port, own));
        await app.StopAsync();
    }

    // Whoever is let in is told by the silo who it is; everybody else is hung up on.
    private static async Task<bool> IsHeardAsync(int port, X509Certificate2? certificate)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        await using var stream = new SslStream(client.GetStream());
        try
        {
            await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = ClusterCertificate.Name,
                ClientCertificates = certificate is null ? [] : [certificate],
                LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate!,
                RemoteCertificateValidationCallback = (_, _, _, _) => true,
            });
            return await stream.ReadAsync(new byte[1]) > 0;
        }
        catch (Exception e) when (e is IOException or AuthenticationException)
        {
            return false;
        }
    }

    private static X509Certificate2 AnotherCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={ClusterCertificate.Name}", key, HashAlgorithmName.SHA256);
        var now = Wait.Clock.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
