using System.Net;
using System.Text.Json.Nodes;
using Feedback.Api.Cases;
using Feedback.Api.Tests.Cases;
using Feedback.Api.Tests.Cases.Office;
using Feedback.Api.Tests.Evaluations;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Cases;
using Feedback.TestSupport;
using Xunit;

namespace Feedback.Api.Tests.Orders;

/// <summary>Where the city sends its orders as lists, supervision enters what it did with them, by the API and by forms.</summary>
[Collection(OneSite.Name)]
public sealed class ForCityTests(RunningSite site)
{
    [Fact]
    public async Task Supervision_above_the_unit_enters_what_the_city_did_and_that_is_audited()
    {
        var hall = await site.NewHallAsync();
        using var officer = await CaseWorker.SignInAsync(site, $"case-officer@{hall.Id}");
        using var inside = await CaseWorker.SignInAsync(site, $"supervisor@{hall.Id}");
        using var above = await CaseWorker.SignInAsync(site, $"supervisor@{site.District}");
        using var auditor = await Official.SignInAsync(site, "audit-administrator");
        var (returned, answered) = (await OrderAsync(hall), await OrderAsync(hall));

        await officer.DoAsync(returned, "return", new JsonObject { ["reason"] = "非本单位职责" });
        Assert.DoesNotContain("withdraw", StepsOf((await inside.GetAsync("cases/" + returned)).Json));
        Assert.Equal((403, "city-inside"), await inside.StepAsync(returned, "withdraw") is var kept ? (kept.Status, kept.Code) : default);
        Assert.Contains("withdraw", StepsOf((await above.GetAsync("cases/" + returned)).Json));
        var closed = await above.DoAsync(returned, "withdraw");
        Assert.Equal(("closed", "withdrawn"), ((string?)closed["stage"], (string?)closed["ending"]));

        await officer.DoAsync(answered, "sign-for");
        await officer.AnswerAsync(answered);
        var input = new JsonObject { ["reached"] = true, ["solved"] = false, ["grade"] = 2, ["words"] = "市热线回访：不满意" };
        Assert.Equal((403, "city-inside"), await inside.StepAsync(answered, "city-call-back", (JsonObject)input.DeepClone()) is var no ? (no.Status, no.Code) : default);
        var called = await above.DoAsync(answered, "city-call-back", input);
        var told = called["timeline"]!.AsArray().Single(one => (string?)one!["what"] == "called-back")!;
        Assert.Equal(("account:" + above.Name, "city", "false", "2"), ((string?)told["by"], (string?)told["details"]!["caller"], (string?)told["details"]!["solved"], (string?)told["details"]!["grade"]));
        Assert.Contains(called["texts"]!.AsArray(), text => (string?)text!["text"] == "市热线回访：不满意");

        foreach (var (id, step) in new[] { (returned, "withdraw"), (answered, "city-call-back") })
        {
            var entry = Assert.Single((await auditor.GetAsync("/api/v1/audit?target=" + id)).Json["entries"]!.AsArray(), one => (string?)one!["act"] == "case.for-city")!;
            Assert.Equal(("account:" + above.Name, step), ((string?)entry["actor"], (string?)entry["reason"]));
        }
    }

    [Fact]
    public async Task The_forms_stand_on_the_card_of_an_order_for_supervision_above_the_unit()
    {
        var hall = await site.NewHallAsync();
        using var officer = await CaseWorker.SignInAsync(site, $"case-officer@{hall.Id}");
        using var inside = await Clerk.SignInAsync(site, $"supervisor@{hall.Id}");
        using var above = await Clerk.SignInAsync(site, $"supervisor@{site.District}");
        var (returned, answered) = (await FiledAsync(hall), await FiledAsync(hall));
        Assert.DoesNotContain("/steps/withdraw", (await above.OpenAsync("/cases/" + returned.Id)).Text, StringComparison.Ordinal);
        await officer.DoAsync(returned.Id.Value, "return", new JsonObject { ["reason"] = "非本单位职责" });
        await officer.DoAsync(answered.Id.Value, "sign-for");
        await officer.AnswerAsync(answered.Id.Value);

        Assert.Contains("The city took it back", (await above.OpenAsync("/cases/" + returned.Id)).Text, StringComparison.Ordinal);
        Assert.Contains("登记市级回访", (await above.OpenAsync("/cases/" + answered.Id, "zh-CN")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/steps/city-call-back", (await inside.OpenAsync("/cases/" + answered.Id)).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await above.StepAsync(returned, "withdraw")).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await above.StepAsync(answered, "city-call-back", ("reached", "yes"), ("solved", "yes"), ("grade", "5"), ("words", "the city is content"))).Status);

        Assert.Contains("taken back by the city", (await above.OpenAsync("/cases/" + returned.Id)).Text, StringComparison.Ordinal);
        var card = (await above.OpenAsync("/cases/" + answered.Id)).Text;
        Assert.Contains("Called back by the city", card, StringComparison.Ordinal);
        Assert.Contains("the city is content", card, StringComparison.Ordinal);
    }

    private async Task<string> OrderAsync(OpenHall hall) => (await FiledAsync(hall)).Id.Value;

    private async Task<FiledCase> FiledAsync(OpenHall hall)
    {
        var filing = new Filing(CaseKind.HotlineOrder, CaseChannel.Hotline, hall.Id) { Words = "公交站牌损坏", Contact = "13800000000", External = new ExternalNumber("12345", "GD-" + Some.Id()) };
        var (city, id) = (new CaseActor("token:list") { Outside = CaseParty.City }, Some.Id());
        return await Wait.ForAsync<FiledCase>("the order is filed", async () => (await site.Service<CaseFiling>().FileAsync(filing, city, id)).Filed);
    }

    private static IEnumerable<string> StepsOf(JsonNode seen) => seen["steps"]!.AsArray().Select(step => (string)step!);
}
