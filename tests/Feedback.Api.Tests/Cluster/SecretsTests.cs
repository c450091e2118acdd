using Feedback.Silo.Hosting;
using Feedback.Storage;
using Feedback.TestSupport;
using Xunit;

namespace Feedback.Api.Tests.Cluster;

public sealed class SecretsTests
{
    [Fact]
    public async Task A_silo_with_another_master_key_does_not_start_on_the_database_and_is_told_what_to_copy()
    {
        await using var servers = await TwoServers.StartAsync();
        using var stranger = new TemporaryFolder();
        using var elsewhere = new TemporaryFolder();
        await using (await WebSetup.BuildAsync(new Site(DataDirectory.Open(elsewhere.Path), null), "http://127.0.0.1:0"))
            File.Copy(Path.Combine(elsewhere.Path, "master.key"), stranger["master.key"]);

        var refused = await Assert.ThrowsAsync<UsageException>(() => WebSetup.BuildAsync(new Site(DataDirectory.Open(stranger.Path), servers.Database), "http://127.0.0.1:0"));

        Assert.Contains("Copy master.key, checkpoint.key and cluster.pem", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silos_that_share_a_directory_of_keys_agree_on_one_certificate_and_believe_no_other()
    {
        using var folder = new TemporaryFolder();
        var site = new Site(DataDirectory.Open(folder["data"]), null) { Keys = Directory.CreateDirectory(folder["keys"]).FullName };

        ClusterCertificate[] drawn = [];
        for (var time = 0; time < 20; time++)
        {
            File.Delete(site.ClusterCertificate);
            drawn = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => ClusterCertificate.LoadOrCreate(site, Wait.Clock))));
            Assert.All(drawn, one => Assert.True(drawn[0].IsTheSameAs(one.Certificate)));
        }

        Assert.Equal([site.ClusterCertificate], Directory.GetFiles(site.Keys!));
        File.Delete(site.ClusterCertificate);
        Assert.False(drawn[0].IsTheSameAs(ClusterCertificate.LoadOrCreate(site, Wait.Clock).Certificate));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(site.ClusterCertificate));
    }

    [Fact]
    public void A_damaged_certificate_is_told_with_its_file_and_what_to_do()
    {
        using var folder = new TemporaryFolder();
        var site = new Site(DataDirectory.Open(folder.Path), null);
        File.WriteAllText(site.ClusterCertificate, "no certificate");

        var refused = Assert.Throws<UsageException>(() => ClusterCertificate.LoadOrCreate(site, Wait.Clock));

        Assert.Contains(site.ClusterCertificate, refused.Message, StringComparison.Ordinal);
    }
}
