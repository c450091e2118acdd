using System.Text.Json.Nodes;
using Feedback.Api.Tests.Support;
using Xunit;

namespace Feedback.Api.Tests.Intake;

[Collection(OneSite.Name)]
public sealed class CloudEventTests(RunningSite site)
{
    private const string Structured = "application/cloudevents+json";
    private const string Batch = "application/cloudevents-batch+json";

    [Fact]
    public async Task The_envelope_is_the_identity_and_the_time_of_an_evaluation()
    {
        var hall = await site.NewHallAsync();
        var sent = Some.CloudEvent(hall.Window, time: Some.Time(TimeSpan.FromDays(3)));

        var asCloudEvent = await site.Client.PushAsync(sent, mediaType: Structured);
        var asPlain = await site.Client.PushAsync(((JsonObject)sent["data"]!).With(
            ("id", (string?)sent["id"]), ("source", (string?)sent["source"]), ("occurredAt", (string?)sent["time"])));

        Assert.True(asCloudEvent.Status == 201, asCloudEvent.Text);
        Assert.Equal((200, asCloudEvent.Text), (asPlain.Status, asPlain.Text));
        var day = await site.Client.ReportAsync(hall.Window, from: Some.Day(3), to: Some.Day(2));
        Assert.Equal("""{"active":{"4":1}}""", day["slices"]![0]!["grades"]!.ToJsonString());
    }

    [Fact]
    public async Task Extensions_and_context_attributes_are_ignored()
    {
        var hall = await site.NewHallAsync();
        var sent = Some.CloudEvent(hall.Window);
        var first = await site.Client.PushAsync(sent, mediaType: Structured);

        var again = await site.Client.PushAsync(
            sent.With(("traceparent", "00-1-2-01"), ("subject", "w"), ("dataschema", "urn:x"), ("datacontenttype", "application/json"), ("myextension", 5)),
            mediaType: Structured + "; charset=utf-8");

        Assert.Equal((200, first.Text), (again.Status, again.Text));
    }

    [Fact]
    public async Task A_batch_of_cloud_events_is_answered_row_by_row()
    {
        var hall = await site.NewHallAsync();
        var good = Some.CloudEvent(hall.Window);

        var answer = await site.Client.PushAsync(
            Some.Array([good, good.With(("specversion", "0.3")), good.With(("id", "other"), ("time", "soon"))]), mediaType: Batch);

        Assert.Equal((200, 1), (answer.Status, (int)answer.Json["accepted"]!));
        Assert.Equal(
            ["1  cloud-event-invalid specversion", "2 other time-invalid time"],
            answer.Json["rejected"]!.AsArray().Select(one => $"{one!["index"]} {one["id"]} {one["problem"]!["code"]} {one["problem"]!["field"]}"));
    }

    [Theory]
    [InlineData("specversion", "\"1.1\"", "cloud-event-invalid", "specversion")]
    [InlineData("specversion", "1.0", "cloud-event-invalid", "specversion")]
    [InlineData("specversion", "null", "cloud-event-invalid", "specversion")]
    [InlineData("specversion", "\"\\ud800\"", "cloud-event-invalid", "specversion")]
    [InlineData("id", "\"\"", "text-empty", "id")]
    [InlineData("id", "5", "text-expected", "id")]
    [InlineData("source", "\"a\\u0000\"", "text-invalid", "source")]
    [InlineData("source", "null", "text-expected", "source")]
    [InlineData("type", "7", "text-expected", "type")]
    [InlineData("time", "\"2026-11-23T09:30:00\"", "time-invalid", "time")]
    [InlineData("time", "null", "text-expected", "time")]
    [InlineData("datacontenttype", "\"text/xml\"", "cloud-event-invalid", "datacontenttype")]
    [InlineData("datacontenttype", "\"\\udc00\"", "cloud-event-invalid", "datacontenttype")]
    [InlineData("data", "[]", "cloud-event-invalid", "data")]
    [InlineData("data", "\"{}\"", "cloud-event-invalid", "data")]
    [InlineData("data", "{}", "member-missing", "window")]
    public async Task An_envelope_that_is_not_one_is_refused_by_name(string member, string json, string code, string field)
    {
        var hall = await site.NewHallAsync();

        var answer = await site.Client.PushAsync(Some.CloudEvent(hall.Window).Raw(member, json), mediaType: Structured);

        Assert.Equal((400, code, field), (answer.Status, answer.Code, answer.Field));
        Assert.Equal(0, await site.Client.CountAsync(hall.Window));
    }

    [Theory]
    [InlineData("specversion", "cloud-event-invalid")]
    [InlineData("id", "member-missing")]
    [InlineData("source", "member-missing")]
    [InlineData("type", "member-missing")]
    [InlineData("time", "member-missing")]
    [InlineData("data", "cloud-event-invalid")]
    public async Task A_missing_attribute_is_named(string member, string code)
    {
        var hall = await site.NewHallAsync();

        var answer = await site.Client.PushAsync(Some.CloudEvent(hall.Window).Without(member), mediaType: Structured);

        Assert.Equal((400, code, member), (answer.Status, answer.Code, answer.Field));
    }

    [Theory]
    [InlineData("id", "\"x\"")]
    [InlineData("source", "\"x\"")]
    [InlineData("source", "null")]
    [InlineData("occurredAt", "\"2026-11-23T09:30:00Z\"")]
    [InlineData("mood", "\"x\"")]
    public async Task Data_must_not_carry_a_second_identity_nor_anything_unknown(string member, string json)
    {
        var hall = await site.NewHallAsync();
        var sent = Some.CloudEvent(hall.Window);
        var data = ((JsonObject)sent["data"]!).Raw(member, json);

        var answer = await site.Client.PushAsync(sent.Raw("data", data), mediaType: Structured);

        Assert.Equal((400, "member-unknown", member), (answer.Status, answer.Code, answer.Field));
    }

    [Theory]
    [InlineData("id", "\"second\"")]
    [InlineData("source", "\"second\"")]
    [InlineData("time", "\"2026-01-01T00:00:00Z\"")]
    [InlineData("data", "{}")]
    public async Task An_attribute_given_twice_is_refused(string member, string json)
    {
        var hall = await site.NewHallAsync();
        var text = Some.CloudEvent(hall.Window).ToJsonString();

        var answer = await site.Client.PushAsync($"{text[..^1]},\"{member}\":{json}}}", mediaType: Structured);

        Assert.Equal((400, "member-twice", member), (answer.Status, answer.Code, answer.Field));
        Assert.Equal(0, await site.Client.CountAsync(hall.Window));
    }

    [Fact]
    public async Task A_plain_body_is_no_cloud_event_and_a_cloud_event_is_no_plain_body()
    {
        var hall = await site.NewHallAsync();

        Assert.Equal("cloud-event-invalid", (await site.Client.PushAsync(Some.Evaluation(hall.Window), mediaType: Structured)).Code);
        Assert.Equal("member-unknown", (await site.Client.PushAsync(Some.CloudEvent(hall.Window))).Code);
    }

    [Fact]
    public async Task A_matter_comes_in_an_envelope_too()
    {
        var hall = await site.NewHallAsync();
        var sent = Some.CloudEvent(hall.Window).With(("data", new JsonObject { ["number"] = "M-7", ["window"] = hall.Window }));

        var answer = await site.Client.PushAsync(sent, Client.Matters, Structured);

        Assert.True(answer.Status == 201, answer.Text);
        Assert.Equal(1, (int)(await site.Client.FiguresAsync(hall.Window))["matters"]!["finished"]!);
    }
}
