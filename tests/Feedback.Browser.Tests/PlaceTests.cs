using System.Globalization;
using Feedback.Browser.Tests.Support;
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
        await visit.GoAsync($"/nodes/{browsing.Hall}?period=year");

        var download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.ClickAsync(".csv"));

        var lines = await File.ReadAllLinesAsync((await download.PathAsync())!);
        Assert.Equal(1 + 1 + await visit.Page.Locator(".children tbody tr").CountAsync(), lines.Length);
        Assert.StartsWith(browsing.Hall + "-", download.SuggestedFilename, StringComparison.Ordinal);
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
        await visit.GoAsync($"/nodes/{browsing.Hall}?period=today");
        await visit.Page.WaitForSelectorAsync("body[data-ready]");
        var cell = visit.Page.Locator("#grades [data-grade='1'] td").First;
        var before = int.Parse(await cell.InnerTextAsync(), CultureInfo.InvariantCulture);
        var row = visit.Page.Locator($"tr[data-node={browsing.Window}] .number");
        await visit.Page.EvaluateAsync("window.sameDocument = true");

        await browsing.PushAsync(Browsing.Evaluations(browsing.Window, "live", good: 0, bad: 3));

        await Assertions.Expect(cell).ToHaveTextAsync($"{before + 3}", new() { Timeout = 30_000 });
        Assert.True(int.Parse(await row.InnerTextAsync(), CultureInfo.InvariantCulture) >= 3);
        Assert.True(await visit.Page.EvaluateAsync<bool>("window.sameDocument === true"));
        Assert.Equal("Live", await visit.TextAsync("#state"));
        visit.AssertClean();
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
