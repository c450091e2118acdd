using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Feedback.Api.Tests.Evaluations;
using Feedback.Api.Tests.Pages;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Access;
using Feedback.Domain.Keys;
using Feedback.Domain.Organisation;
using Feedback.Grains.Accounts;
using Feedback.Grains.Keys;
using Feedback.TestSupport;
using Xunit;

namespace Feedback.Api.Tests.Cases.Office;

[Collection(OneSite.Name)]
public sealed class CardPageTests(RunningSite site)
{
    [Fact]
    public async Task A_case_of_elsewhere_looks_like_none()
    {
        using var officer = await Clerk.SignInAsync(site, $"case-officer@{(await site.NewHallAsync()).Id}");
        using var stranger = await Clerk.SignInAsync(site, $"case-officer@{site.ForeignHall.Id}");
        var filed = await stranger.FileAsync(site, site.ForeignHall.Window, "words");

        var foreign = await officer.OpenAsync("/cases/" + filed.Id);
        var missing = await officer.OpenAsync("/cases/qAAAAAAAAAAAAAAAAAAAAAA");

        Assert.Equal(HttpStatusCode.NotFound, foreign.Status);
        Assert.Equal(missing.Text, foreign.Text);
        Assert.Equal(HttpStatusCode.NotFound, (await officer.Browser.PostAsync($"/cases/{filed.Id}/steps/urge", ("form", await officer.SealAsync("/cases/new")), ("version", "1"), ("reason", "now"))).StatusCode);
    }

    [Fact]
    public async Task A_program_reads_no_more_on_the_card_than_the_API_tells_it()
    {
        var hall = await site.NewHallAsync();
        using var officer = await Clerk.SignInAsync(site, $"case-officer@{hall.Id}");
        var filed = await officer.FileAsync(site, hall.Window, "please call 13812345678");
        await officer.StepAsync(filed, "note-progress", ("words", "an inner note"));
        var token = KeyIssue.NewSecret(KeyPurpose.Read);
        await KeyIssue.ApiTokenAsync(site.Bureau, new NodeId(hall.Id), token, site.Clock, [Permission.ReadCases]);

        var card = await site.Client.GetAsync("/cases/" + filed.Id, token);

        Assert.Equal(200, card.Status);
        Assert.Contains("please call", card.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("13812345678", card.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("an inner note", card.Text, StringComparison.Ordinal);
        var own = (await officer.OpenAsync("/cases/" + filed.Id)).Text;
        Assert.Contains("please call 13812345678", own, StringComparison.Ordinal);
        Assert.Contains("an inner note", own, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_leads_the_person_complained_of_reads_no_word_of_it_and_is_told_why()
    {
        var (hall, code) = (await site.NewHallAsync(), await site.NewStaffAsync());
        using var officer = await Clerk.SignInAsync(site, $"case-officer@{hall.Id}");
        using var manager = await Clerk.SignInAsync(site, $"hall-manager@{hall.Id}");
        var filed = await officer.FileAsync(site, hall.Window, "she shouted at me", "13812345678", code);

        // Who leads a hall is known some seconds after the account was opened.
        var card = await Wait.ForAsync<string>("the manager is recused", async () =>
            (await manager.OpenAsync("/cases/" + filed.Id)).Text is var text && text.Contains("id=\"recused\"", StringComparison.Ordinal) ? text : null);

        Assert.DoesNotContain("she shouted at me", card, StringComparison.Ordinal);
        Assert.DoesNotContain("/contact", card, StringComparison.Ordinal);
        Assert.DoesNotContain("/steps/", card, StringComparison.Ordinal);
        Assert.DoesNotContain($"<dd>{code}</dd>", card, StringComparison.Ordinal);
        Assert.Contains("回避", (await manager.OpenAsync("/cases/" + filed.Id, "zh-CN")).Text, StringComparison.Ordinal);
        Assert.Contains("she shouted at me", (await officer.OpenAsync("/cases/" + filed.Id)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_was_rated_is_shown_days_only_no_grade_and_no_way_to_the_rating_and_no_row_of_it()
    {
        var (hall, code) = (await site.NewHallAsync(), await site.NewStaffAsync());
        using var officer = await Clerk.SignInAsync(site, $"case-officer@{hall.Id}");
        using var rated = await Clerk.SignInAsync(site, $"case-officer@{hall.Id}");
        Assert.Equal(AccountOutcome.Done, await site.Service<IAccounts>().SetStaffAsync(rated.Name, code));
        var signedIn = new JsonObject { ["staff"] = code, ["occurredAt"] = Some.Time(TimeSpan.FromMinutes(30)) };
        Assert.Equal(200, (await site.Client.PushAsync(signedIn, $"/api/v1/windows/{hall.Window}/staff")).Status);
        await site.Client.PushAsync(Some.Evaluation(hall.Window, grade: 1, occurredAt: Some.Time(TimeSpan.FromMinutes(5))));
        var id = await Wait.ForAsync<string>("the bad rating is a case", async () =>
            Regex.Match((await officer.OpenAsync("/cases?list=all")).Text, "data-case=\"([^\"]+)\"") is { Success: true } found ? found.Groups[1].Value : null);

        var (own, shown) = ((await officer.OpenAsync("/cases/" + id)).Text, (await rated.OpenAsync("/cases/" + id)).Text);

        foreach (var told in new[] { "[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}", "Very dissatisfied", "/evaluations\\?" })
        {
            Assert.Matches(told, own);
            Assert.DoesNotMatch(told, shown);
        }

        Assert.Contains("id=\"recused\"", shown, StringComparison.Ordinal);
        Assert.DoesNotContain(id, (await rated.OpenAsync("/cases?list=all")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_complained_of_is_named_by_a_form_that_tells_who_was_named_before()
    {
        var (hall, code) = (await site.NewHallAsync(), await site.NewStaffAsync());
        using var officer = await Clerk.SignInAsync(site, $"case-officer@{hall.Id}");
        var filed = await officer.FileAsync(site, hall.Window, "words");

        var unknown = await officer.StepAsync(filed, "name-persons", ("about", "s-nobody-at-all"));
        Assert.Equal(HttpStatusCode.BadRequest, unknown.Status);
        Assert.Contains("id=\"step-name-persons-wrong\">There is no member of staff 's-nobody-at-all'.", unknown.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await officer.StepAsync(filed, "name-persons", ("about", code))).Status);

        var card = (await officer.OpenAsync("/cases/" + filed.Id)).Text;
        Assert.Contains($"<dd>{code}</dd>", card, StringComparison.Ordinal);
        Assert.Contains($"Complained of: {code}", card, StringComparison.Ordinal);
        Assert.Contains($"name=\"about\" value=\"{code}\"", card, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await officer.StepAsync(filed, "name-persons", ("about", ""))).Status);
        Assert.Contains("不再指明被投诉人员", (await officer.OpenAsync("/cases/" + filed.Id, "zh-CN")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_case_is_handled_answered_called_back_and_closed_by_forms()
    {
        var hall = await site.NewHallAsync();
        using var officer = await Clerk.SignInAsync(site, $"case-officer@{hall.Id}");
        using var supervisor = await Clerk.SignInAsync(site, $"supervisor@{hall.Id}");
        var filed = await officer.FileAsync(site, hall.Window, "words", "13812345678");
        Assert.Contains("It cannot be closed before the citizen has an answer", (await officer.OpenAsync("/cases/" + filed.Id)).Text, StringComparison.Ordinal);

        foreach (var (clerk, step, fields) in new (Clerk, string, (string, string)[])[]
        {
            (officer, "handle", [("result", "solved"), ("words", "the queue is shorter")]),
            (officer, "give-feedback", [("channel", "phone"), ("outcome", "reached"), ("words", "we opened another window")]),
            (supervisor, "call-back", [("reached", "yes"), ("solved", "yes"), ("grade", "5")]),
            (officer, "close", []),
        })
        {
            var done = await clerk.StepAsync(filed, step, fields);
            Assert.True(done.Status == HttpStatusCode.Redirect, step + done.Text);
        }

        var card = (await officer.OpenAsync("/cases/" + filed.Id)).Text;
        Assert.Contains("Closed: the citizen confirmed it", card, StringComparison.Ordinal);
        Assert.Contains("we opened another window", card, StringComparison.Ordinal);
        Assert.Contains("已结案", (await officer.OpenAsync("/cases/" + filed.Id, "zh-CN")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stale_form_changes_nothing_shows_the_fresh_card_and_keeps_what_was_typed()
    {
        var hall = await site.NewHallAsync();
        using var officer = await Clerk.SignInAsync(site, $"case-officer@{hall.Id}");
        var filed = await officer.FileAsync(site, hall.Window, "words");
        var old = (await officer.OpenAsync("/cases/" + filed.Id)).Text;
        await officer.StepAsync(filed, "note-progress", ("words", "the first note"));

        var stale = await officer.StepAsync(filed, "note-progress", old, ("words", "the <second> note"), ("told", "on"));

        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.Status);
        Assert.Contains("Somebody changed it since", stale.Text, StringComparison.Ordinal);
        Assert.Contains("the first note", stale.Text, StringComparison.Ordinal);
        Assert.Contains(">the <second> note</textarea>", stale.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<blockquote lang=\"\">the <second>", stale.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await officer.StepAsync(filed, "note-progress", stale.Text, ("words", "the <second> note"))).Status);
    }

    [Fact]
    public async Task A_refused_step_says_why_beside_its_form_in_the_pages_language_and_keeps_what_was_typed()
    {
        var hall = await site.NewHallAsync();
        using var officer = await Clerk.SignInAsync(site, $"case-officer@{hall.Id}");
        var filed = await officer.FileAsync(site, hall.Window, "words", "13812345678");
        await officer.StepAsync(filed, "handle", ("result", "explained"));
        var card = (await officer.OpenAsync("/cases/" + filed.Id)).Text;

        (string, string)[] fields = [("channel", "tracking"), ("outcome", "posted"), ("words", "a long answer")];
        var refused = await officer.StepAsync(filed, "give-feedback", fields);
        var chinese = await Clerk.ReadAsync(await officer.Browser.PostInAsync("zh-CN", $"/cases/{filed.Id}/steps/give-feedback", [("form", Visitor.SealOf(card)), ("version", "99"), .. fields]));

        Assert.Contains("id=\"step-give-feedback-wrong\">The citizen left a contact", refused.Text, StringComparison.Ordinal);
        Assert.Contains(">a long answer</textarea>", refused.Text, StringComparison.Ordinal);
        Assert.Contains("<option value=\"tracking\" selected", refused.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.PreconditionFailed, chinese.Status);
        Assert.Contains("已被他人更新", chinese.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_step_calls_the_field_as_its_form_does()
    {
        var hall = await site.NewHallAsync();
        using var officer = await Clerk.SignInAsync(site, $"case-officer@{hall.Id}");
        var filed = await officer.FileAsync(site, hall.Window, "words");
        (string, string)[] fields = [("clock", "completion"), ("limit", "soon"), ("reason", "parts are missing")];

        var refused = await officer.StepAsync(filed, "ask-extension", fields);
        var chinese = await Clerk.ReadAsync(await officer.Browser.PostInAsync(
            "zh-CN", $"/cases/{filed.Id}/steps/ask-extension", [("form", Visitor.SealOf(refused.Text)), ("version", "1"), .. fields]));

        Assert.Contains("'New limit, from the start on (5wd working days, 7d days, 24h hours)' must be a limit", refused.Text, StringComparison.Ordinal);
        Assert.Contains("“新时限，从起算时计（5wd 工作日、7d 自然日、24h 小时）”应为时限", chinese.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_closes_a_case_without_an_answer_by_a_form_of_their_own()
    {
        var hall = await site.NewHallAsync();
        using var officer = await Clerk.SignInAsync(site, $"case-officer@{hall.Id}");
        var filed = await officer.FileAsync(site, hall.Window, "words");

        var refused = await officer.StepAsync(filed, "close");

        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("The citizen has no answer yet", refused.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("steps/close", (await officer.OpenAsync("/cases/" + filed.Id)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_contact_is_told_for_a_reason_that_is_kept_and_to_those_only_who_may_be_told()
    {
        var hall = await site.NewHallAsync();
        using var officer = await Clerk.SignInAsync(site, $"case-officer@{hall.Id}");
        using var supervisor = await Clerk.SignInAsync(site, $"supervisor@{hall.Id}");
        using var auditor = await Official.SignInAsync(site, "audit-administrator");
        var filed = await officer.FileAsync(site, hall.Window, "words", "call 13812345678");
        var seal = await officer.SealAsync("/cases/" + filed.Id);

        var silent = await Clerk.ReadAsync(await officer.Browser.PostAsync($"/cases/{filed.Id}/contact", ("form", seal), ("reason", "why")));
        var told = await Clerk.ReadAsync(await officer.Browser.PostAsync($"/cases/{filed.Id}/contact", ("form", seal), ("reason", "to tell the answer")));

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.OK), (silent.Status, told.Status));
        Assert.Contains("<strong id=\"contact\">call 13812345678</strong>", told.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("13812345678", silent.Text + (await officer.OpenAsync("/cases/" + filed.Id)).Text, StringComparison.Ordinal);
        Assert.DoesNotContain($"/cases/{filed.Id}/contact", (await supervisor.OpenAsync("/cases/" + filed.Id)).Text, StringComparison.Ordinal);
        await officer.StepAsync(filed, "handle", ("result", "solved"));
        Assert.Contains($"/cases/{filed.Id}/contact", (await supervisor.OpenAsync("/cases/" + filed.Id)).Text, StringComparison.Ordinal);
        Assert.Contains("to tell the answer", (await auditor.GetAsync("/api/v1/audit?target=" + filed.Id)).Json.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_gives_a_person_away_is_taken_out_of_a_reason()
    {
        var hall = await site.NewHallAsync();
        using var supervisor = await Clerk.SignInAsync(site, $"supervisor@{hall.Id}");
        var filed = await supervisor.FileAsync(site, hall.Window, "words");

        Assert.Equal(HttpStatusCode.Redirect, (await supervisor.StepAsync(filed, "urge", ("reason", "asked by 13812345678 twice"))).Status);

        var card = (await supervisor.OpenAsync("/cases/" + filed.Id)).Text;
        Assert.Contains("〔•••〕", card, StringComparison.Ordinal);
        Assert.DoesNotContain("13812345678", card, StringComparison.Ordinal);
    }
}
