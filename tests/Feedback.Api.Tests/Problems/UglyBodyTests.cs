using System.Text;
using Feedback.Api.Tests.Support;
using Xunit;

namespace Feedback.Api.Tests.Problems;

/// <summary>Bodies that are wrong as a whole.</summary>
[Collection(OneSite.Name)]
public sealed class UglyBodyTests(RunningSite site) : IAsyncLifetime
{
    private const int ItemLimit = 64 * 1024;
    private const int BatchLimit = 4 * 1024 * 1024;
    private OpenHall _hall = null!;

    public async Task InitializeAsync() => _hall = await site.NewHallAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("{")]
    [InlineData("[")]
    [InlineData("nul")]
    [InlineData("{} {}")]
    [InlineData("[{}],")]
    [InlineData("{\"id\":}")]
    [InlineData("{\"id\":\"a\",}")]
    [InlineData("{id:\"a\"}")]
    [InlineData("{'id':'a'}")]
    [InlineData("{\"grade\":05}")]
    [InlineData("{\"grade\":NaN}")]
    [InlineData("{\"grade\":+5}")]
    [InlineData("{\"id\":\"a\"} // comment")]
    [InlineData("/* comment */ {}")]
    [InlineData("{\"id\":\"a\u0000b\"}")]
    [InlineData("{\"id\":\"a\u0001b\"}")]
    [InlineData("{\"id\":\"\\u00\"}")]
    [InlineData("{\"id\":\"\\x\"}")]
    [InlineData("\u0000")]
    public async Task A_body_that_is_no_JSON_is_refused_with_the_place(string body)
    {
        var answer = await site.Client.PushAsync(body);

        Assert.Equal((400, "json-malformed"), (answer.Status, answer.Code));
        Assert.Contains("line 1, byte ", answer.Title, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("5")]
    [InlineData("\"text\"")]
    [InlineData("true")]
    public async Task A_body_that_is_no_object_is_refused(string body)
    {
        var answer = await site.Client.PushAsync(body);

        Assert.Equal((400, "object-expected"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task Garbage_after_a_good_body_refuses_it()
    {
        var answer = await site.Client.PushAsync(Some.Evaluation(_hall.Window).ToJsonString() + "x");

        Assert.Equal("json-malformed", answer.Code);
        Assert.Equal(0, await site.Client.CountAsync(_hall.Window));
    }

    [Theory]
    [InlineData(16, "member-unknown")]
    [InlineData(17, "json-malformed")]
    [InlineData(10_000, "json-malformed")]
    public async Task Sixteen_levels_are_read_and_no_more(int levels, string code)
    {
        var body = Some.Evaluation(_hall.Window).Raw("x", new string('[', levels - 1) + new string(']', levels - 1));

        Assert.Equal(code, (await site.Client.PushAsync(body)).Code);
    }

    [Theory]
    [InlineData(0, 201)]
    [InlineData(1, 413)]
    public async Task An_item_may_have_64_KiB_and_not_a_byte_more(int over, int status)
    {
        var body = Some.Evaluation(_hall.Window).ToJsonString();

        var answer = await site.Client.PushAsync(body.PadRight(ItemLimit + over));

        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 201 ? null : "body-too-large", answer.Code);
        Assert.Equal(status == 201 ? 1 : 0, await site.Client.CountAsync(_hall.Window));
    }

    [Theory]
    [InlineData(0, 200)]
    [InlineData(1, 413)]
    public async Task A_batch_may_have_4_MiB_and_not_a_byte_more(int over, int status)
    {
        var body = Some.Array([Some.Evaluation(_hall.Window)]).ToJsonString();

        var answer = await site.Client.PushAsync(body.PadRight(BatchLimit + over));

        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 200 ? 1 : 0, await site.Client.CountAsync(_hall.Window));
    }

    [Fact]
    public async Task A_batch_without_items_is_refused()
    {
        var answer = await site.Client.PushAsync("[]");

        Assert.Equal((400, "batch-empty"), (answer.Status, answer.Code));
    }

    [Theory]
    [InlineData("comment", "text-invalid")]
    [InlineData("id", "text-invalid")]
    [InlineData("window", "text-invalid")]
    [InlineData("grade", "grade-out-of-range")]
    [InlineData("mood", "member-unknown")]
    public async Task Bytes_that_are_no_UTF8_are_refused_wherever_they_stand(string member, string code)
    {
        var body = Bytes(Some.Evaluation(_hall.Window).Raw(member, "\"好~\""), 0xC3);

        var answer = await site.Client.PushAsync(body);

        Assert.Equal((400, code, member), (answer.Status, answer.Code, answer.Field));
        Assert.Equal(0, await site.Client.CountAsync(_hall.Window));
    }

    [Theory]
    [InlineData("{\"~\":1}")]
    [InlineData("{\"dimensions\":{\"~\":5}}")]
    [InlineData("{\"grade\":{\"~\":5}}")]
    [InlineData("~")]
    [InlineData("{~}")]
    public async Task Bytes_that_are_no_UTF8_are_no_reason_to_fail(string body)
    {
        foreach (var bad in new byte[] { 0x80, 0xC0, 0xED, 0xF8, 0xFF })
            Assert.Equal(400, (await site.Client.PushAsync(Bytes(body, bad))).Status);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/jsonp")]
    [InlineData("application")]
    [InlineData(";")]
    public async Task Another_media_type_is_refused(string? mediaType)
    {
        var answer = await site.Client.PushAsync(Encoding.UTF8.GetBytes(Some.Evaluation(_hall.Window).ToJsonString()), mediaType: mediaType);

        Assert.Equal((415, "media-type-unknown", "Content-Type"), (answer.Status, answer.Code, answer.Field));
        Assert.Equal(0, await site.Client.CountAsync(_hall.Window));
    }

    [Theory]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("APPLICATION/JSON")]
    [InlineData(" application/json ;x=y")]
    public async Task The_media_type_may_be_written_in_any_way(string mediaType) =>
        Assert.Equal(201, (await site.Client.PushAsync(Some.Evaluation(_hall.Window), mediaType: mediaType)).Status);

    // The tilde stands for a byte that has no place in UTF-8 there.
    private static byte[] Bytes(string text, byte bad) =>
        [.. Encoding.UTF8.GetBytes(text).Select(one => one == (byte)'~' ? bad : one)];
}
