using System.Globalization;
using Feedback.Api.Addresses;
using Feedback.Api.Problems;
using Xunit;

namespace Feedback.Api.Tests.Addresses;

public sealed class PublicAddressTests
{
    [Theory]
    [InlineData("https://feedback.example.gov.cn", "https://feedback.example.gov.cn/w/n3?from=qr")]
    [InlineData(" https://feedback.example.gov.cn:8443/ ", "https://feedback.example.gov.cn:8443/w/n3?from=qr")]
    public void A_link_is_made_of_a_public_address(string url, string expected)
    {
        Assert.True(PublicAddress.Parse(url, withinOneNetwork: false).TryLink("/w/n3?from=qr", out var link, out _));
        Assert.Equal(expected, link.ToString());
    }

    [Theory]
    [InlineData(null, "public-url-missing")]
    [InlineData("http://localhost:5080", "public-url-local")]
    [InlineData("https://127.0.0.1", "public-url-local")]
    [InlineData("http://2130706433", "public-url-local")]
    [InlineData("http://[::1]:5080", "public-url-local")]
    [InlineData("http://0.0.0.0:5080", "public-url-local")]
    [InlineData("http://192.168.1.20", "public-url-private")]
    [InlineData("https://hall-server", "public-url-private")]
    public void No_link_is_made_of_an_address_that_does_not_work_out_there(string? url, string code)
    {
        Assert.False(PublicAddress.Parse(url, withinOneNetwork: false).TryLink("/", out var link, out var refusal));

        Assert.Null(link);
        Assert.Equal(code, refusal.Code);
        Assert.Contains("--public-url", Problem.TitleOf(new("public-url-local", null, url), CultureInfo.GetCultureInfo("en")), StringComparison.Ordinal);
        Assert.Contains("无法生成链接", Problem.TitleOf(refusal, CultureInfo.GetCultureInfo("zh-CN")), StringComparison.Ordinal);
        Assert.Contains("There is no link", Problem.TitleOf(refusal, CultureInfo.GetCultureInfo("en")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://192.168.1.20", true)]
    [InlineData("https://hall-server", true)]
    [InlineData("http://127.0.0.1", false)]
    public void An_address_in_one_network_is_good_for_links_when_that_was_said(string url, bool good) =>
        Assert.Equal(good, PublicAddress.Parse(url, withinOneNetwork: true).TryLink("/", out _, out _));

    [Theory]
    [InlineData("feedback.example.gov.cn")]
    [InlineData("ftp://feedback.example.gov.cn")]
    [InlineData("https://feedback.example.gov.cn/path")]
    [InlineData("https://feedback.example.gov.cn/?a=1")]
    [InlineData("https://user@feedback.example.gov.cn")]
    [InlineData("/etc")]
    public void An_address_with_anything_but_a_host_is_refused(string url) =>
        Assert.Throws<FormatException>(() => PublicAddress.Parse(url, withinOneNetwork: false));

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("w/n3")]
    [InlineData(".evil.example/")]
    [InlineData("@evil.example/")]
    public void A_link_never_leads_to_another_host(string path) =>
        Assert.Throws<ArgumentException>(() => PublicAddress.Parse("https://feedback.example.gov.cn", withinOneNetwork: false).TryLink(path, out _, out _));
}
