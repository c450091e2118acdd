using Feedback.Api.Tests.Support;
using Feedback.Domain.Access;
using Feedback.Domain.Organisation;
using Feedback.Domain.Platform;
using Feedback.Grains.Journal;
using Feedback.Grains.Platform;
using Xunit;

namespace Feedback.Api.Tests.Platform;

/// <summary>The page about the higher platform.</summary>
public sealed class PlatformPageTests : IAsyncLifetime
{
    private readonly RunningSite _site = new();

    public Task InitializeAsync() => _site.InitializeAsync();

    public Task DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Where_nothing_is_reported_the_page_says_so_and_the_frame_leads_there()
    {
        using var admin = await SecurityDesk.OpenAsync(_site, role: Role.SystemAdministrator);

        var (english, chinese) = (await admin.Visitor.TextAsync("/platform"), await admin.Visitor.TextAsync("/platform", "zh"));

        Assert.Contains("Nothing is reported to a higher platform", english, StringComparison.Ordinal);
        Assert.Contains("id=\"last\">never yet", english, StringComparison.Ordinal);
        Assert.Contains("未向上级平台上报", chinese, StringComparison.Ordinal);
        Assert.Contains("全部已被接收", chinese, StringComparison.Ordinal);
        Assert.Contains("href=\"/platform\"", await admin.Visitor.TextAsync("/account"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_administers_one_hall_only_is_led_nowhere_and_finds_nothing_there()
    {
        var hall = await _site.NewHallAsync();
        using var admin = await SecurityDesk.OpenAsync(_site, new NodeId(hall.Id), Role.SystemAdministrator);

        Assert.Equal(404, (int)(await admin.Visitor.GetAsync("/platform")).StatusCode);
        Assert.DoesNotContain("href=\"/platform\"", await admin.Visitor.TextAsync("/account"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_taken_and_refused_and_the_days_that_differ_are_shown_with_their_reasons()
    {
        using var admin = await SecurityDesk.OpenAsync(_site, role: Role.SystemAdministrator);
        var (now, batch) = (_site.Clock.GetUtcNow().ToUnixTimeMilliseconds(), Some.Id());
        await WriteAsync(new PlatformChange
        {
            Begin = new PlatformBatch(batch, [], now),
            Batch = batch,
            Counts = [.. from day in new[] { 1, 2, 3 } select new ReportedCount(Some.Day(day), PlatformKind.Evaluations, 1_200)],
            Rejected = [new RejectedItem("n7-1", PlatformKind.Evaluations, "window:n7", 1, Some.Day(1), "窗口编码 <b>无效</b>", now, batch, IsKnown: false)],
            End = new BatchEnd(now, 3_600, 1),
        });
        await WriteAsync(new PlatformChange
        {
            Compared = [new ComparedDay(Some.Day(1), PlatformKind.Evaluations, 1_200, now), new ComparedDay(Some.Day(2), PlatformKind.Evaluations, 1_197, now)],
        });

        var page = await (await admin.Visitor.GetAsync("/platform")).Content.ReadAsStringAsync();

        Assert.Contains("(3,600 items)", page, StringComparison.Ordinal);
        Assert.Contains("id=\"refused\">1<", page, StringComparison.Ordinal);
        Assert.Matches("(?s)data-item=\"n7-1\".*&lt;b&gt;", page);
        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
        Assert.Contains("id=\"different\">Days that differ: 1.", page, StringComparison.Ordinal);
        Assert.Equal(["equal", "−3", "not asked yet"], new[] { 1, 2, 3 }.Select(day => DifferenceOf(page, day)));

        Task WriteAsync(PlatformChange change) => _site.Service<IJournal>().WriteAsync(new JournalUnit { Platform = change });
    }

    private static string DifferenceOf(string page, int ago)
    {
        var row = page[page.IndexOf($"data-day=\"{Some.Day(ago):yyyy-MM-dd}\"", StringComparison.Ordinal)..];
        var cells = System.Net.WebUtility.HtmlDecode(row[..row.IndexOf("</tr>", StringComparison.Ordinal)]).Split("</td>");
        return cells[3][(cells[3].LastIndexOf('>') + 1)..];
    }
}
