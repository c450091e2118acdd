using System.Text.Json.Nodes;
using Feedback.Api.Tests.Support;
using Xunit;

namespace Feedback.Api.Tests.Intake;

/// <summary>Silence counts as a grade only where a rule says so.</summary>
[Collection(OneSite.Name)]
public sealed class SilenceTests(RunningSite site)
{
    [Fact]
    public async Task Where_no_rule_counts_it_silence_is_refused_for_good_by_its_field_and_the_mend()
    {
        var hall = await site.NewHallAsync();
        var silence = Some.Evaluation(hall.Window, 3, "default");

        var english = await site.Client.PushAsync(silence);
        var chinese = await site.Client.PushAsync(silence, language: "zh");
        var enveloped = await site.Client.PushAsync(
            Some.CloudEvent(hall.Window).With(("data", new JsonObject { ["window"] = hall.Window, ["grade"] = 3, ["origin"] = "default", ["channel"] = "terminal" })),
            mediaType: "application/cloudevents+json");

        Assert.All(new[] { english, chinese, enveloped }, answer => Assert.Equal((400, "default-rule-off", "origin"), (answer.Status, answer.Code, answer.Field)));
        Assert.Null(english.Json["retryable"]);
        Assert.Contains("'origin' must not be default", english.Title, StringComparison.Ordinal);
        Assert.Contains("“origin”不得为 default", chinese.Title, StringComparison.Ordinal);
        Assert.Equal(0, await site.Client.CountAsync(hall.Window));
    }

    [Fact]
    public async Task Of_a_batch_only_what_the_rule_of_its_own_window_does_not_allow_is_refused()
    {
        var hall = await site.NewHallAsync(windows: 2);
        await site.CountSilenceAsync(hall.Windows[1], grade: 3);

        var answer = await site.Client.PushAsync(Some.Array(
        [
            Some.Evaluation(hall.Windows[0], 4, id: "chosen"),
            Some.Evaluation(hall.Windows[0], 3, "default", id: "no-rule"),
            Some.Evaluation(hall.Windows[1], 3, "default", id: "by-rule"),
            Some.Evaluation(hall.Windows[1], 5, "default", id: "other-grade"),
            Some.Evaluation(hall.Windows[1], null, "default", id: "no-grade"),
            Some.Evaluation(hall.Windows[1], 1, "callback", id: "called-back"),
        ]));

        Assert.Equal((200, 3), (answer.Status, (int)answer.Json["accepted"]!));
        Assert.Equal(
            ["no-rule default-rule-off origin", "other-grade default-rule-grade grade", "no-grade grade-missing grade"],
            answer.Json["rejected"]!.AsArray().Select(one => $"{one!["id"]} {one["problem"]!["code"]} {one["problem"]!["field"]}"));
        Assert.Equal((1, 2), (await site.Client.CountAsync(hall.Windows[0]), await site.Client.CountAsync(hall.Windows[1])));
    }

    [Fact]
    public async Task The_rule_of_the_day_decides_and_what_was_stored_under_it_keeps_its_receipt()
    {
        var hall = await site.NewHallAsync();
        await site.CountSilenceAsync(hall.Id, grade: 3, ago: 30);
        await site.CountSilenceAsync(hall.Id, grade: 3, ago: 10, used: false);
        var under = Some.Evaluation(hall.Window, 3, "default", $"{Some.Day(20):yyyy-MM-dd}T12:00:00+08:00");

        var first = await site.Client.PushAsync(under);
        var again = await site.Client.PushAsync(under);
        var after = await site.Client.PushAsync(Some.Evaluation(hall.Window, 3, "default", $"{Some.Day(5):yyyy-MM-dd}T12:00:00+08:00"));
        var before = await site.Client.PushAsync(Some.Evaluation(hall.Window, 3, "default", $"{Some.Day(40):yyyy-MM-dd}T12:00:00+08:00"));

        Assert.Equal((201, 200, first.Text), (first.Status, again.Status, again.Text));
        Assert.Equal(("default-rule-off", "default-rule-off"), (after.Code, before.Code));
        Assert.Equal(1, await site.Client.CountAsync(hall.Window));
    }
}
