using Feedback.Api.Tests.Support;
using Xunit;

namespace Feedback.Api.Tests.Problems;

/// <summary>Requests that no HTTP library would send.</summary>
[Collection(OneSite.Name)]
public sealed class RawHttpTests(RunningSite site)
{
    [Theory]
    [InlineData("Transfer-Encoding: chunked", "ZZ\r\nnonsense\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked", "5\r\n{\"id\"XX0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked", "FFFFFFFFFFFFFFFFF\r\n")]
    [InlineData("Content-Length: x", "{}")]
    [InlineData("Content-Length: -1", "{}")]
    [InlineData("Content-Length: 2\r\nContent-Length: 3", "{}")]
    public async Task A_body_with_broken_framing_is_the_clients_fault(string header, string body)
    {
        var answer = await RawHttp.PostAsync(site, header, body);

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.DoesNotContain(" at Feedback.", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chunked_body_over_the_limit_is_refused_and_one_within_it_is_taken()
    {
        var hall = await site.NewHallAsync();
        var good = Some.Evaluation(hall.Window).ToJsonString();

        Assert.StartsWith("HTTP/1.1 201 ", await RawHttp.PostAsync(site, "Transfer-Encoding: chunked", Chunks(good, 1)), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 413 ", await RawHttp.PostAsync(site, "Transfer-Encoding: chunked", Chunks(good.PadRight(64 * 1024 + 1), 4096)), StringComparison.Ordinal);
        Assert.StartsWith(
            "HTTP/1.1 413 ", await RawHttp.PostAsync(site, "Content-Length: 99999999", "[{\"id\":\"a\""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compressed_bodies_are_not_unpacked()
    {
        var answer = await RawHttp.PostAsync(site, "Content-Encoding: gzip\r\nContent-Length: 2", "\u001f\u008b");

        Assert.Matches("^HTTP/1.1 4(00|15) ", answer);
    }

    private static string Chunks(string text, int size) =>
        string.Concat(text.Chunk(size).Select(chunk => $"{chunk.Length:X}\r\n{new string(chunk)}\r\n")) + "0\r\n\r\n";
}
