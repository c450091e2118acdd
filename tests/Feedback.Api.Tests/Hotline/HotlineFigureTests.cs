using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Feedback.Api.Tests.CaseFigures;
using Feedback.Api.Tests.Cases.Office;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Access;
using Feedback.Domain.Cases;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Hotline;
using Feedback.Domain.Keys;
using Feedback.Domain.Organisation;
using Feedback.Grains.Cases;
using Feedback.Grains.Hotline;
using Feedback.Grains.Keys;
using Xunit;

namespace Feedback.Api.Tests.Hotline;

/// <summary>The city's own figures of its hotline beside ours.</summary>
[Collection(OneSite.Name)]
public sealed class HotlineFigureTests(RunningSite site)
{
    private string? _city;

    [Fact]
    public async Task Orders_told_one_by_one_are_held_against_ours_and_what_differs_is_listed()
    {
        var hall = await site.NewHallAsync();
        var (first, second) = (await OrderAsync(hall), await OrderAsync(hall));
        var walk = new CaseWalk(site, hall);
        await walk.DoAsync(second.Id, walk.Clerk, new ReturnCase("非本单位职责"));
        await OrderAsync(await site.NewHallAsync());
        var month = await MonthOfAsync(first.Id);

        var told = await PutAsync(hall, month, new JsonArray(
            Listed(first.Number, ("returned", true)), Listed(second.Number, ("returned", true), ("solved", false)), Listed("GD-ELSEWHERE")));
        var compared = await GetAsync(hall, month);

        Assert.Equal((201, 1, 3, true), (told.Status, (int)told.Json["version"]!, (int)told.Json["orders"]!, (bool)told.Json["listed"]!));
        Assert.Equal((2, 2), ((int)told.Json["rates"]!["returned"]!["yes"]!, (int)told.Json["rates"]!["returned"]!["of"]!));
        Assert.Equal((3, 2, 2), ((int)compared.Json["theirOrders"]!, (int)compared.Json["ourOrders"]!, (int)compared.Json["both"]!));
        var returned = compared.Json["figures"]!.AsArray().Single(one => (string?)one!["word"] == "returned")!;
        Assert.Equal((1.0, 0.5, -0.5, 1), ((double)returned["theirs"]!["value"]!, (double)returned["ours"]!["value"]!, (double)returned["difference"]!, (int)returned["differing"]!));
        Assert.Equal(
            new[] { (Number: first.Number, What: "returned"), (Number: "GD-ELSEWHERE", What: "only-theirs") }.OrderBy(one => one.Number, StringComparer.Ordinal),
            compared.Json["differences"]!.AsArray().Select(one => (Number: (string)one!["number"]!, What: (string)one["what"]!)));
    }

    [Fact]
    public async Task Our_side_is_what_the_figures_of_cases_tell_of_the_same_orders()
    {
        var hall = await site.NewHallAsync();
        var walk = new CaseWalk(site, hall);
        var orders = new List<CaseId>();
        for (var i = 0; i < 5; i++)
            orders.Add((await OrderAsync(hall)).Id);
        // The first one waits, the second is returned, the others are signed for, the last two answered, and one of these sent back.
        await walk.DoAsync(orders[1], walk.Clerk, new ReturnCase("非本单位职责"));
        foreach (var signed in orders.Skip(2))
            await walk.DoAsync(signed, walk.Clerk, new SignForCase());
        foreach (var (answered, solved) in new[] { (orders[3], true), (orders[4], false) })
        {
            await walk.AnswerAsync(answered);
            await walk.DoAsync(answered, walk.Clerk, new CloseCase());
            await walk.DoAsync(answered, CaseActor.City, new CallCitizenBack(Reached: true, Solved: solved, solved ? Grade.Satisfied : Grade.Dissatisfied));
        }

        await walk.DoAsync(orders[4], CaseActor.City, new SendBackCase("unsolved"));
        var figures = (await GetAsync(hall, await MonthOfAsync(orders[0]))).Json["figures"]!.AsArray();
        var cases = await site.Client.GetAsync(FormattableString.Invariant($"/api/v1/case-figures?node={hall.Id}&from={Some.Day(2):yyyy-MM-dd}&to={Some.Day(-2):yyyy-MM-dd}"));
        var rates = cases.Json["slices"]![0]!["rates"]!;

        var ours = figures.ToDictionary(one => (string)one!["word"]!, one => ((int)one!["ours"]!["yes"]!, (int)one["ours"]!["of"]!));
        Assert.Equal(
            OrderResults.Words.Zip(new[] { "hotline-signing", "hotline-response", "hotline-solution", "hotline-satisfaction", "hotline-return", "hotline-sent-back" })
                .Select(pair => (pair.First, ((int)rates[pair.Second]!["numerator"]!, (int)rates[pair.Second]!["denominator"]!))),
            OrderResults.Words.Select(word => (word, ours[word])));
        Assert.Equal(((1, 5), (1, 2), 5, (1, 2)), (ours["returned"], ours["sent-back"], ours["signed-in-time"].Item2, ours["solved"]));
    }

    [Fact]
    public async Task Counts_stand_beside_ours_without_orders_and_a_later_telling_replaces_them()
    {
        var hall = await site.NewHallAsync();
        var month = await MonthOfAsync((await OrderAsync(hall)).Id);
        var counts = Counts(5, ("returned", 1, 5), ("solved", 3, 4));

        var first = await PutAsync(hall, month, counts);
        var again = await PutAsync(hall, month, counts.DeepClone());
        var later = await PutAsync(hall, month, Counts(6));
        var compared = await GetAsync(hall, month);

        Assert.Equal([(201, 1), (200, 1), (200, 2)], new[] { first, again, later }.Select(one => (one.Status, (int)one.Json["version"]!)));
        Assert.Equal((6, 1), ((int)compared.Json["theirOrders"]!, (int)compared.Json["ourOrders"]!));
        Assert.Null(compared.Json["differences"]);
        Assert.All(compared.Json["figures"]!.AsArray(), one => Assert.Null(one!["theirs"]));
    }

    [Fact]
    public async Task Whoever_was_overtaken_is_told()
    {
        var (hall, month) = (await site.NewHallAsync(), "2026-01");

        Assert.Equal(201, (await PutAsync(hall, month, Counts(1), "\"0\"")).Status);
        Assert.Equal("\"1\"", (await GetAsync(hall, month)).Headers.ETag!.Tag);
        Assert.Equal((412, "hotline-figures-changed"), (await PutAsync(hall, month, Counts(2), "\"0\"")) is var late ? (late.Status, late.Code) : default);
        Assert.Equal(200, (await PutAsync(hall, month, Counts(2), "\"1\"")).Status);
    }

    [Fact]
    public async Task Many_who_tell_the_same_month_at_once_are_all_kept_and_the_last_holds()
    {
        var (hall, book) = (new NodeId((await site.NewHallAsync()).Id), site.Service<HotlineFigureBook>());
        var (month, none) = (new DateOnly(2026, 1, 1), new Dictionary<string, HotlineCount>());

        var told = await Task.WhenAll(Enumerable.Range(1, 5).Select(i => book.TellAsync(hall, month, HotlineFigures.Counted(i, none).Figures!, "token:k1", null)));

        Assert.Equal([1, 2, 3, 4, 5], told.Select(one => one.Telling!.Version).Order());
        Assert.Single(told, one => one.IsFirst);
        var last = told.Single(one => one.Telling!.Version == 5).Telling!.Told.Figures.Orders;
        Assert.Equal((5, last), (await book.FindAsync(hall, month)) is { } held ? (held.Version, held.Told.Figures.Orders) : default);
    }

    [Theory]
    [InlineData("""{"orders":3}""", "member-missing", "results")]
    [InlineData("""{"orders":3,"results":{"solved":{"yes":4,"of":3}}}""", "count-invalid", "results.solved.yes")]
    [InlineData("""{"orders":3,"results":{"solved":{"yes":1}}}""", "member-missing", "results.solved.of")]
    [InlineData("""{"orders":3,"results":{"happy":{"yes":1,"of":1}}}""", "hotline-result-unknown", "results")]
    [InlineData("""{"orders":-1,"results":{}}""", "count-invalid", "orders")]
    [InlineData("""{"orders":1.5,"results":{}}""", "count-invalid", "orders")]
    [InlineData("""{"orders":1,"orders":1,"results":{}}""", "member-twice", "orders")]
    [InlineData("""{"orders":1,"results":{},"more":1}""", "member-unknown", "more")]
    [InlineData("""[{"number":"GD-1"},{"number":"GD-1"}]""", "order-number-twice", "[1].number")]
    [InlineData("""[{"number":"GD/1"}]""", "order-number-unfit", "[0].number")]
    [InlineData("""[{"results":{}}]""", "member-missing", "[0].number")]
    [InlineData("""[{"number":"GD-1","results":{"solved":"yes"}}]""", "flag-invalid", "[0].results.solved")]
    [InlineData("""[3]""", "object-expected", "[0]")]
    [InlineData("3", "object-expected", null)]
    public async Task What_cannot_be_is_refused_by_name_and_nothing_is_kept(string body, string code, string? field)
    {
        var hall = await site.NewHallAsync();

        var answer = await PutAsync(hall, "2026-01", JsonNode.Parse("0")!, body: body);

        Assert.Equal((400, code, field), (answer.Status, answer.Code, answer.Field));
        Assert.Equal(0, (int)(await GetAsync(hall, "2026-01")).Json["version"]!);
    }

    [Theory]
    [InlineData("2026-13", "month-invalid")]
    [InlineData("2026-1", "month-invalid")]
    [InlineData("9998-01", "time-in-future")]
    public async Task A_month_that_is_none_or_has_not_begun_is_refused(string month, string code) =>
        Assert.Equal((400, code), (await PutAsync(await site.NewHallAsync(), month, Counts(1))) is var answer ? (answer.Status, answer.Code) : default);

    [Fact]
    public async Task The_page_and_its_file_show_both_sides_in_both_languages()
    {
        var hall = await site.NewHallAsync();
        var order = await OrderAsync(hall);
        var month = await MonthOfAsync(order.Id);
        await PutAsync(hall, month, new JsonArray(Listed(order.Number, ("returned", true)), Listed("-9")));
        using var manager = await Clerk.SignInAsync(site, $"hall-manager@{hall.Id}");

        var page = (await manager.OpenAsync($"/cases/hotline?node={hall.Id}&month={month}")).Text;
        var chinese = (await manager.OpenAsync($"/cases/hotline?node={hall.Id}&month={month}", "zh-CN")).Text;
        var file = (await manager.OpenAsync($"/cases/hotline.csv?node={hall.Id}&month={month}")).Text;

        Assert.Contains("100.0% (1 / 1)", page, StringComparison.Ordinal);
        Assert.Contains("only the city's", page, StringComparison.Ordinal);
        Assert.Contains(order.Number, page, StringComparison.Ordinal);
        Assert.Contains("仅市热线有", chinese, StringComparison.Ordinal);
        Assert.Contains($"Returned,,1,1,1,0,1,0,-1,1\r\n", file, StringComparison.Ordinal);
        Assert.Contains($"Returned,{order.Number},,,yes,,,no,,\r\n", file, StringComparison.Ordinal);
        Assert.Equal(404, (int)(await manager.OpenAsync($"/cases/hotline?node={site.ForeignHall.Id}")).Status);
        Assert.Equal(400, (int)(await manager.OpenAsync($"/cases/hotline?node={hall.Id}&month=never")).Status);
        Assert.Contains("told no figures", (await manager.OpenAsync($"/cases/hotline?node={hall.Id}")).Text, StringComparison.Ordinal);
    }

    private static JsonObject Counts(int orders, params (string Word, int Yes, int Of)[] results) => new()
    {
        ["orders"] = orders,
        ["results"] = new JsonObject(results.Select(one => KeyValuePair.Create(one.Word, (JsonNode?)new JsonObject { ["yes"] = one.Yes, ["of"] = one.Of }))),
    };

    private static JsonObject Listed(string number, params (string Word, bool Yes)[] results) => new()
    {
        ["number"] = number,
        ["results"] = new JsonObject(results.Select(one => KeyValuePair.Create(one.Word, (JsonNode?)one.Yes))),
    };

    private async Task<(CaseId Id, string Number)> OrderAsync(OpenHall hall)
    {
        var number = "GD-" + Some.Id();
        var body = new JsonObject { ["number"] = number, ["node"] = hall.Id, ["words"] = "公交站牌损坏，一周无人修复。" };
        var taken = await SendAsync(HttpMethod.Post, "/api/v1/orders", body.ToJsonString(), null);
        return (new CaseId((string)taken.Json["case"]!), number);
    }

    // The month in which it was received, whenever the test runs.
    private async Task<string> MonthOfAsync(CaseId id) => (await site.Service<ICaseStore>().FindAsync(id))!.Day.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private Task<Answer> PutAsync(OpenHall hall, string month, JsonNode figures, string? known = null, string? body = null) =>
        SendAsync(HttpMethod.Put, $"/api/v1/hotline-figures/{hall.Id}/{month}", body ?? figures.ToJsonString(), known);

    private Task<Answer> GetAsync(OpenHall hall, string month) => site.Client.GetAsync($"/api/v1/hotline-figures/{hall.Id}/{month}");

    private async Task<Answer> SendAsync(HttpMethod method, string path, string body, string? known)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + await CityAsync());
        if (known is not null)
            request.Headers.TryAddWithoutValidation("If-Match", known);
        return await site.Client.SendAsync(request);
    }

    private async Task<string> CityAsync()
    {
        if (_city is null)
            await KeyIssue.ApiTokenAsync(site.Bureau, site.District, _city = KeyIssue.NewSecret(KeyPurpose.Read), site.Clock, [Permission.SendOrders]);
        return _city;
    }
}
