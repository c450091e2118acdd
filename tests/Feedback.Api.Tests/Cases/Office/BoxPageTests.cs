using System.Net;
using System.Text.RegularExpressions;
using Feedback.Api.Tests.Pages;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Organisation;
using Feedback.Grains.Boxes;
using Xunit;

namespace Feedback.Api.Tests.Cases.Office;

/// <summary>Openings of suggestion boxes, on their page.</summary>
[Collection(OneSite.Name)]
public sealed class BoxPageTests(RunningSite site)
{
    private const string Page = "/cases/boxes";

    private static string OpenedAt => $"{Some.Day(2):yyyy-MM-dd}T16:00";

    [Fact]
    public async Task An_opening_is_recorded_once_with_both_who_opened_the_box_and_stands_beside_the_cases_filed()
    {
        var hall = await site.NewHallAsync();
        using var officer = await Clerk.SignInAsync(site, $"case-officer@{hall.Id}");
        using var other = await Clerk.SignInAsync(site, $"hall-manager@{hall.Id}");
        Assert.Contains($"href=\"{Page}\"", (await officer.OpenAsync("/cases")).Text, StringComparison.Ordinal);
        var empty = (await officer.OpenAsync(Page)).Text;
        Assert.Contains("No opening of this box is recorded.", empty, StringComparison.Ordinal);

        (string, string)[] form = [("form", Visitor.SealOf(empty)), ("node", hall.Id), ("openedAt", OpenedAt), ("found", "7"), ("with", other.Name)];
        var (first, again) = (await officer.SendAsync(Page, form), await officer.SendAsync(Page, form));

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Redirect), (first.StatusCode, again.StatusCode));
        var opening = Assert.Single(await site.Service<BoxOpenings>().ListAsync(new NodeId(hall.Id))).Opened;
        Assert.Equal((7, "account:" + officer.Name, "account:" + other.Name), (opening.Found, opening.By, opening.With));
        var page = (await officer.OpenAsync(first.Headers.Location!.ToString())).Text;
        Assert.Contains("The opening is recorded.", page, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(page, "data-opening="));
        Assert.Contains(OpenedAt.Replace('T', ' '), page, StringComparison.Ordinal);
        Assert.Contains(other.Name, page, StringComparison.Ordinal);
        // Seven papers, and no case yet.
        Assert.Contains("<span class=\"few\">differs</span>", page, StringComparison.Ordinal);
        Assert.Contains("共同开箱人", (await officer.OpenAsync(Page, "zh-CN")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_is_told_by_the_fields_label_what_was_typed_stays_and_nothing_is_recorded()
    {
        var hall = await site.NewHallAsync();
        using var officer = await Clerk.SignInAsync(site, $"case-officer@{hall.Id}");
        using var other = await Clerk.SignInAsync(site, $"hall-manager@{hall.Id}");
        var seal = await officer.SealAsync(Page);

        foreach (var (name, value, told) in new[]
        {
            ("with", officer.Name, "Two people open a box: 'Opened together with' must name an account other than your own."),
            ("with", "nobody-of-that-name", "There is no account 'nobody-of-that-name'."),
            ("with", "", "'Opened together with' is missing"),
            ("found", "-1", "'Papers found' must be a whole number within 0–10000."),
            ("found", "10001", "'Papers found' must be a whole number within 0–10000."),
            ("openedAt", "", "'Opened at' is missing"),
            ("openedAt", $"{Some.Day(-2):yyyy-MM-dd}T16:00", "'Opened at' lies in the future."),
        })
        {
            (string Name, string Value)[] good = [("node", hall.Id), ("openedAt", OpenedAt), ("found", "7"), ("with", other.Name)];
            var (status, text) = await Clerk.ReadAsync(await officer.SendAsync(Page, [("form", seal), .. good.Select(field => field.Name == name ? (name, value) : field)]));

            Assert.True(status == HttpStatusCode.BadRequest, $"{name} {value}: {status}");
            Assert.Contains(told, text, StringComparison.Ordinal);
            Assert.Contains(value, text, StringComparison.Ordinal);
            Assert.Matches($"name=\"{name}\"[^>]*aria-invalid=\"true\"[^>]*aria-describedby=\"wrong\"", text);
        }

        Assert.Empty(await site.Service<BoxOpenings>().ListAsync(new NodeId(hall.Id)));
    }

    [Fact]
    public async Task The_box_of_elsewhere_looks_like_none()
    {
        var hall = await site.NewHallAsync();
        using var window = await Clerk.SignInAsync(site, $"window-staff@{hall.Window}");
        var seal = await window.SealAsync(Page);

        var foreign = await window.OpenAsync($"{Page}?node={site.ForeignHall.Id}");
        var sent = await Clerk.ReadAsync(await window.SendAsync(Page, ("form", seal), ("node", site.ForeignHall.Id), ("openedAt", OpenedAt), ("found", "1"), ("with", "somebody")));

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (foreign.Status, sent.Status));
        Assert.Equal((await window.OpenAsync(Page + "?node=n999999")).Text, foreign.Text);
        Assert.Empty(await site.Service<BoxOpenings>().ListAsync(new NodeId(site.ForeignHall.Id)));
    }
}
