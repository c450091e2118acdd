using System.Text.Json.Nodes;
using Feedback.Api.Tests.Support;
using Feedback.Grains.Windows;
using Xunit;

namespace Feedback.Api.Tests.Ratings;

[Collection(OneSite.Name)]
public sealed class LookupTests(RunningSite site)
{
    private const string Path = InvitedCitizen.Ratings;

    [Fact]
    public async Task A_citizen_sees_that_the_rating_is_counted_and_nothing_of_what_it_says()
    {
        var hall = await site.NewHallAsync();
        var receipts = new List<JsonNode>();
        foreach (var grade in new[] { 1, 5 })
            receipts.Add((await site.RateAsync(InvitedCitizen.OfWindow(hall.Window, grade))).Json);

        var answers = new List<string>();
        foreach (var receipt in receipts)
        {
            var (byCode, byVoice) = (await site.Client.GetAsync($"{Path}/{receipt["code"]}", token: null), await AskAsync((string)receipt["number"]!, (string)receipt["queryCode"]!));
            Assert.Equal((200, byCode.Text), (byVoice.Status, byVoice.Text));
            answers.Add(byCode.Text.Replace((string)receipt["digest"]!, "DIGEST", StringComparison.Ordinal));
        }

        Assert.Equal($$"""{"stored":true,"counted":true,"day":"{{Some.Day():yyyy-MM-dd}}","digest":"DIGEST","unchanged":true}""", Assert.Single(answers.Distinct()));
    }

    [Fact]
    public async Task What_a_person_excluded_is_stored_and_not_counted_until_it_is_reinstated()
    {
        var hall = await site.NewHallAsync();
        var receipt = (await site.RateAsync(InvitedCitizen.OfWindow(hall.Window))).Json;
        var window = site.Service<IGrainFactory>().GetGrain<IWindowGrain>(hall.Window);

        foreach (var excluded in new[] { true, false })
        {
            await window.SetExcluded(1, excluded, "test");
            var answer = (await site.Client.GetAsync($"{Path}/{receipt["code"]}", token: null)).Json;
            Assert.Equal((true, !excluded, true), ((bool)answer["stored"]!, (bool)answer["counted"]!, (bool)answer["unchanged"]!));
        }
    }

    [Fact]
    public async Task A_wrong_code_a_missing_rating_and_a_foreign_number_look_the_same()
    {
        var hall = await site.NewHallAsync();
        var receipt = (await site.RateAsync(InvitedCitizen.OfWindow(hall.Window))).Json;
        var (code, number, query) = ((string)receipt["code"]!, (string)receipt["number"]!, (string)receipt["queryCode"]!);

        var answers = new[]
        {
            await site.Client.GetAsync($"{Path}/{code[..^1]}{(code[^1] == 'A' ? 'B' : 'A')}", token: null),
            await site.Client.GetAsync($"{Path}/x", token: null),
            await AskAsync(number, Wrong(query)),
            await AskAsync(number + "0", query),
            await AskAsync("999999-1", query),
            await AskAsync($"{hall.Id[1..]}-1", query),
            await AskAsync("nonsense", "nonsense"),
        };

        Assert.All(answers, answer => Assert.Equal((404, "rating-unknown", answers[0].Text), (answer.Status, answer.Code, answer.Text)));
    }

    [Fact]
    public async Task Five_wrong_codes_close_a_number_for_the_right_one_too_and_no_other_number()
    {
        var hall = await site.NewHallAsync();
        var (one, other) = ((await site.RateAsync(InvitedCitizen.OfWindow(hall.Window))).Json, (await site.RateAsync(InvitedCitizen.OfWindow(hall.Window))).Json);
        var (number, query) = ((string)one["number"]!, (string)one["queryCode"]!);

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(200, (await AskAsync(number, query)).Status);
            Assert.Equal(404, (await AskAsync(number, Wrong(query))).Status);
        }

        Assert.Equal(404, (await AskAsync(number, query)).Status);
        Assert.Equal(200, (await AskAsync((string)other["number"]!, (string)other["queryCode"]!)).Status);
        Assert.Equal(200, (await site.Client.GetAsync($"{Path}/{one["code"]}", token: null)).Status);
    }

    [Theory]
    [InlineData("{}", "member-missing", "number")]
    [InlineData("""{"number":"3-7"}""", "member-missing", "queryCode")]
    [InlineData("""{"number":"3-7","queryCode":402917}""", "text-expected", "queryCode")]
    [InlineData("""{"number":"3-7","queryCode":"402917","grade":5}""", "member-unknown", "grade")]
    [InlineData("""{"number":"3-7","number":"3-8","queryCode":"402917"}""", "member-twice", "number")]
    public async Task A_member_that_cannot_be_taken_is_named(string body, string code, string field)
    {
        var answer = await site.Client.PushAsync(body, Path + "/lookup", key: null);

        Assert.Equal((400, code, field), (answer.Status, answer.Code, answer.Field));
    }

    private static string Wrong(string query) => (query[0] == '0' ? '1' : '0') + query[1..];

    private Task<Answer> AskAsync(string number, string query) =>
        site.Client.PushAsync(new JsonObject { ["number"] = number, ["queryCode"] = query }, Path + "/lookup", key: null);
}
