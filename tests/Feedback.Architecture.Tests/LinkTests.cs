using System.Text.RegularExpressions;
using Xunit;

namespace Feedback.Architecture.Tests;

/// <summary>Links that leave the machine are made in one place, which refuses addresses that do not work out there.</summary>
public sealed partial class LinkTests
{
    private const string OnlyMaker = "api/Feedback.Api/Addresses/";

    [Fact]
    public void Nothing_but_the_public_address_makes_absolute_links() =>
        Offenders.None(Repository.LinesOfCode(AbsoluteLink())
            .Where(line => Repository.ProductFolders.Contains(line.Split('/')[0]) && !line.StartsWith(OnlyMaker, StringComparison.Ordinal)));

    [Theory]
    [InlineData("var url = $\"{request.Scheme}://{request.Host}/w/n3\";")]
    [InlineData("return http.Request.GetDisplayUrl();")]
    [InlineData("links.GetUriByName(http, \"page\")")]
    [InlineData("var url = \"https://\" + host + path;")]
    [InlineData("var url = $\"http://{name}:5080/\";")]
    public void An_absolute_link_is_seen(string code) => Assert.Matches(AbsoluteLink(), code);

    [Theory]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\">")]
    [InlineData("public const string DefaultUrls = \"http://127.0.0.1:5080\";")]
    [InlineData("if (url.StartsWith(\"https:\", StringComparison.Ordinal))")]
    public void A_name_or_an_example_is_no_link(string code) => Assert.DoesNotMatch(AbsoluteLink(), code);

    // A scheme that something is added to, or a helper that takes the name from the request.
    [GeneratedRegex(@"https?://(\{|""\s*\+)|\}://|\bGet(Display|Encoded)Url\(|\bGetUriBy\w+\(|\bBuildAbsolute\(|\bRequest\.Host\b")]
    private static partial Regex AbsoluteLink();
}
