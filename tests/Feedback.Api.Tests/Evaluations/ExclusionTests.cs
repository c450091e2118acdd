using System.Text.Json.Nodes;
using Feedback.Api.Tests.Cases;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Cases;
using Feedback.Domain.Organisation;
using Feedback.Grains.Cases;
using Feedback.TestSupport;
using Xunit;

namespace Feedback.Api.Tests.Evaluations;

/// <summary>Whether a rating counts is decided by supervision outside of the unit that was rated; of a bad one in its case.</summary>
[Collection(OneSite.Name)]
public sealed class ExclusionTests(RunningSite site)
{
    private static readonly JsonObject Reason = new() { ["reason"] = "经核实为同一人重复刷评" };

    [Fact]
    public async Task A_bad_rating_that_an_outside_supervisor_excludes_is_excluded_in_its_case_for_good()
    {
        var hall = await site.NewHallAsync();
        using var inner = await CaseWorker.SignInAsync(site, $"supervisor@{hall.Id}");
        using var outer = await CaseWorker.SignInAsync(site, $"supervisor@{site.District}");
        await site.Client.PushAsync(Some.Evaluation(hall.Window, grade: 1));
        var rating = RatingOf(hall);

        Assert.Equal((403, "review-inside"), CodeOf(await inner.PostAsync(rating + "/exclude", Reason)));
        Assert.Equal(1, await site.Client.CountAsync(hall.Window));
        // Whether its case was opened by then or not.
        Assert.Equal(200, (await outer.PostAsync(rating + "/exclude", Reason)).Status);
        Assert.Equal(0, await site.Client.CountAsync(hall.Window));

        var row = await CaseAsync(hall);
        var shown = (await outer.GetAsync("cases/" + row.Id.Value)).Json;
        Assert.Equal("handled", (string?)shown["stage"]);
        Assert.DoesNotContain("exclude-rating", shown["steps"]!.AsArray().Select(step => (string)step!));
        var counts = (await site.Service<ICaseStore>().CaseCountsAsync([new NodeId(hall.Window)], DateOnly.MinValue, DateOnly.MaxValue))
            .Aggregate(CaseCounts.Empty, (sum, flow) => sum.Plus(flow.Counts));
        Assert.Equal((1, 1, 0), (counts["opened/bad-rating"], counts["excluded/bad-rating"], counts["valid/bad-rating"]));

        var again = await outer.PostAsync(rating + "/exclude", Reason);
        Assert.Equal((200, false), (again.Status, (bool)again.Json["changed"]!));
        var reinstated = await outer.PostAsync(rating + "/reinstate", Reason, language: "zh-CN");
        Assert.Equal((409, "rating-excluded-in-case"), CodeOf(reinstated));
        Assert.Contains(row.Number, reinstated.Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_unit_appealed_the_rating_is_excluded_by_the_appeal_only()
    {
        var hall = await site.NewHallAsync();
        using var officer = await CaseWorker.SignInAsync(site, $"case-officer@{hall.Id}");
        using var outer = await CaseWorker.SignInAsync(site, $"supervisor@{site.District}");
        await site.Client.PushAsync(Some.Evaluation(hall.Window, grade: 1));
        var row = await CaseAsync(hall);
        await officer.DoAsync(row.Id.Value, "appeal", new JsonObject { ["reason"] = "误评", ["words"] = "是误按" });

        var refused = await outer.PostAsync(RatingOf(hall) + "/exclude", Reason);
        Assert.Equal((409, "appeal-open"), CodeOf(refused));
        Assert.Contains(row.Number, refused.Title, StringComparison.Ordinal);
        Assert.Equal(1, await site.Client.CountAsync(hall.Window));

        await outer.DoAsync(row.Id.Value, "decide-appeal", new JsonObject { ["upheld"] = false, ["reason"] = "评价属实" });
        Assert.Equal((409, "appeal-decided"), CodeOf(await outer.PostAsync(RatingOf(hall) + "/exclude", Reason)));
        Assert.Equal(1, await site.Client.CountAsync(hall.Window));
    }

    [Fact]
    public async Task A_rating_without_a_case_is_excluded_and_reinstated_from_outside_only()
    {
        var hall = await site.NewHallAsync();
        using var inner = await CaseWorker.SignInAsync(site, $"supervisor@{hall.Id}");
        using var outer = await CaseWorker.SignInAsync(site, $"supervisor@{site.District}");
        await site.Client.PushAsync(Some.Evaluation(hall.Window, grade: 5));
        foreach (var act in new[] { "/exclude", "/reinstate" })
        {
            Assert.Equal((403, "review-inside"), CodeOf(await inner.PostAsync(RatingOf(hall) + act, Reason)));
            var done = await outer.PostAsync(RatingOf(hall) + act, Reason);
            Assert.Equal((200, true), (done.Status, (bool)done.Json["changed"]!));
        }

        Assert.Equal(1, await site.Client.CountAsync(hall.Window));
    }

    [Fact]
    public async Task Whom_the_terminal_names_and_whoever_leads_them_is_recused_though_nobody_signed_in()
    {
        var (hall, code) = (await site.NewHallAsync(), await site.NewStaffAsync());
        using var security = await CaseWorker.SignInAsync(site, "security-administrator");
        using var rated = await CaseWorker.SignInAsync(site, $"supervisor@{site.District} case-officer@{site.District}");
        using var head = await CaseWorker.SignInAsync(site, $"hall-manager@{hall.Id} supervisor@{site.District}");
        using var outer = await CaseWorker.SignInAsync(site, $"supervisor@{site.District}");
        await security.NameStaffAsync(rated, code);
        await site.Client.PushAsync(Some.Evaluation(hall.Window, grade: 1).With(("staff", code)));

        foreach (var act in new[] { "/unmask", "/exclude", "/reinstate" })
            Assert.Equal((act, 403, "recused"), await rated.PostAsync(RatingOf(hall) + act, Reason) is var answer ? (act, answer.Status, answer.Code) : default);
        // Who leads them is known some seconds after the account was opened.
        await Wait.ForAsync<string>("the head is recused", async () => (await head.PostAsync(RatingOf(hall) + "/exclude", Reason)).Code is "recused" and var known ? known : null);
        var row = await CaseAsync(hall);
        Assert.Equal("recused", (string?)(await rated.GetAsync("cases/" + row.Id.Value)).Json["withheld"]);
        Assert.Equal(200, (await outer.PostAsync(RatingOf(hall) + "/exclude", Reason)).Status);
    }

    private static string RatingOf(OpenHall hall) => $"windows/{hall.Window}/evaluations/1";

    private static (int, string?) CodeOf(Answer answer) => (answer.Status, answer.Code);

    private Task<CaseRow> CaseAsync(OpenHall hall) => Wait.ForAsync<CaseRow>(
        "the rating has a case", async () => (await site.Service<ICaseStore>().OfRatingAsync(new NodeId(hall.Window), 1)).FirstOrDefault());
}
