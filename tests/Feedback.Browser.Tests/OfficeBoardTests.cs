using Feedback.Api.Cases;
using Feedback.Browser.Tests.Support;
using Feedback.Domain.Access;
using Feedback.Domain.Cases;
using Feedback.Domain.Organisation;
using Feedback.Domain.WorkingTime;
using Feedback.TestSupport;
using Xunit;

namespace Feedback.Browser.Tests;

/// <summary>The office's board and its lists in a real browser, in both languages.</summary>
[Collection(OneBrowser.Name)]
public sealed class OfficeBoardTests(Browsing browsing)
{
    private const string Password = "a few random words";

    private static readonly string[] Lists = ["mine", "due", "overdue", "to-supervise", "to-call-back", "all"];

    private static readonly Dictionary<string, Shown> Said = new()
    {
        ["en-GB"] = new(
            "Cases", ["Mine", "Due", "Overdue", "To supervise", "To call back", "All"], "There is none.", "Register a matter", "Citizen told", "Closed", "Overdue", "under supervision",
            "Called back: reached, solved: Very satisfied", "limit 1 working day"),
        ["zh-CN"] = new(
            "事项", ["我的", "待办", "超期", "待督办", "待回访", "全部"], "没有事项。", "登记事项", "已反馈", "已结案", "超期", "督办中",
            "回访：已联系，已解决：非常满意", "时限1个工作日"),
    };

    [Theory]
    [InlineData("en-GB", 1280)]
    [InlineData("zh-CN", 390)]
    public async Task Every_list_shows_what_waits_there_until_it_is_done_on_the_card(string language, int width)
    {
        var (said, name, hall) = (Said[language], "board-officer-" + width, await browsing.OpenHallAsync("board-" + width));
        await browsing.Accounts.CreateAsync(name, Password, [new Grant(Role.CaseOfficer, new NodeId(hall)), new Grant(Role.Supervisor, new NodeId(hall))]);
        var cases = await FiledAsync(hall, name);
        await using var visit = await browsing.OpenAsync(language, width, signedIn: false);
        await visit.SignInAsync(name, Password);
        var page = visit.Page;

        await visit.GoAsync("/cases");
        await visit.SeesAsync("h1", said.Cases);
        foreach (var (label, list, listed) in said.Labels.Zip(Lists, cases.ByList))
        {
            await page.ClickAsync($"a[href='/cases?list={list}']");
            await page.WaitForURLAsync("**list=" + list);
            Assert.StartsWith(label, await visit.TextAsync("nav a[aria-current=page]"), StringComparison.Ordinal);
            Assert.Equal($"{listed.Length}", await visit.TextAsync("nav a[aria-current=page] .count"));
            Assert.Equal(listed.Order(StringComparer.Ordinal), (await ListedAsync(visit)).Order(StringComparer.Ordinal));
            if (list == "overdue")
                await visit.AssertFitsAsync();
        }

        // The one who is to be called back: called, and closed.
        await visit.GoAsync("/cases?list=to-call-back");
        await page.ClickAsync($"tr[data-case='{cases.Told}'] a");
        await visit.SeesAsync(".marks", said.Told);
        await visit.AssertFitsAsync();
        await page.SelectOptionAsync("#step-call-back-reached", "yes");
        await page.SelectOptionAsync("#step-call-back-solved", "yes");
        await page.SelectOptionAsync("#step-call-back-grade", "5");
        await page.ClickAsync("#step-call-back button");
        await page.ClickAsync("#step-close button");
        await visit.SeesAsync(".marks", said.Closed);
        await visit.SeesAsync(".timeline", said.CalledBack);
        await visit.GoAsync("/cases?list=to-call-back");
        await visit.SeesAsync(".notice.good", said.Nothing);

        // The late one tells how its deadline came about; the urged one is put under supervision.
        await visit.GoAsync("/cases/" + cases.Late);
        await visit.SeesAsync(".marks", said.Overdue);
        await page.ClickAsync(".clock[data-clock='first-response'] summary");
        await visit.SeesAsync(".clock[data-clock='first-response'] .why", said.Limit);
        await visit.GoAsync("/cases/" + cases.Urged);
        await page.ClickAsync("details:has(#step-supervise) > summary");
        await page.FillAsync("#step-supervise-reason", "asked for twice, 两次催办");
        await page.ClickAsync("#step-supervise button");
        await visit.SeesAsync(".marks", said.Supervised);

        await visit.GoAsync("/cases/new");
        await visit.SeesAsync("h1", said.Register);
        await visit.AssertFitsAsync();
        visit.AssertClean();
    }

    private static async Task<string[]> ListedAsync(Visit visit) =>
        await visit.Page.Locator("table.board tr[data-case]").EvaluateAllAsync<string[]>("rows => rows.map(row => row.getAttribute('data-case'))");

    // One's own, and those of a colleague: a late one, one that the citizen urged, one whose citizen is to be called back, and a closed one.
    private async Task<Filed> FiledAsync(string hall, string name)
    {
        var officer = new CaseActor("account:" + name) { Handles = NodeScope.At(new NodeId(hall)) };
        var colleague = officer with { Name = "account:colleague" };
        var filed = new Filed(
            await FileAsync(officer, "等候区没有座位"), await FileAsync(colleague, "叫号机坏了"), await FileAsync(colleague, "公示的电话没人接"),
            await FileAsync(colleague, "收费标准没有公示", "13812345678"), await FileAsync(colleague, "停车场的灯不亮"));
        await browsing.DoAsync(
            filed.Late, CaseActor.System, new OpenAccountability(CaseRules.ForOverdue, ClockKind.FirstResponse, Wait.Clock.GetUtcNow().AddMinutes(-1).ToUnixTimeMilliseconds()));
        await browsing.DoAsync(filed.Urged, CaseActor.Citizen, new UrgeCase(CaseReasons.Citizen));
        await browsing.AnswerAsync(filed.Told, "已在窗口公示", reached: true);
        await browsing.AnswerAsync(filed.Closed, "已换新灯");
        await browsing.DoAsync(filed.Closed, SomeCases.Clerk, new CloseCase());
        return filed;

        async Task<CaseId> FileAsync(CaseActor receiver, string words, string? contact = null) => (await browsing.FileAsync(
            new Filing(CaseKind.Complaint, CaseChannel.Window, hall) { Words = words, Contact = contact }, receiver, $"{hall}-{words}")).Id;
    }

    private sealed record Filed(CaseId Own, CaseId Late, CaseId Urged, CaseId Told, CaseId Closed)
    {
        /// <summary>Those of each list, in the order of the lists.</summary>
        public IEnumerable<string[]> ByList =>
            [Ids(Own), Ids(Own, Late, Urged, Told), Ids(Late), Ids(Late, Urged), Ids(Told), Ids(Own, Late, Urged, Told, Closed)];

        private static string[] Ids(params CaseId[] cases) => [.. cases.Select(one => one.Value)];
    }

    private sealed record Shown(
        string Cases, string[] Labels, string Nothing, string Register, string Told, string Closed, string Overdue, string Supervised, string CalledBack, string Limit);
}
