using System.Net;
using Feedback.Api.Tests.Pages;
using Feedback.Api.Tests.Support;
using Xunit;

namespace Feedback.Api.Tests.Evaluations;

[Collection(OneSite.Name)]
public sealed class EvaluationPageTests(RunningSite site)
{
    [Fact]
    public async Task A_manager_reads_the_masked_page_and_cannot_unmask()
    {
        var hall = await site.NewHallAsync();
        await site.Client.PushAsync(Some.Evaluation(hall.Window, 2).With(("matter", "2026-JT-000123"), ("comment", "<b>call</b> 13812345678")));
        using var manager = await Official.SignInAsync(site, $"hall-manager@{hall.Id}");

        var raw = await (await manager.Browser.GetAsync($"/nodes/{hall.Window}/evaluations?period=7days")).Content.ReadAsStringAsync();

        Assert.Contains("&lt;b&gt;call&lt;/b&gt; [phone]", raw, StringComparison.Ordinal);
        Assert.DoesNotContain("13812345678", raw, StringComparison.Ordinal);
        Assert.DoesNotContain("/unmask", raw, StringComparison.Ordinal);
        Assert.DoesNotContain("/exclude", raw, StringComparison.Ordinal);
        Assert.Contains($"/nodes/{hall.Window}/evaluations?", await manager.Browser.TextAsync($"/nodes/{hall.Window}"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await manager.Browser.GetAsync($"/nodes/{site.ForeignHall.Window}/evaluations")).StatusCode);
        Assert.Contains("单条评价", await manager.Browser.TextAsync($"/nodes/{hall.Window}/evaluations", "zh-CN"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_officer_unmasks_by_the_form_and_a_forged_one_shows_nothing()
    {
        var hall = await site.NewHallAsync();
        await site.Client.PushAsync(Some.Evaluation(hall.Window, 2).With(("matter", "2026-JT-000123")));
        using var officer = await Official.SignInAsync(site, $"case-officer@{hall.Id}");
        var (page, act) = ($"/nodes/{hall.Window}/evaluations", $"/nodes/{hall.Window}/evaluations/1/unmask");
        var seal = Visitor.SealOf(await (await officer.Browser.GetAsync(page)).Content.ReadAsStringAsync());

        var told = await officer.Browser.PostAsync(act, ("form", seal), ("reason", "checking a complaint"));
        var forged = await officer.Browser.PostAsync(act, ("form", "forged"), ("reason", "checking a complaint"));
        var silent = await officer.Browser.PostAsync(act, ("form", seal), ("reason", "why"));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (told.StatusCode, forged.StatusCode, silent.StatusCode));
        Assert.Contains("<td id=\"matter\">2026-JT-000123</td>", await told.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("2026-JT", await forged.Content.ReadAsStringAsync() + await silent.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_supervisor_excludes_by_the_form_and_comes_back_to_the_page()
    {
        var hall = await site.NewHallAsync();
        await site.Client.PushAsync(Some.Evaluation(hall.Window));
        using var supervisor = await Official.SignInAsync(site, $"supervisor@{site.District}");
        using var inner = await Official.SignInAsync(site, $"supervisor@{hall.Id}");
        var page = $"/nodes/{hall.Window}/evaluations";
        var seal = Visitor.SealOf(await (await supervisor.Browser.GetAsync(page)).Content.ReadAsStringAsync());

        var done = await supervisor.Browser.PostAsync(page + "/1/exclude?period=7days", ("form", seal), ("reason", "self-rating"));

        Assert.Equal((HttpStatusCode.Redirect, page + "?period=7days"), (done.StatusCode, done.Headers.Location!.OriginalString));
        Assert.Contains("excluded", await supervisor.Browser.TextAsync(page), StringComparison.Ordinal);
        var theirs = Visitor.SealOf(await (await inner.Browser.GetAsync(page)).Content.ReadAsStringAsync());
        var refused = await inner.Browser.PostAsync(page + "/1/reinstate", ("form", theirs), ("reason", "it was right"));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("outside of the unit that was rated", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
