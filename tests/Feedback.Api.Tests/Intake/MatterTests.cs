using System.Text.Json.Nodes;
using Feedback.Api.Tests.Support;
using Xunit;

namespace Feedback.Api.Tests.Intake;

[Collection(OneSite.Name)]
public sealed class MatterTests(RunningSite site)
{
    [Fact]
    public async Task A_matter_is_created_once_and_repeated_with_the_same_receipt()
    {
        var hall = await site.NewHallAsync();
        var matter = Some.Matter(hall.Window).With(("serviceItem", "taxi"), ("staff", "QH101"));

        var first = await site.Client.PushAsync(matter, Client.Matters);
        var again = await site.Client.PushAsync(matter, Client.Matters);
        var other = await site.Client.PushAsync(matter.With(("staff", "QH102")), Client.Matters);

        Assert.Equal((201, (string?)matter["number"]), (first.Status, (string?)first.Json["id"]));
        Assert.Equal((200, first.Text), (again.Status, again.Text));
        Assert.Equal((409, "conflict"), (other.Status, other.Code));
        Assert.Equal(1, (int)(await MattersAsync(hall.Window))["finished"]!);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_response_rate_counts_matters_with_an_active_rating_in_either_order(bool matterFirst)
    {
        var hall = await site.NewHallAsync();
        await site.CountSilenceAsync(hall.Id);
        var matters = Some.Array(Enumerable.Range(1, 4).Select(n => Some.Matter(hall.Window, $"M-{n}")));
        var ratings = Some.Array(
        [
            Some.Evaluation(hall.Window).With(("matter", "M-1")),
            Some.Evaluation(hall.Window).With(("matter", "M-1")),
            Some.Evaluation(hall.Window, 1).With(("matter", "M-2")),
            Some.Evaluation(hall.Window, origin: "default").With(("matter", "M-3")),
            Some.Evaluation(hall.Window, null, "declined").With(("matter", "M-4")),
            Some.Evaluation(hall.Window).With(("matter", "unknown")),
            Some.Evaluation(hall.Window),
        ]);

        if (matterFirst)
            await site.Client.PushAsync(matters, Client.Matters);
        Assert.Equal(7, (int)(await site.Client.PushAsync(ratings)).Json["accepted"]!);
        if (!matterFirst)
            await site.Client.PushAsync(matters, Client.Matters);

        var figures = await MattersAsync(hall.Window);
        Assert.Equal((4, 2, 0.5), ((int)figures["finished"]!, (int)figures["rated"]!, (double)figures["responseRate"]!["value"]!));
    }

    [Fact]
    public async Task Without_matters_the_response_rate_is_undefined_and_not_zero()
    {
        var hall = await site.NewHallAsync();
        await site.Client.PushAsync(Some.Evaluation(hall.Window));

        Assert.Equal(
            """{"finished":0,"rated":0,"responseRate":{"value":null,"numerator":0,"denominator":0,"low":null,"high":null}}""",
            (await MattersAsync(hall.Window)).ToJsonString());
    }

    [Fact]
    public async Task A_batch_of_matters_is_answered_row_by_row()
    {
        var hall = await site.NewHallAsync();
        var good = Some.Matter(hall.Window, "M-1");

        var answer = await site.Client.PushAsync(
            Some.Array([good, good.With(), Some.Matter(hall.Window, "M-2", "soon"), Some.Matter("n999999", "M-3")]), Client.Matters);

        Assert.Equal((1, 1), ((int)answer.Json["accepted"]!, (int)answer.Json["duplicates"]!));
        Assert.Equal(
            ["2 M-2 time-invalid", "3 M-3 window-unknown"],
            answer.Json["rejected"]!.AsArray().Select(one => $"{one!["index"]} {one["id"]} {one["problem"]!["code"]}"));
    }

    [Theory]
    [InlineData("number", "null", "text-expected")]
    [InlineData("number", "5", "text-expected")]
    [InlineData("number", "\"\"", "text-empty")]
    [InlineData("number", "\"a\\u0000\"", "text-invalid")]
    [InlineData("number", "\"\\ud800\"", "text-invalid")]
    [InlineData("window", "[]", "text-expected")]
    [InlineData("finishedAt", "null", "text-expected")]
    [InlineData("finishedAt", "\"2026-11-23\"", "time-invalid")]
    [InlineData("source", "\"\"", "text-empty")]
    [InlineData("serviceItem", "1", "text-expected")]
    [InlineData("staff", "{}", "text-expected")]
    [InlineData("grade", "5", "member-unknown")]
    [InlineData("occurredAt", "\"2026-11-23T09:30:00Z\"", "member-unknown")]
    public async Task A_member_that_cannot_be_taken_is_named(string member, string json, string code)
    {
        var hall = await site.NewHallAsync();

        var answer = await site.Client.PushAsync(Some.Matter(hall.Window).Raw(member, json), Client.Matters);

        Assert.Equal((400, code, member), (answer.Status, answer.Code, answer.Field));
        Assert.Equal(0, (int)(await MattersAsync(hall.Window))["finished"]!);
    }

    [Fact]
    public async Task A_missing_doubled_or_overlong_member_is_named()
    {
        var hall = await site.NewHallAsync();
        var matter = Some.Matter(hall.Window);
        foreach (var member in new[] { "number", "window", "finishedAt" })
            await RefusedAsync("member-missing", member, matter.Without(member).ToJsonString());
        await RefusedAsync("member-twice", "number", matter.ToJsonString()[..^1] + ",\"number\":\"x\"}");
        await RefusedAsync("text-too-long", "number", matter.Raw("number", $"\"{new string('1', 65)}\""));

        async Task RefusedAsync(string code, string field, string body) =>
            Assert.Equal((code, field), await site.Client.PushAsync(body, Client.Matters) is var answer ? (answer.Code, answer.Field) : default);
    }

    [Fact]
    public async Task A_matter_and_an_evaluation_may_have_the_same_number()
    {
        var hall = await site.NewHallAsync();

        Assert.Equal(201, (await site.Client.PushAsync(Some.Evaluation(hall.Window, id: "7"))).Status);
        Assert.Equal(201, (await site.Client.PushAsync(Some.Matter(hall.Window, "7"), Client.Matters)).Status);
    }

    private async Task<JsonNode> MattersAsync(string window) => (await site.Client.FiguresAsync(window))["matters"]!;
}
