using System.Text.Json.Nodes;
using Feedback.Api.Tests.Support;
using Xunit;

namespace Feedback.Api.Tests.Intake;

/// <summary>Clocks of devices that are days off: what they send is kept, counted on the day of its arrival, and flagged.</summary>
[Collection(OneSite.Name)]
public sealed class DeviceClockTests(RunningSite site)
{
    [Theory]
    [InlineData(3, "clock-ahead")]
    [InlineData(0.01, "clock-ahead")]
    [InlineData(-91, "clock-behind")]
    [InlineData(-4000, "clock-behind")]
    public async Task A_clock_that_is_days_off_is_flagged_and_the_day_of_arrival_counts(double daysAhead, string flag)
    {
        var hall = await site.NewHallAsync();

        var answer = await site.Client.PushAsync(Some.Evaluation(hall.Window, occurredAt: Some.Time(TimeSpan.FromDays(-daysAhead))));

        Assert.Equal(201, answer.Status);
        Assert.Equal($$"""{"{{flag}}":1}""", (await TodayAsync(hall.Window))["flags"]!.ToJsonString());
    }

    [Theory]
    [InlineData("9999-12-31T23:59:59.999Z", "clock-ahead")]
    [InlineData("9999-12-31T23:59:59.999+14:00", "clock-ahead")]
    [InlineData("1970-01-01T00:00:00Z", "clock-behind")]
    [InlineData("1970-01-01T08:00:00+08:00", "clock-behind")]
    public async Task The_ends_of_all_time_are_kept_and_flagged_and_recognised_when_they_are_repeated(string time, string flag)
    {
        var hall = await site.NewHallAsync();
        var evaluation = Some.Evaluation(hall.Window, occurredAt: time);

        var first = await site.Client.PushAsync(evaluation);
        var again = await site.Client.PushAsync(evaluation);

        Assert.True(first.Status == 201, first.Text);
        Assert.Equal((200, first.Text), (again.Status, again.Text));
        Assert.Equal($$"""{"{{flag}}":1}""", (await TodayAsync(hall.Window))["flags"]!.ToJsonString());
    }

    [Fact]
    public async Task Silence_at_the_end_of_all_time_is_refused_by_the_rule_for_silence_and_the_rest_of_its_batch_is_taken()
    {
        var hall = await site.NewHallAsync();
        var silence = Some.Evaluation(hall.Window, occurredAt: "9999-12-31T23:00:00Z").With(("origin", "default"), ("grade", 3));

        var answer = await site.Client.PushAsync($"[{silence.ToJsonString()},{Some.Evaluation(hall.Window).ToJsonString()}]");

        Assert.True(answer.Status is 200 or 201 or 207, answer.Text);
        Assert.Contains("default-rule-off", answer.Text, StringComparison.Ordinal);
        Assert.Equal(1, await site.Client.CountAsync(hall.Window));
    }

    [Fact]
    public async Task What_was_kept_offline_for_89_days_counts_on_its_own_day_without_a_flag()
    {
        var hall = await site.NewHallAsync();

        await site.Client.PushAsync(Some.Evaluation(hall.Window, occurredAt: Some.Time(TimeSpan.FromDays(89))));

        var report = await site.Client.ReportAsync(hall.Window, "day", Some.Day(89), Some.Day(88));
        var slice = Assert.Single(report["slices"]!.AsArray())!;
        Assert.Equal(("""{"active":{"5":1}}""", "{}"), (slice["grades"]!.ToJsonString(), slice["flags"]!.ToJsonString()));
    }

    [Fact]
    public async Task An_unknown_service_item_is_kept_and_flagged()
    {
        var hall = await site.NewHallAsync();

        await site.Client.PushAsync(Some.Evaluation(hall.Window).With(("serviceItem", "no-such-item"), ("reasons", new JsonArray("no-such-reason"))));
        await site.Client.PushAsync(Some.Evaluation(hall.Window).With(("staff", "nobody")));

        var flags = (await TodayAsync(hall.Window))["flags"]!;
        Assert.Equal((1, 1), ((int)flags["uncatalogued"]!, (int)flags["not-attributed"]!));
    }

    // Should midnight pass meanwhile, yesterday is part of it.
    private async Task<JsonNode> TodayAsync(string window) =>
        (await site.Client.ReportAsync(window, from: Some.Day(1), to: Some.Day(-1)))["slices"]![0]!;
}
