using System.Net;
using Feedback.Api.Tests.Cases.Office;
using Feedback.Api.Tests.Support;
using Xunit;

namespace Feedback.Api.Tests.Policies;

[Collection(OneSite.Name)]
public sealed class PolicyPageTests(RunningSite site)
{
    [Fact]
    public async Task A_policy_is_set_by_its_form_and_shown_where_it_holds()
    {
        var hall = await site.NewHallAsync();
        using var administrator = await Clerk.SignInAsync(site, $"system-administrator@{hall.Id}");
        using var manager = await Clerk.SignInAsync(site, $"hall-manager@{hall.Id}");

        var set = await SetAsync(administrator, hall, "feedback", ("attempts", "7"), ("from", PolicyDesk.DayText(0)));

        Assert.Equal(HttpStatusCode.Redirect, set.Status);
        var page = (await manager.OpenAsync("/policies?node=" + hall.Id)).Text;
        Assert.Contains("<dd>7</dd>", page, StringComparison.Ordinal);
        Assert.Contains("set here", page, StringComparison.Ordinal);
        Assert.DoesNotContain("method=\"post\" action=\"/policies", page, StringComparison.Ordinal);
        Assert.Contains("本级设定", (await manager.OpenAsync("/policies?node=" + hall.Id, "zh-CN")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await manager.OpenAsync("/policies?node=" + site.ForeignHall.Id)).Status);
    }

    [Fact]
    public async Task The_rule_that_counts_silence_is_set_by_its_form_and_holds_at_once()
    {
        var hall = await site.NewHallAsync();
        using var administrator = await Clerk.SignInAsync(site, $"system-administrator@{hall.Id}");
        Assert.Equal("default-rule-off", (await site.Client.PushAsync(Some.Evaluation(hall.Window, 3, "default"))).Code);

        var set = await SetAsync(administrator, hall, "default-rule", ("used", "yes"), ("days", "7"), ("grade", "3"), ("from", PolicyDesk.DayText(0)));

        Assert.Equal(HttpStatusCode.Redirect, set.Status);
        Assert.Matches("Silence is counted</dt>\\s*<dd>yes</dd>", (await administrator.OpenAsync("/policies?node=" + hall.Id)).Text);
        Assert.Contains("默认评价规则", (await administrator.OpenAsync("/policies?node=" + hall.Id, "zh-CN")).Text, StringComparison.Ordinal);
        Assert.Equal(201, (await site.Client.PushAsync(Some.Evaluation(hall.Window, 3, "default"))).Status);
        Assert.Equal("default-rule-grade", (await site.Client.PushAsync(Some.Evaluation(hall.Window, 4, "default"))).Code);
    }

    [Fact]
    public async Task Bad_input_names_the_field_and_keeps_what_was_typed()
    {
        var hall = await site.NewHallAsync();
        using var administrator = await Clerk.SignInAsync(site, $"system-administrator@{hall.Id}");

        var number = await SetAsync(administrator, hall, "feedback", ("attempts", "many"), ("from", PolicyDesk.DayText(1)));
        var document = await SetAsync(administrator, hall, "case-limits", ("text", """{"rules":[{"kind":"nonsense","limits":{}}]}"""), ("from", PolicyDesk.DayText(1)));
        var day = await SetAsync(administrator, hall, "reopen", ("within", "30d"), ("times", "2"), ("from", PolicyDesk.DayText(-2)));

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (number.Status, document.Status, day.Status));
        Assert.Contains("'Attempts to reach a citizen' must be a whole number within 1–20", number.Text, StringComparison.Ordinal);
        Assert.Matches("name=\"attempts\" value=\"many\"[^>]*aria-invalid=\"true\"", number.Text);
        Assert.Contains("rules[0].kind", document.Text, StringComparison.Ordinal);
        Assert.Contains("\"nonsense\"", document.Text, StringComparison.Ordinal);
        Assert.Matches("name=\"from\"[^>]*aria-invalid=\"true\"", day.Text);
    }

    [Fact]
    public async Task Somebody_who_was_quicker_is_told()
    {
        var hall = await site.NewHallAsync();
        using var administrator = await Clerk.SignInAsync(site, $"system-administrator@{hall.Id}");
        await SetAsync(administrator, hall, "feedback", ("attempts", "4"), ("from", PolicyDesk.DayText(1)));

        var late = await SetAsync(administrator, hall, "feedback", ("attempts", "5"), ("from", PolicyDesk.DayText(1)), ("after", "0"));

        Assert.Equal(HttpStatusCode.PreconditionFailed, late.Status);
        Assert.Contains("What you typed is still here", late.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"5\"", late.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_year_is_defined_from_pasted_lines_and_a_bad_line_is_told()
    {
        using var administrator = await Clerk.SignInAsync(site, "system-administrator");
        var seal = await administrator.SealAsync("/calendars");

        var bad = await SendAsync("2051-02-11/2051-02-17, 春节, Spring Festival\n2051-13-01, 元旦");
        var good = await SendAsync("2051-02-11/2051-02-17, 春节, Spring Festival");

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.Redirect), (bad.Status, good.Status));
        Assert.Contains("2051-13-01", bad.Text, StringComparison.Ordinal);
        Assert.Matches("name=\"holidays\"[^>]*aria-invalid=\"true\"", bad.Text);
        Assert.Equal(7, site.Bureau.Current.Policies.Calendar.Year(2051)!.Holidays.Length);
        Assert.Contains("State Council", (await administrator.OpenAsync("/calendars?year=2051")).Text, StringComparison.Ordinal);

        async Task<(HttpStatusCode Status, string Text)> SendAsync(string holidays) => await Clerk.ReadAsync(await administrator.Browser.PostAsync(
            "/calendars", ("form", seal), ("year", "2051"), ("source", "State Council"), ("holidays", holidays), ("workdays", "2051-02-04")));
    }

    [Fact]
    public async Task Administrators_are_told_on_their_pages_of_a_year_that_is_missing()
    {
        var hall = await site.NewHallAsync();
        using var administrator = await Clerk.SignInAsync(site, "system-administrator");
        using var manager = await Clerk.SignInAsync(site, $"hall-manager@{hall.Id}");

        var missing = site.Bureau.Current.Policies.Calendar.MissingOn(DateOnly.FromDateTime(site.Clock.GetUtcNow().UtcDateTime));
        var pages = new[] { (await administrator.OpenAsync("/policies")).Text, (await administrator.OpenAsync("/cluster")).Text };

        Assert.All(pages, page => Assert.Equal(missing is not null, page.Contains("id=\"calendar-missing\"", StringComparison.Ordinal)));
        Assert.DoesNotContain("calendar-missing", (await manager.OpenAsync("/policies")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("calendar-missing", (await administrator.OpenAsync("/calendars")).Text, StringComparison.Ordinal);
    }

    private static async Task<(HttpStatusCode Status, string Text)> SetAsync(Clerk clerk, OpenHall hall, string subject, params (string, string)[] fields) =>
        await Clerk.ReadAsync(await clerk.Browser.PostAsync("/policies", [("form", await clerk.SealAsync("/policies?node=" + hall.Id)), ("node", hall.Id), ("subject", subject), .. fields]));
}
