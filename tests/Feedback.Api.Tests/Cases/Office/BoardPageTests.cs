using System.Net;
using Feedback.Api.Tests.Support;
using Xunit;

namespace Feedback.Api.Tests.Cases.Office;

[Collection(OneSite.Name)]
public sealed class BoardPageTests(RunningSite site)
{
    [Fact]
    public async Task The_board_lists_the_cases_of_the_own_units_and_ones_own_and_no_others()
    {
        var hall = await site.NewHallAsync();
        using var officer = await Clerk.SignInAsync(site, $"case-officer@{hall.Id}");
        using var stranger = await Clerk.SignInAsync(site, $"case-officer@{site.ForeignHall.Id}");
        using var window = await Clerk.SignInAsync(site, $"window-staff@{hall.Window}");
        var received = await window.FileAsync(site, hall.Window, "the first");
        var other = await officer.FileAsync(site, hall.Window, "the second");

        var all = (await officer.OpenAsync("/cases?list=all")).Text;
        Assert.Contains(received.Number, all, StringComparison.Ordinal);
        Assert.Contains(other.Number, all, StringComparison.Ordinal);
        Assert.DoesNotContain(received.Number, (await officer.OpenAsync("/cases?list=mine")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(received.Number, (await stranger.OpenAsync("/cases?list=all")).Text, StringComparison.Ordinal);
        foreach (var list in new[] { "mine", "due", "all" })
        {
            var own = (await window.OpenAsync("/cases?list=" + list)).Text;
            Assert.Contains(received.Number, own, StringComparison.Ordinal);
            Assert.DoesNotContain(other.Number, own, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_tabs_count_and_only_supervision_has_its_own()
    {
        var hall = await site.NewHallAsync();
        using var officer = await Clerk.SignInAsync(site, $"case-officer@{hall.Id}");
        using var supervisor = await Clerk.SignInAsync(site, $"supervisor@{hall.Id}");
        await officer.FileAsync(site, hall.Window, "one");
        await officer.FileAsync(site, hall.Window, "two");

        var board = (await officer.OpenAsync("/cases")).Text;

        Assert.Matches("Mine\\s*<span class=\"count\">2</span>", board);
        Assert.DoesNotContain("list=to-supervise", board, StringComparison.Ordinal);
        Assert.Contains("list=to-supervise", (await supervisor.OpenAsync("/cases")).Text, StringComparison.Ordinal);
        Assert.Contains("待督办", (await supervisor.OpenAsync("/cases", "zh-CN")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_urged_stands_with_supervision_until_it_is_answered()
    {
        var hall = await site.NewHallAsync();
        using var officer = await Clerk.SignInAsync(site, $"case-officer@{hall.Id}");
        using var supervisor = await Clerk.SignInAsync(site, $"supervisor@{hall.Id}");
        var (urged, other) = (await officer.FileAsync(site, hall.Window, "one"), await officer.FileAsync(site, hall.Window, "two"));

        await supervisor.StepAsync(urged, "urge", ("reason", "asked twice by the citizen"));

        var listed = (await supervisor.OpenAsync("/cases?list=to-supervise")).Text;
        Assert.Contains(urged.Number, listed, StringComparison.Ordinal);
        Assert.DoesNotContain(other.Number, listed, StringComparison.Ordinal);
        Assert.Contains("<span class=\"few\">urged</span>", listed, StringComparison.Ordinal);
        Assert.Contains("<span class=\"few\">催办中</span>", (await officer.OpenAsync("/cases", "zh-CN")).Text, StringComparison.Ordinal);
        await officer.StepAsync(urged, "handle", ("result", "solved"));
        await officer.StepAsync(urged, "give-feedback", ("channel", "tracking"), ("outcome", "posted"), ("words", "we opened another window"));
        Assert.DoesNotContain(urged.Number, (await supervisor.OpenAsync("/cases?list=to-supervise")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<span class=\"few\">urged</span>", (await officer.OpenAsync("/cases")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_answer_owed_to_the_citizen_of_a_merged_case_stands_on_the_board_until_it_is_given()
    {
        var hall = await site.NewHallAsync();
        using var officer = await Clerk.SignInAsync(site, $"case-officer@{hall.Id}");
        var (merged, survivor) = (await officer.FileAsync(site, hall.Window, "one"), await officer.FileAsync(site, hall.Window, "two"));

        await officer.StepAsync(merged, "merge", ("into", survivor.Number));

        foreach (var list in new[] { "mine", "due" })
        {
            var listed = (await officer.OpenAsync("/cases?list=" + list)).Text;
            Assert.Contains($"data-case=\"{merged.Id}\"", listed, StringComparison.Ordinal);
            Assert.Contains("<span class=\"few\">answer owed</span>", listed, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.Redirect, (await officer.StepAsync(merged, "give-feedback", ("channel", "tracking"), ("outcome", "posted"), ("words", "we opened another window"))).Status);
        var board = (await officer.OpenAsync("/cases")).Text;
        Assert.DoesNotContain($"data-case=\"{merged.Id}\"", board, StringComparison.Ordinal);
        Assert.Contains($"data-case=\"{survivor.Id}\"", board, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_unit_that_helps_finds_the_case_on_its_board()
    {
        var (hall, helping) = (await site.NewHallAsync(), await site.NewHallAsync());
        using var officer = await Clerk.SignInAsync(site, $"case-officer@{site.District}");
        using var helper = await Clerk.SignInAsync(site, $"case-officer@{helping.Id}");
        var filed = await officer.FileAsync(site, hall.Window, "one");
        Assert.DoesNotContain(filed.Number, (await helper.OpenAsync("/cases?list=due")).Text, StringComparison.Ordinal);

        await officer.StepAsync(filed, "dispatch", ("lead", hall.Id), ("assisting", helping.Id));

        Assert.Contains("Assisting units", (await helper.OpenAsync("/cases?list=due")).Text, StringComparison.Ordinal);
        Assert.Contains(filed.Number, (await helper.OpenAsync("/cases?list=all&place=" + helping.Id)).Text, StringComparison.Ordinal);
        Assert.Contains("/steps/note-progress", await OpenSignedAsync(), StringComparison.Ordinal);

        async Task<string> OpenSignedAsync()
        {
            await officer.StepAsync(filed, "sign-for");
            return (await helper.OpenAsync("/cases/" + filed.Id)).Text;
        }
    }

    [Fact]
    public async Task A_number_leads_to_its_case_and_a_wrong_digit_is_told()
    {
        var hall = await site.NewHallAsync();
        using var officer = await Clerk.SignInAsync(site, $"case-officer@{hall.Id}");
        using var stranger = await Clerk.SignInAsync(site, $"case-officer@{site.ForeignHall.Id}");
        var filed = await officer.FileAsync(site, hall.Window, "words");

        var found = await officer.Browser.GetAsync("/cases?number=" + filed.Number.Replace("-", "", StringComparison.Ordinal));
        var wrong = await officer.OpenAsync("/cases?number=" + (filed.Number[^1] == '1' ? filed.Number[..^1] + "2" : filed.Number[..^1] + "1"));
        var foreign = await stranger.OpenAsync("/cases?number=" + filed.Number);

        Assert.Equal((HttpStatusCode.Redirect, "/cases/" + filed.Id), (found.StatusCode, found.Headers.Location!.OriginalString));
        Assert.Contains("a digit is missing or wrong", wrong.Text, StringComparison.Ordinal);
        Assert.Contains("There is no case of that number among yours", foreign.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filters_narrow_the_whole_list_and_a_foreign_place_looks_like_none()
    {
        var hall = await site.NewHallAsync(windows: 2);
        using var officer = await Clerk.SignInAsync(site, $"case-officer@{hall.Id}");
        var (first, second) = (await officer.FileAsync(site, hall.Windows[0], "one"), await officer.FileAsync(site, hall.Windows[1], "two"));

        var narrowed = (await officer.OpenAsync($"/cases?list=all&place={hall.Windows[0]}&kind=complaint&stage=registered")).Text;
        var none = (await officer.OpenAsync("/cases?list=all&kind=praise")).Text;
        var foreign = await officer.OpenAsync($"/cases?list=all&place={site.ForeignHall.Id}");
        var mistaken = await officer.OpenAsync("/cases?list=all&from=yesterday");

        Assert.Contains(first.Number, narrowed, StringComparison.Ordinal);
        Assert.DoesNotContain(second.Number, narrowed + none + foreign.Text, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (foreign.Status, mistaken.Status));
        Assert.Contains("There is no such place among yours", foreign.Text, StringComparison.Ordinal);
    }
}
