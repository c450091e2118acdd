using System.Net;
using Feedback.Api.Tests.Support;
using Feedback.TestSupport;
using Xunit;

namespace Feedback.Api.Tests.Cases.Office;

/// <summary>Cases that may be about the same, on the card.</summary>
[Collection(OneSite.Name)]
public sealed class CardDuplicateTests(RunningSite site)
{
    private const string Section = "id=\"alike\"";

    [Fact]
    public async Task What_may_be_the_same_stands_on_the_card_and_its_form_merges_the_case_into_it()
    {
        var hall = await site.NewHallAsync();
        using var officer = await Clerk.SignInAsync(site, $"case-officer@{hall.Id}");
        var first = await officer.FileAsync(site, hall.Window, "nobody was at the window for three hours");
        Assert.DoesNotContain(Section, (await officer.OpenAsync("/cases/" + first.Id)).Text, StringComparison.Ordinal);
        var second = await officer.FileAsync(site, hall.Window, "for three hours nobody was at the window");

        var card = (await officer.OpenAsync("/cases/" + second.Id)).Text;
        var chinese = (await officer.OpenAsync("/cases/" + second.Id, "zh-CN")).Text;

        Assert.Contains(Section, card, StringComparison.Ordinal);
        Assert.Contains($"href=\"/cases/{first.Id}\">{first.Number}</a>", card, StringComparison.Ordinal);
        Assert.Contains("similar words", card, StringComparison.Ordinal);
        Assert.Contains("Merge into " + first.Number, card, StringComparison.Ordinal);
        Assert.Contains("可能重复的事项", chinese, StringComparison.Ordinal);
        Assert.Contains("并入" + first.Number, chinese, StringComparison.Ordinal);

        var done = await officer.StepAsync(second, "merge", card, ("into", first.Number));

        Assert.True(done.Status == HttpStatusCode.Redirect, done.Text);
        var merged = (await officer.OpenAsync("/cases/" + second.Id)).Text;
        Assert.Contains("<dt>Merged into</dt>", merged, StringComparison.Ordinal);
        Assert.DoesNotContain(Section, merged, StringComparison.Ordinal);
        // What was merged is no duplicate of the one that goes on.
        Assert.DoesNotContain(Section, (await officer.OpenAsync("/cases/" + first.Id)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_is_shown_a_case_that_they_may_not_open_or_from_which_they_are_kept()
    {
        var hall = await site.NewHallAsync();
        using var all = await CaseWorker.SignInAsync(site, $"case-officer@{hall.Id}");
        using var officer = await Clerk.SignInAsync(site, $"case-officer@{hall.Window}");
        using var manager = await Clerk.SignInAsync(site, $"hall-manager@{hall.Id}");
        var above = (string)(await all.FileAsync(CaseWorker.Filing(hall.Id)))["number"]!;
        var own = (string)(await all.FileAsync(CaseWorker.Filing(hall.Window)))["id"]!;
        var against = await officer.FileAsync(site, hall.Window, "she shouted at me", null, await site.NewStaffAsync());

        var told = (await all.GetAsync($"cases/{own}/duplicates")).Text;
        Assert.Contains(above, told, StringComparison.Ordinal);
        Assert.Contains(against.Number, told, StringComparison.Ordinal);

        var officers = (await officer.OpenAsync("/cases/" + own)).Text;
        Assert.Contains(against.Number, officers, StringComparison.Ordinal);
        Assert.DoesNotContain(above, officers, StringComparison.Ordinal);

        // Who leads a hall is known some seconds after the account was opened.
        await Wait.ForAsync<string>("the manager is recused", async () =>
            (await manager.OpenAsync("/cases/" + against.Id)).Text is var text && text.Contains("id=\"recused\"", StringComparison.Ordinal) ? text : null);
        var managers = await manager.OpenAsync("/cases/" + own);
        Assert.Equal(HttpStatusCode.OK, managers.Status);
        Assert.DoesNotContain(against.Number, managers.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_is_no_longer_fresh_merges_nothing_and_leaves_the_number_to_be_sent_again()
    {
        var hall = await site.NewHallAsync();
        using var officer = await Clerk.SignInAsync(site, $"case-officer@{hall.Id}");
        var first = await officer.FileAsync(site, hall.Window, "words");
        var second = await officer.FileAsync(site, hall.Window, "words");
        var old = (await officer.OpenAsync("/cases/" + second.Id)).Text;
        await officer.StepAsync(second, "note-progress", ("words", "looked at"));

        var stale = await officer.StepAsync(second, "merge", old, ("into", first.Number));

        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.Status);
        Assert.Contains($"id=\"step-merge-into\" name=\"into\" value=\"{first.Number}\"", stale.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<dt>Merged into</dt>", (await officer.OpenAsync("/cases/" + second.Id)).Text, StringComparison.Ordinal);
    }
}
