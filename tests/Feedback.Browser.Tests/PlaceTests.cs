using System.Globalization;
using Feedback.Browser.Tests.Support;
using Feedback.Domain.Access;
using Microsoft.Playwright;
using Xunit;
using Xunit.Abstractions;

namespace Feedback.Browser.Tests;

[Collection(OneBrowser.Name)]
public sealed class PlaceTests(Browsing browsing, ITestOutputHelper output)
{
    [Fact]
    public async Task One_goes_from_district_to_hall_to_window_and_back_by_the_path_above()
    {
        await using var visit = await browsing.OpenAsync();

        await visit.Page.WaitForURLAsync($"**/nodes/{browsing.District}");
        await visit.Page.ClickAsync($"tr[data-node={browsing.Hall}] a");
        await visit.Page.ClickAsync($"tr[data-node={browsing.Window}] a");
        Assert.Equal($"/nodes/{browsing.Window}?period=30days", visit.Path);
        Assert.Equal(0, await visit.Page.Locator(".children").CountAsync());
        await visit.Page.ClickAsync(".crumbs li:first-child a");

        Assert.Equal($"/nodes/{browsing.District}?period=30days", visit.Path);
        visit.AssertClean();
        output.WriteLine("Interactive after {0} ms", await visit.Page.EvaluateAsync<double>("performance.getEntriesByType('navigation')[0].domInteractive"));
    }

    [Fact]
    public async Task A_period_is_picked_kept_in_the_address_and_held_against_the_one_before()
    {
        var window = browsing.Window;
        await browsing.PushAsync(Browsing.Evaluations(window, "before", good: 60, bad: 40, daysAgo: 40));
        await browsing.PushAsync(Browsing.Evaluations(window, "now", good: 95, bad: 5, daysAgo: 20));
        await using var visit = await browsing.OpenAsync();
        await visit.GoAsync($"/nodes/{window}");

        var today = DateOnly.FromDateTime(Feedback.TestSupport.Wait.Clock.GetUtcNow().UtcDateTime);
        await visit.Page.ClickAsync("summary");
        await visit.Page.FillAsync("[name=from]", Day(today.AddDays(-24)));
        await visit.Page.FillAsync("[name=through]", Day(today.AddDays(-5)));
        await visit.Page.ClickAsync("details button");

        Assert.Contains($"period=custom&from={Day(today.AddDays(-24))}&through={Day(today.AddDays(-5))}", visit.Path, StringComparison.Ordinal);
        Assert.Contains("95.0%", await visit.TextAsync("#rate"), StringComparison.Ordinal);
        Assert.Contains("of 100 active evaluations", await visit.TextAsync("#rate"), StringComparison.Ordinal);
        var change = await visit.TextAsync("#change");
        Assert.Contains("+35.0 points up", change, StringComparison.Ordinal);
        Assert.Contains("60.0% of 100 active evaluations", change, StringComparison.Ordinal);
        Assert.Equal("95.0%", await visit.TextAsync("#grades [data-grade='5'] td:nth-child(3)"));

        await visit.Page.ClickAsync(".choices a:text('Today')");
        Assert.Contains("period=today", visit.Path, StringComparison.Ordinal);
        Assert.Equal("true", await visit.Page.GetAttributeAsync(".choices a:text('Today')", "aria-current"));
        visit.AssertClean();
    }

    [Fact]
    public async Task What_is_shown_can_be_had_as_CSV()
    {
        await using var visit = await browsing.OpenAsync();
        await RateLastWindowAsync(visit, "csv");
        await visit.GoAsync($"/nodes/{browsing.Hall}?period=year&sort=name");

        var download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.ClickAsync(".csv"));

        var lines = await File.ReadAllLinesAsync((await download.PathAsync())!);
        Assert.Equal(await PlacesAsync(visit), lines.Skip(2).Select(line => line.Split(',')[1]));
        Assert.StartsWith(browsing.Hall + "-", download.SuggestedFilename, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_places_below_are_listed_by_the_column_that_is_chosen()
    {
        await using var visit = await browsing.OpenAsync();
        var last = await RateLastWindowAsync(visit, "sorted");
        await visit.GoAsync($"/nodes/{browsing.Hall}?period=7days");

        await visit.Page.ClickAsync("thead th.number a");
        Assert.Equal($"/nodes/{browsing.Hall}?period=7days&sort=number", visit.Path);
        Assert.Equal("descending", await visit.Page.GetAttributeAsync("thead th.number", "aria-sort"));
        Assert.Equal(last, (await PlacesAsync(visit))[0]);

        await visit.Page.ClickAsync("thead th.name a");
        Assert.Equal($"/nodes/{browsing.Hall}?period=7days&sort=name", visit.Path);
        Assert.Equal("ascending", await visit.Page.GetAttributeAsync("thead th.name", "aria-sort"));
        Assert.Null(await visit.Page.GetAttributeAsync("thead th.number", "aria-sort"));
        Assert.Equal((browsing.Window, last), ((await PlacesAsync(visit))[0], (await PlacesAsync(visit))[^1]));
        visit.AssertClean();
    }

    [Fact]
    public async Task Nobody_rated_is_neither_0_nor_100_per_cent()
    {
        await using var visit = await browsing.OpenAsync();

        await visit.GoAsync($"/nodes/{browsing.Window}?period=custom&from=2001-01-01&through=2001-01-31");

        Assert.Contains("–\n\nNo active evaluation yet", await visit.TextAsync("#rate"), StringComparison.Ordinal);
        Assert.DoesNotContain("0.0%", await visit.TextAsync("#figures"), StringComparison.Ordinal);
        Assert.DoesNotContain("100", await visit.TextAsync("#figures"), StringComparison.Ordinal);
        visit.AssertClean();
    }

    [Fact]
    public async Task An_evaluation_that_comes_in_is_seen_without_reloading()
    {
        await using var visit = await browsing.OpenAsync();
        var day = DateOnly.FromDateTime(Feedback.TestSupport.Wait.Clock.GetUtcNow().UtcDateTime);
        await visit.GoAsync($"/nodes/{browsing.Hall}?period=custom&from={Day(day.AddDays(-1))}&through={Day(day.AddDays(2))}");
        await visit.Page.WaitForSelectorAsync("body[data-ready]");
        var cell = visit.Page.Locator("#grades [data-grade='1'] td").First;
        var before = int.Parse(await cell.InnerTextAsync(), CultureInfo.InvariantCulture);
        var row = visit.Page.Locator($"tr[data-node={browsing.Window}] .number");
        await visit.Page.EvaluateAsync("window.sameDocument = true");

        await browsing.PushAsync(Browsing.Evaluations(browsing.Window, "live", good: 0, bad: 3));

        await Assertions.Expect(cell).ToHaveTextAsync($"{before + 3}", new() { Timeout = 120_000 });
        Assert.True(int.Parse(await row.InnerTextAsync(), CultureInfo.InvariantCulture) >= 3);
        Assert.True(await visit.Page.EvaluateAsync<bool>("window.sameDocument === true"));
        Assert.Equal("Live", await visit.TextAsync("#state"));
        visit.AssertClean();
    }

    [Fact]
    public async Task A_view_that_was_answered_by_something_else_comes_back_by_itself()
    {
        var asked = 0;
        await using var visit = await browsing.OpenAsync();
        await visit.Page.RouteAsync("**/live*", route => ++asked == 1 ? route.FulfillAsync(new() { Status = 502 }) : route.ContinueAsync());

        foreach (var path in new[] { "/nodes/" + browsing.Hall, "/" })
        {
            // The page before asks no more: its question would be the one that is answered by something else.
            await visit.Page.GotoAsync("about:blank");
            asked = 0;
            await visit.GoAsync(path);
            await visit.Page.WaitForSelectorAsync("#state.off");
            await visit.Page.WaitForSelectorAsync("body[data-ready]");
            Assert.Equal("on", await visit.Page.GetAttributeAsync("#state", "class"));
        }
    }

    [Fact]
    public async Task A_view_whose_session_has_ended_shows_the_sign_in()
    {
        await browsing.Accounts.CreateAsync("ends", "correct horse battery", GrantText.Read("system-administrator district-manager"));
        await using var visit = await browsing.OpenAsync(signedIn: false);
        await visit.SignInAsync("ends", "correct horse battery");
        await visit.GoAsync("/nodes/" + browsing.Hall);
        // The last time that the page is fetched because something changed.
        await visit.Page.WaitForSelectorAsync("#place[data-refreshed]");

        await browsing.Accounts.DisableAsync("ends");

        await visit.Page.WaitForURLAsync("**/sign-in?back=*");
    }

    // More often than all tests rate the first one, and the page shows it.
    private async Task<string> RateLastWindowAsync(Visit visit, string id)
    {
        const int Many = 400;
        await visit.GoAsync($"/nodes/{browsing.Hall}?sort=name");
        var last = (await PlacesAsync(visit))[^1];
        await browsing.PushAsync(Browsing.Evaluations(last, id, good: Many, bad: 0));
        await Feedback.TestSupport.Wait.UntilAsync("the hall counts them", async () =>
        {
            await visit.GoAsync($"/nodes/{browsing.Hall}");
            return int.Parse(await visit.TextAsync($"tr[data-node={last}] .number"), NumberStyles.AllowThousands, CultureInfo.InvariantCulture) >= Many;
        });
        return last;
    }

    private static async Task<string[]> PlacesAsync(Visit visit) =>
        await visit.Page.Locator(".children tbody tr").EvaluateAllAsync<string[]>("rows => rows.map(row => row.dataset.node)");

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
