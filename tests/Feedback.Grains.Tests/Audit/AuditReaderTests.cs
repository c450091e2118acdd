using System.Globalization;
using Feedback.Domain.Audit;
using Feedback.Domain.Journal;
using Feedback.Grains.Audit;
using Feedback.Grains.Journal;
using Feedback.Grains.Windows;
using Feedback.TestSupport;
using Xunit;

namespace Feedback.Grains.Tests.Audit;

public sealed class AuditReaderTests : IDisposable
{
    private const int AYear = 365;
    private const int EntriesADay = 200;
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Pages_follow_each_other_from_the_newest_to_the_oldest_without_gap_or_overlap()
    {
        await using var trail = await FilledAsync(days: 6);
        var reader = new AuditReader(trail.Journal, trail.Clock);
        var (seen, query) = (new List<long>(), new AuditQuery { Act = "KEY" });
        for (AuditPage? page = null; page is null || page.Next is not null;)
        {
            page = await reader.FindAsync(query with { Before = page?.Next }, _ => true, 70);
            Assert.True(page.Lines.Count <= 70);
            seen.AddRange(page.Lines.Select(line => line.Version));
        }

        Assert.Equal(6 * EntriesADay / 2, seen.Count);
        Assert.Equal(seen.Distinct().OrderDescending(), seen);
    }

    [Fact]
    public async Task What_happened_more_than_184_days_ago_is_found_and_by_its_day_at_once()
    {
        await using var trail = await FilledAsync(AYear);
        var reader = new AuditReader(trail.Journal, trail.Clock);
        foreach (var ago in new[] { 185, 300, AYear })
        {
            var from = trail.Now - (ago * 86_400_000L);
            var page = await reader.FindAsync(new AuditQuery { From = from, To = from + 86_400_000, Refused = false }, _ => true, 200);
            Assert.Equal(EntriesADay / 2, page.Lines.Count);
            Assert.All(page.Lines, line => Assert.InRange(line.Entry.At, from, from + 86_399_999));
            Assert.Null(page.Next);
        }
    }

    [Fact]
    public async Task One_request_looks_through_so_much_at_most_and_says_where_to_look_on()
    {
        await using var trail = await FilledAsync(AYear);
        var (reader, query, requests, found) = (new AuditReader(trail.Journal, trail.Clock), new AuditQuery { Target = "first of all" }, 0, 0);
        for (AuditPage? page = null; page is null || page.Next is not null; requests++)
        {
            page = await reader.FindAsync(query with { Before = page?.Next }, _ => true, 50);
            found += page.Lines.Count;
        }

        Assert.Equal((1, 4), (found, requests));
    }

    [Fact]
    public async Task What_the_reader_may_not_see_is_not_there()
    {
        await using var trail = await FilledAsync(1);
        var page = await new AuditReader(trail.Journal, trail.Clock).FindAsync(new AuditQuery(), entry => entry.Refused, 200);
        Assert.Equal(EntriesADay / 2, page.Lines.Count);
        Assert.All(page.Lines, line => Assert.True(line.Entry.Refused));
    }

    [Fact]
    public async Task What_happened_after_a_clock_that_ran_ahead_came_back_is_found_by_its_day()
    {
        await using var trail = await FilledAsync(1);
        var now = trail.Now;
        trail.Clock.Advance(TimeSpan.FromDays(30));
        await trail.Audit.RecordAsync(new AuditEntry("key.issued", "verb"));
        trail.Clock.AdjustTime(DateTimeOffset.FromUnixTimeMilliseconds(now).AddHours(1));
        await trail.Audit.RecordAsync(new AuditEntry("key.revoked", "verb"));

        var page = await new AuditReader(trail.Journal, trail.Clock).FindAsync(new AuditQuery { From = now, To = now + 86_400_000 }, _ => true, 10);

        Assert.Equal(["key.revoked"], page.Lines.Select(line => line.Entry.Act));
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>A trail of so many days up to now, half of it refusals.</summary>
    private async Task<Trail> FilledAsync(int days)
    {
        var trail = await Trail.StartAsync(_folder["journal.db"]);
        var (tail, writes) = (StreamTail.Of(StreamName.Audit), new List<Task>());
        for (var day = days; day > 0; day--)
        {
            var at = trail.Now - (day * 86_400_000L);
            foreach (var some in Enumerable.Range(0, EntriesADay).Chunk(50))
            {
                var row = tail.Next([.. some.Select(i => EventText.Write(new AuditRecorded
                {
                    Salt = EventMint.NewSalt(),
                    Act = i % 2 == 0 ? "key.issued" : "charts",
                    Actor = "account:lin",
                    Target = day == days && i == 0 ? "first of all" : i.ToString(CultureInfo.InvariantCulture),
                    Refused = i % 2 == 1,
                    At = at + (some[0] * 100_000L) + (i - some[0]),
                }))], at + (some[0] * 100_000L) + 50);
                writes.Add(trail.Journal.WriteAsync(new JournalUnit { Append = new Append(StreamName.Audit, row) }));
                tail = StreamTail.After(row);
            }
        }

        await Task.WhenAll(writes);
        return trail;
    }
}
