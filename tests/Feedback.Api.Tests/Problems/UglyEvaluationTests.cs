using Feedback.Api.Tests.Support;
using Xunit;

namespace Feedback.Api.Tests.Problems;

/// <summary>One member at a time is made ugly; the refusal names it, and nothing is stored.</summary>
[Collection(OneSite.Name)]
public sealed class UglyEvaluationTests(RunningSite site) : IAsyncLifetime
{
    private OpenHall _hall = null!;

    public async Task InitializeAsync() => _hall = await site.NewHallAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("0")]
    [InlineData("6")]
    [InlineData("-1")]
    [InlineData("5.5")]
    [InlineData("5.0")]
    [InlineData("5e0")]
    [InlineData("1e400")]
    [InlineData("-1e-400")]
    [InlineData("99999999999999999999999999")]
    [InlineData("\"5\"")]
    [InlineData("\"\"")]
    [InlineData("\"\\ud800\"")]
    [InlineData("true")]
    [InlineData("[]")]
    [InlineData("[5]")]
    [InlineData("{\"grade\":5}")]
    [InlineData("{\"grade\":\"\\udfff\"}")]
    public async Task A_grade_is_a_whole_number_from_1_to_5(string json)
    {
        await RefusedAsync("grade", json, "grade-out-of-range");
        await RefusedAsync("dimensions", $$"""{"attitude":{{json}}}""", "grade-out-of-range", "dimensions.attitude");
    }

    [Theory]
    [InlineData("grade", "null", "grade-missing")]
    [InlineData("origin", "\"declined\"", "grade-with-declined", "grade")]
    [InlineData("origin", "null", "text-expected")]
    [InlineData("origin", "1", "text-expected")]
    [InlineData("origin", "\"Active\"", "origin-unknown")]
    [InlineData("origin", "\"\"", "text-empty")]
    [InlineData("origin", "\"imported\"", "origin-unknown")]
    [InlineData("channel", "null", "text-expected")]
    [InlineData("channel", "[\"qr\"]", "text-expected")]
    [InlineData("channel", "\"pigeon\"", "channel-unknown")]
    [InlineData("id", "null", "text-expected")]
    [InlineData("id", "7", "text-expected")]
    [InlineData("id", "\"\"", "text-empty")]
    [InlineData("id", "\"a\\u0000b\"", "text-invalid")]
    [InlineData("id", "\"a\\nb\"", "text-invalid")]
    [InlineData("id", "\"a\\u007fb\"", "text-invalid")]
    [InlineData("id", "\"a\\ud83d\"", "text-invalid")]
    [InlineData("id", "\"\\ude00a\"", "text-invalid")]
    [InlineData("source", "\"\"", "text-empty")]
    [InlineData("source", "{}", "text-expected")]
    [InlineData("source", "\"\\u0000\"", "text-invalid")]
    [InlineData("window", "null", "text-expected")]
    [InlineData("window", "12", "text-expected")]
    [InlineData("window", "\"\"", "text-empty")]
    [InlineData("window", "\"n0\\u0000\"", "text-invalid")]
    [InlineData("dimensions", "[]", "object-expected")]
    [InlineData("dimensions", "\"attitude\"", "object-expected")]
    [InlineData("dimensions", "{\"\":5}", "text-empty")]
    [InlineData("dimensions", "{\"a\\u0000\":5}", "text-invalid")]
    [InlineData("dimensions", "{\"attitude\":null}", "grade-out-of-range", "dimensions.attitude")]
    [InlineData("dimensions", "{\"nonsense\":5}", "dimension-unknown", "dimensions.nonsense")]
    [InlineData("dimensions", "{\"attitude\":5,\"attitude\":4}", "member-twice", "dimensions.attitude")]
    [InlineData("dimensions", "{\"\\ud800\":5}", "text-invalid", "?")]
    [InlineData("matter", "5", "text-expected")]
    [InlineData("matter", "\"\"", "text-empty")]
    [InlineData("matter", "\"\\u0007\"", "text-invalid")]
    [InlineData("serviceItem", "false", "text-expected")]
    [InlineData("staff", "[]", "text-expected")]
    [InlineData("language", "\"\\u2028\\u0000\"", "text-invalid")]
    [InlineData("reasons", "\"long-queue\"", "list-expected")]
    [InlineData("reasons", "{}", "list-expected")]
    [InlineData("reasons", "[1]", "text-expected", "reasons[0]")]
    [InlineData("reasons", "[\"a\",null]", "text-expected", "reasons[1]")]
    [InlineData("reasons", "[\"\"]", "text-empty", "reasons[0]")]
    [InlineData("comment", "5", "text-expected")]
    [InlineData("comment", "\"\"", "text-empty")]
    [InlineData("comment", "\"a\\u0000b\"", "text-invalid")]
    [InlineData("comment", "\"\\u001b[31m\"", "text-invalid")]
    [InlineData("comment", "\"\\ud83d\"", "text-invalid")]
    [InlineData("occurredAt", "null", "text-expected")]
    [InlineData("occurredAt", "1760000000", "text-expected")]
    [InlineData("occurredAt", "\"\"", "text-empty")]
    [InlineData("occurredAt", "\"2026-11-23T09:30:00\"", "time-invalid")]
    [InlineData("occurredAt", "\"2026-11-23\"", "time-invalid")]
    [InlineData("occurredAt", "\"1969-12-31T23:59:59Z\"", "time-invalid")]
    [InlineData("occurredAt", "\"1970-01-01T07:59:59+08:00\"", "time-invalid")]
    [InlineData("occurredAt", "\"yesterday at noon, more or less\"", "time-invalid")]
    [InlineData("occurredAt", "\"2026-02-30T09:30:00+08:00\"", "time-invalid")]
    [InlineData("occurredAt", "\"2026-11-23T25:30:00+08:00\"", "time-invalid")]
    [InlineData("occurredAt", "\"2026-11-23T09:30:00+25:00\"", "time-invalid")]
    [InlineData("occurredAt", "\"9999-12-31T23:59:59-12:00\"", "time-invalid")]
    [InlineData("occurredAt", "\"2026-11-23T09:30:00Z\\u0000\"", "text-invalid")]
    [InlineData("mood", "\"good\"", "member-unknown")]
    [InlineData("staff", "\"13812345678\"", "member-personal")]
    [InlineData("serviceItem", "\"11010519491231002X\"", "member-personal")]
    [InlineData("source", "\"wang@example.com\"", "member-personal")]
    [InlineData("Grade", "5", "member-unknown")]
    [InlineData("\\ud800", "5", "text-invalid", "?")]
    [InlineData("\\u0000", "5", "member-unknown", "\0")]
    public async Task A_member_that_cannot_be_taken_is_named(string member, string json, string code, string? field = null) =>
        await RefusedAsync(member, json, code, field);

    [Theory]
    [InlineData("status", "\"published\"")]
    [InlineData("weight", "2")]
    [InlineData("receivedAt", "\"2026-11-23T09:30:00Z\"")]
    [InlineData("role", "\"admin\"")]
    [InlineData("scope", "\"n1\"")]
    [InlineData("day", "\"2026-11-23\"")]
    [InlineData("flags", "[]")]
    [InlineData("imported", "true")]
    [InlineData("terminal", "\"t1\"")]
    public async Task What_the_server_sets_cannot_be_sent(string member, string json) => await RefusedAsync(member, json, "member-unknown");

    [Theory]
    [InlineData("id", 129, "text-too-long")]
    [InlineData("source", 129, "text-too-long")]
    [InlineData("window", 513, "text-too-long")]
    [InlineData("matter", 65, "text-too-long")]
    [InlineData("serviceItem", 65, "text-too-long")]
    [InlineData("staff", 65, "text-too-long")]
    [InlineData("language", 65, "text-too-long")]
    [InlineData("comment", 1001, "text-too-long")]
    [InlineData("occurredAt", 65, "text-too-long")]
    public async Task A_text_that_is_too_long_is_refused(string member, int length, string code) =>
        await RefusedAsync(member, $"\"{new string('字', length)}\"", code);

    [Fact]
    public async Task Lists_that_are_too_long_are_refused()
    {
        await RefusedAsync("dimensions", $"{{\"{new string('d', 65)}\":5}}", "text-too-long");
        await RefusedAsync("reasons", $"[{string.Join(',', Enumerable.Range(0, 21).Select(i => $"\"r{i}\""))}]", "list-too-long");
        await RefusedAsync("dimensions", $"{{{string.Join(',', Enumerable.Range(0, 33).Select(i => $"\"d{i}\":5"))}}}", "list-too-long");
    }

    [Theory]
    [InlineData("id")]
    [InlineData("window")]
    [InlineData("occurredAt")]
    [InlineData("origin")]
    [InlineData("channel")]
    public async Task A_missing_member_is_named(string member)
    {
        var answer = await site.Client.PushAsync(Some.Evaluation(_hall.Window).Without(member));

        Assert.Equal((400, "member-missing", member), (answer.Status, answer.Code, answer.Field));
    }

    [Theory]
    [InlineData("id", "\"twice\"")]
    [InlineData("grade", "5")]
    [InlineData("occurredAt", "\"2026-11-23T09:30:00Z\"")]
    [InlineData("gr\\u0061de", "5")]
    public async Task A_member_given_twice_is_refused(string member, string json)
    {
        var text = Some.Evaluation(_hall.Window).ToJsonString();

        var answer = await site.Client.PushAsync($"{text[..^1]},\"{member}\":{json}}}");

        Assert.Equal((400, "member-twice"), (answer.Status, answer.Code));
        await NothingIsStoredAsync();
    }

    private async Task RefusedAsync(string member, string json, string code, string? field = null)
    {
        var answer = await site.Client.PushAsync(Some.Evaluation(_hall.Window).Raw(member, json));

        Assert.Equal((400, code, field ?? member), (answer.Status, answer.Code, answer.Field));
        Assert.Equal("application/problem+json", answer.MediaType);
        await NothingIsStoredAsync();
    }

    private async Task NothingIsStoredAsync() => Assert.Equal(0, await site.Client.CountAsync(_hall.Window));
}
