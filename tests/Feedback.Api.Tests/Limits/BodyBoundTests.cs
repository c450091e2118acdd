using System.IO.Compression;
using System.Text;
using Feedback.Api.Tests.Pages;
using Feedback.Api.Tests.Support;
using Xunit;

namespace Feedback.Api.Tests.Limits;

[Collection(OneSite.Name)]
public sealed class BodyBoundTests(RunningSite site)
{
    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("GZIP, identity")]
    [InlineData("nonsense")]
    public async Task A_packed_body_is_refused_unread(string encoding)
    {
        var hall = await site.NewHallAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, Client.Evaluations) { Content = new ByteArrayContent(Packed(Some.Evaluation(hall.Window).ToJsonString())) };
        request.Headers.Add("X-Device-Key", site.DeviceKey);
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        request.Content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);

        var answer = await site.Client.SendAsync(request);

        Assert.Equal((415, "encoding-unknown", "Content-Encoding"), (answer.Status, answer.Code, answer.Field));
        Assert.Equal(0, await site.Client.CountAsync(hall.Window));
    }

    [Theory]
    [InlineData(100, 10)]
    [InlineData(1, 70_000)]
    public async Task A_form_with_too_much_in_it_is_refused(int fields, int length)
    {
        using var visitor = new Visitor(site.Url);

        var answer = await visitor.PostAsync("/sign-in", [.. Enumerable.Range(0, fields).Select(n => ($"f{n}", new string('x', length)))]);

        Assert.Equal(400, (int)answer.StatusCode);
    }

    [Fact]
    public async Task A_form_with_too_many_headers_in_a_part_is_refused()
    {
        using var visitor = new Visitor(site.Url);
        var part = new StringBuilder("--b\r\n");
        for (var n = 0; n < 50; n++)
            part.Append($"X-{n}: y\r\n");

        var answer = await visitor.PostAsync("/sign-in", "multipart/form-data; boundary=b", part + "Content-Disposition: form-data; name=\"form\"\r\n\r\nx\r\n--b--\r\n");

        Assert.Equal(400, (int)answer.StatusCode);
    }

    private static byte[] Packed(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }
}
