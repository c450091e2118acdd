using Feedback.Api.Addresses;
using Feedback.Api.Tests.Support;
using Feedback.Silo.Hosting;
using Feedback.Storage;
using Feedback.TestSupport;
using Xunit;

namespace Feedback.Api.Tests.Addresses;

/// <summary>The certificate follows its files.</summary>
public sealed class CertificateTests(ExposedSite site) : IClassFixture<ExposedSite>
{
    [Fact]
    public async Task A_renewed_certificate_is_served_at_once_and_a_damaged_one_never()
    {
        Assert.Equal(site.Certificate.Own.SerialNumber, await site.ServedAsync());

        var renewed = MadeCertificate.For(120, true, ExposedSite.Name);
        site.Renew(renewed);
        Assert.Equal(renewed.Own.SerialNumber, await site.ServedAsync());

        site.Damage();
        Assert.Equal(renewed.Own.SerialNumber, await site.ServedAsync());

        var mended = MadeCertificate.For(130, true, ExposedSite.Name);
        site.Renew(mended);
        Assert.Equal(mended.Own.SerialNumber, await site.ServedAsync());
    }

    [Theory]
    [InlineData("https://127.0.0.1:0", "", "--certificate")]
    [InlineData("http://127.0.0.1:0", "own.pfx", "https://")]
    [InlineData("https://127.0.0.1:0", "missing.pem", "missing.pem")]
    [InlineData("https://127.0.0.1:0", "own.pfx", "own.pfx")]
    public async Task A_certificate_that_cannot_be_used_stops_the_start(string urls, string file, string named)
    {
        using var folder = new TemporaryFolder();
        MadeCertificate.For().WritePfx(folder["own.pfx"], "right");
        var exposure = new Exposure(PublicAddress.None, file.Length == 0 ? null : new CertificateFiles(folder[file], null, "wrong"), []);

        var refused = await Assert.ThrowsAsync<UsageException>(() => WebSetup.BuildAsync(new Site(DataDirectory.Open(folder["data"]), null), urls, exposure));

        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
    }
}
