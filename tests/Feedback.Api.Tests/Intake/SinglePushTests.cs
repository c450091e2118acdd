using Feedback.Api.Tests.Support;
using Feedback.Grains.Journal;
using Feedback.TestSupport;
using Xunit;

namespace Feedback.Api.Tests.Intake;

[Collection(OneSite.Name)]
public sealed class SinglePushTests(RunningSite site)
{
    private const string AskingForCode = Client.Evaluations + "?lookup=true";

    [Fact]
    public async Task A_first_evaluation_is_created_with_a_receipt()
    {
        var hall = await site.NewHallAsync();
        var evaluation = Some.Evaluation(hall.Window);

        var answer = await site.Client.PushAsync(evaluation);

        Assert.Equal((201, "application/json"), (answer.Status, answer.MediaType));
        Assert.Equal(["id", "window", "version", "digest"], answer.Json.AsObject().Select(member => member.Key));
        Assert.Equal((string?)evaluation["id"], (string?)answer.Json["id"]);
        Assert.Equal(hall.Window, (string?)answer.Json["window"]);
        Assert.Equal(1, (long)answer.Json["version"]!);
        Assert.Matches("^[0-9a-f]{64}$", (string)answer.Json["digest"]!);
    }

    [Fact]
    public async Task A_terminal_that_asks_for_it_gets_a_code_for_the_citizen_whatever_the_grade_and_the_same_one_again()
    {
        var hall = await site.NewHallAsync();
        foreach (var grade in new[] { 1, 5 })
        {
            var evaluation = Some.Evaluation(hall.Window, grade);
            var (first, again) = (await site.Client.PushAsync(evaluation, AskingForCode), await site.Client.PushAsync(evaluation, AskingForCode));

            Assert.Equal(["id", "window", "version", "digest", "code"], first.Json.AsObject().Select(member => member.Key));
            Assert.Equal((201, 200, first.Text), (first.Status, again.Status, again.Text));
            var told = (await site.Client.GetAsync($"/api/v1/ratings/{first.Json["code"]}", token: null)).Json;
            Assert.Equal((true, true, (string?)first.Json["digest"]), ((bool)told["counted"]!, (bool)told["unchanged"]!, (string?)told["digest"]));
        }

        Assert.DoesNotContain("\"code\"", (await site.Client.PushAsync($"[{Some.Evaluation(hall.Window).ToJsonString()}]", AskingForCode)).Text, StringComparison.Ordinal);
        var refused = await site.Client.PushAsync(Some.Evaluation(hall.Window), Client.Evaluations + "?lookup=please");
        Assert.Equal((400, "flag-invalid", "lookup"), (refused.Status, refused.Code, refused.Field));
        Assert.Equal(3, await site.Client.CountAsync(hall.Window));
    }

    [Fact]
    public async Task What_is_acknowledged_names_the_life_of_the_database_and_what_is_refused_does_not()
    {
        var hall = await site.NewHallAsync();
        var evaluation = Some.Evaluation(hall.Window);
        var life = (await site.Service<IJournal>().GenerationAsync())[..16];

        foreach (var body in new[] { evaluation.ToJsonString(), evaluation.ToJsonString(), $"[{evaluation.ToJsonString()}]" })
            Assert.Equal([life], (await site.Client.PushAsync(body)).Headers.GetValues("Feedback-Generation"));

        evaluation["grade"] = 9;
        Assert.False((await site.Client.PushAsync(evaluation)).Headers.Contains("Feedback-Generation"));
    }

    [Fact]
    public async Task A_repeat_gets_the_first_receipt_and_counts_nothing()
    {
        var hall = await site.NewHallAsync();
        var evaluation = Some.Evaluation(hall.Window);
        var first = await site.Client.PushAsync(evaluation);
        await site.Client.PushAsync(Some.Evaluation(hall.Window));

        var again = await site.Client.PushAsync(evaluation);

        Assert.Equal(200, again.Status);
        Assert.Equal(first.Text, again.Text);
        Assert.Equal(2, await site.Client.CountAsync(hall.Window));
    }

    [Theory]
    [InlineData("grade", "4")]
    [InlineData("origin", "\"callback\"")]
    [InlineData("channel", "\"web\"")]
    [InlineData("comment", "\"谢谢\"")]
    [InlineData("comment", "null")]
    [InlineData("staff", "\"QH101\"")]
    [InlineData("matter", "\"M-2\"")]
    [InlineData("reasons", "[\"long-queue\"]")]
    [InlineData("dimensions", "{\"attitude\":4}")]
    [InlineData("serviceItem", "\"taxi\"")]
    [InlineData("language", "\"en\"")]
    [InlineData("occurredAt", "\"2026-01-01T00:00:00Z\"")]
    public async Task The_same_id_with_another_member_is_a_conflict_and_counts_nothing(string member, string json)
    {
        var hall = await site.NewHallAsync();
        var evaluation = Some.Evaluation(hall.Window).With(("comment", "很好"), ("matter", "M-1"));
        Assert.Equal(201, (await site.Client.PushAsync(evaluation)).Status);

        var answer = await site.Client.PushAsync(evaluation.Raw(member, json));

        Assert.Equal((409, "conflict", "id"), (answer.Status, answer.Code, answer.Field));
        Assert.Equal(1, await site.Client.CountAsync(hall.Window));
        Assert.Equal(200, (await site.Client.PushAsync(evaluation)).Status);
    }

    [Fact]
    public async Task The_order_of_members_dimensions_and_reasons_is_no_difference()
    {
        var hall = await site.NewHallAsync();
        var body = $$"""{"id":"x","window":"{{hall.Window}}","occurredAt":"{{Some.Time()}}","origin":"active","channel":"qr",""";
        var first = await site.Client.PushAsync(body + """ "grade":3,"dimensions":{"attitude":3,"timeliness":5},"reasons":["b","a","b"]}""");
        Assert.True(first.Status == 201, first.Text);

        var again = await site.Client.PushAsync(body + """ "reasons":["a","b"],"dimensions":{"timeliness":5,"attitude":3},"grade":3}""");

        Assert.Equal((200, first.Text), (again.Status, again.Text));
    }

    [Fact]
    public async Task Optional_members_may_be_null_as_well_as_missing()
    {
        var hall = await site.NewHallAsync();
        var bare = Some.Evaluation(hall.Window);
        var first = await site.Client.PushAsync(bare);
        var nulls = bare.With(("source", null), ("dimensions", null), ("matter", null), ("serviceItem", null), ("staff", null), ("reasons", null), ("comment", null), ("language", null));

        var again = await site.Client.PushAsync(nulls);

        Assert.Equal((200, first.Text), (again.Status, again.Text));
    }

    [Fact]
    public async Task A_window_may_be_named_by_its_path()
    {
        var hall = await site.NewHallAsync();
        var evaluation = Some.Evaluation(hall.Window);
        var first = await site.Client.PushAsync(evaluation);

        var again = await site.Client.PushAsync(evaluation.With(("window", hall.Path + "/w-1")));

        Assert.Equal((200, first.Text), (again.Status, again.Text));
    }

    [Fact]
    public async Task The_same_id_from_another_source_or_at_another_window_is_another_evaluation()
    {
        var hall = await site.NewHallAsync(windows: 2);
        var evaluation = Some.Evaluation(hall.Windows[0], id: "1");

        Assert.Equal(201, (await site.Client.PushAsync(evaluation)).Status);
        Assert.Equal(201, (await site.Client.PushAsync(evaluation.With(("source", "other")))).Status);
        Assert.Equal(201, (await site.Client.PushAsync(evaluation.With(("window", hall.Windows[1])))).Status);

        Assert.Equal((2, 1), (await site.Client.CountAsync(hall.Windows[0]), await site.Client.CountAsync(hall.Windows[1])));
        await Wait.UntilAsync("the hall counts three", async () => await site.Client.CountAsync(hall.Id) == 3);
    }

    [Fact]
    public async Task A_receipt_does_not_reveal_the_grade()
    {
        var hall = await site.NewHallAsync();
        var (good, bad) = (Some.Evaluation(hall.Window, 5, id: "a"), Some.Evaluation(hall.Window, 1, id: "b"));

        var receipts = new[] { await site.Client.PushAsync(good), await site.Client.PushAsync(bad) };

        Assert.All(receipts, receipt => Assert.Equal(4, receipt.Json.AsObject().Count));
        Assert.All(receipts, receipt => Assert.DoesNotContain("grade", receipt.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_longest_values_that_are_allowed_are_taken()
    {
        var hall = await site.NewHallAsync();

        var answer = await site.Client.PushAsync(Some.Evaluation(hall.Window, id: new string('i', 128)).With(
            ("comment", new string('好', 1000)), ("source", new string('s', 128)), ("matter", new string('m', 64)),
            ("serviceItem", new string('t', 64)), ("staff", new string('u', 64)), ("language", new string('l', 64))));

        Assert.True(answer.Status == 201, answer.Text);
    }
}
