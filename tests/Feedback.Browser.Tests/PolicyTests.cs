using System.Globalization;
using Feedback.Browser.Tests.Support;
using Feedback.Domain.Access;
using Feedback.Domain.Organisation;
using Xunit;

namespace Feedback.Browser.Tests;

/// <summary>Policies and the calendar are set in a real browser.</summary>
[Collection(OneBrowser.Name)]
public sealed class PolicyTests(Browsing browsing)
{
    private const string Password = "a few random words";

    [Fact]
    public async Task A_policy_is_set_from_a_day_on_what_is_wrong_is_named_by_its_label_and_both_decisions_stay_on_record()
    {
        var hall = new NodeId(await browsing.OpenHallAsync("policies"));
        await browsing.Accounts.CreateAsync("policy-keeper", Password, [new Grant(Role.SystemAdministrator, hall)]);
        await using var visit = await browsing.OpenAsync("zh-CN", signedIn: false);
        await visit.SignInAsync("policy-keeper", Password);
        var page = visit.Page;

        await visit.GoAsync("/policies");
        await visit.SeesAsync("h1", "新桥服务大厅");
        var today = DateOnly.ParseExact((await page.GetAttributeAsync("#reopen-from", "min"))!, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        await page.ClickAsync("#reopen details:has(form) > summary");
        visit.AllowRefusal(400);
        await page.FillAsync("#reopen-times", "很多");
        await page.ClickAsync("#reopen form button");
        await visit.SeesAsync("#reopen-wrong", "“次数”必须是 0–20 之间的整数");
        Assert.Equal(("很多", "true"), (await page.InputValueAsync("#reopen-times"), await page.GetAttributeAsync("#reopen-times", "aria-invalid")));
        await visit.AssertFitsAsync();

        await SetAsync(today.AddDays(2), "3");
        await page.ClickAsync("#reopen details:has(form) > summary");
        await SetAsync(today.AddDays(10), "5");
        await visit.SeesAsync($"#reopen summary:has-text('{Planned(today.AddDays(2))}')", "本级设定");
        await page.ClickAsync($"#reopen summary:has-text('{Planned(today.AddDays(10))}')");
        await visit.SeesAsync("#reopen details[open] dd >> nth=1", "5");
        await visit.SeesAsync("#reopen > dl dd >> nth=1", "2");
        await visit.SeesAsync("#reopen h2", "默认");
        await visit.AssertFitsAsync();
        visit.AssertClean();

        await using var auditor = await SignedInAsync("policy-auditor", Role.AuditAdministrator);
        await auditor.GoAsync("/audit?actor=policy-keeper&act=policy.set");
        await auditor.SeesAsync("table.audit tbody tr", "设置政策");
        await auditor.SeesAsync("table.audit tbody tr", $"{Day(today.AddDays(10))} {{\"within\":\"30d\",\"times\":5}}");
        Assert.Equal(2, await auditor.Page.Locator("table.audit tbody tr").CountAsync());

        async Task SetAsync(DateOnly from, string times)
        {
            await page.FillAsync("#reopen-from", Day(from));
            await page.FillAsync("#reopen-times", times);
            await page.ClickAsync("#reopen form button");
            await visit.SeesAsync($"#reopen summary:has-text('{Planned(from)}')", Planned(from));
            await visit.SeesAsync("#reopen [role=status]", "已设定。");
        }
    }

    [Fact]
    public async Task A_year_is_defined_from_pasted_lines_a_bad_one_is_told_and_what_was_defined_can_be_corrected()
    {
        await using var visit = await browsing.OpenAsync("en-GB");
        var page = visit.Page;

        await visit.GoAsync("/calendars");
        await visit.SeesAsync("h1", "Calendar of working days");
        visit.AllowRefusal(400);
        await page.FillAsync("#year", "2099");
        await page.FillAsync("#source", "General Office of the State Council, 2098, No. 7");
        await page.FillAsync("#holidays", "2099-01-21/2099-01-27, 春节, Spring Festival\n2099-13-01, 元旦, New Year");
        await page.FillAsync("#workdays", "2099-01-17");
        await page.ClickAsync("#define button");
        await visit.SeesAsync("#wrong", "'Free days' must be a day such as 2026-11-23; it is '2099-13-01, 元旦, New Year'");
        Assert.Equal(("2099", "true"), (await page.InputValueAsync("#year"), await page.GetAttributeAsync("#holidays", "aria-invalid")));
        await visit.AssertFitsAsync();

        await page.FillAsync("#holidays", "2099-01-21/2099-01-27, 春节, Spring Festival\n2099-01-01, 元旦, New Year");
        await page.ClickAsync("#define button");
        await visit.SeesAsync("main [role=status]", "The year 2099 is defined.");
        await visit.SeesAsync("tr:has(a[href='/calendars?year=2099#define'])", "8 free days, 1 worked Saturdays and Sundays");
        await visit.SeesAsync("tr:has(a[href='/calendars?year=2099#define'])", "2098, No. 7");
        await page.ClickAsync("a[href='/calendars?year=2099#define']");
        await page.WaitForURLAsync("**year=2099**");
        Assert.StartsWith("2099-01-01, 元旦, New Year\n2099-01-21, 春节, Spring Festival\n", await page.InputValueAsync("#holidays"), StringComparison.Ordinal);
        Assert.Equal("2099-01-17", await page.InputValueAsync("#workdays"));
        await visit.AssertFitsAsync();
        visit.AssertClean();
    }

    private async Task<Visit> SignedInAsync(string name, Role role)
    {
        await browsing.Accounts.CreateAsync(name, Password, [new Grant(role, null)]);
        var visit = await browsing.OpenAsync("zh-CN", signedIn: false);
        await visit.SignInAsync(name, Password);
        return visit;
    }

    private static string Planned(DateOnly day) => $"自 {day.ToString("yyyy年M月d日", CultureInfo.InvariantCulture)} 起";

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
