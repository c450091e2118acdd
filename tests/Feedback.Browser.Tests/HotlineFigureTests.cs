using Feedback.Api.Cases;
using Feedback.Browser.Tests.Support;
using Feedback.Domain.Access;
using Feedback.Domain.Cases;
using Feedback.Domain.Hotline;
using Feedback.Domain.Organisation;
using Feedback.Grains.Cases;
using Feedback.Grains.Hotline;
using Xunit;

namespace Feedback.Browser.Tests;

/// <summary>The city's own figures of its hotline beside ours, in a real browser.</summary>
[Collection(OneBrowser.Name)]
public sealed class HotlineFigureTests(Browsing browsing)
{
    private const string Password = "a few random words";

    [Fact]
    public async Task A_manager_picks_a_month_and_reads_in_both_languages_where_the_city_and_the_hall_differ()
    {
        var hall = new NodeId(await browsing.OpenHallAsync("hotline-figures"));
        await browsing.Accounts.CreateAsync("hotline-manager", Password, [new Grant(Role.HallManager, hall)]);
        var month = await ToldAsync(hall);
        await using var visit = await browsing.OpenAsync("en-GB", signedIn: false);
        await visit.SignInAsync("hotline-manager", Password);

        await visit.GoAsync("/cases/hotline");
        await visit.SeesAsync("main .notice", "The city has told no figures of this month yet.");
        await visit.Page.FillAsync("input[name=month]", HotlineFigures.MonthText(month));
        await visit.Page.ClickAsync("form.picker button");

        await visit.SeesAsync("#hotline-figures tr:has-text('Returned')", "100.0% (1 / 1)");
        await visit.SeesAsync("#hotline-figures tr:has-text('Returned')", "0.0% (0 / 1)");
        await visit.SeesAsync("#hotline-differences tr:has-text('GD-BOTH')", "Returned");
        await visit.SeesAsync("#hotline-differences tr:has-text('GD-THEIRS')", "only the city's");
        await visit.AssertFitsAsync();
        await visit.Page.ClickAsync("a[hreflang]");
        await visit.SeesAsync("h1", "12345：市热线数据与本单位数据对照");
        await visit.SeesAsync("#hotline-differences tr:has-text('GD-THEIRS')", "仅市热线有");
        await visit.AssertFitsAsync();
        visit.AssertClean();
    }

    // The hall has one order, which waits; the city knows that one as returned, and another.
    private async Task<DateOnly> ToldAsync(NodeId hall)
    {
        var filed = await browsing.FileAsync(
            new Filing(CaseKind.HotlineOrder, CaseChannel.Hotline, hall.Value) { Words = "公交站牌损坏，一周无人修复。", External = new ExternalNumber("12345", "GD-BOTH") }, CaseActor.City, "GD-BOTH");
        // The month in which it was received, whenever the test runs.
        var received = (await browsing.Service<ICaseStore>().FindAsync(filed.Id))!.Day;
        var month = new DateOnly(received.Year, received.Month, 1);
        await browsing.Service<HotlineFigureBook>().TellAsync(hall, month, HotlineFigures.OrderByOrder(new Dictionary<string, OrderResults>
        {
            ["GD-BOTH"] = OrderResults.Of(new Dictionary<string, bool> { ["returned"] = true }),
            ["GD-THEIRS"] = OrderResults.Of(new Dictionary<string, bool>()),
        }), "token:city", null);
        return month;
    }
}
