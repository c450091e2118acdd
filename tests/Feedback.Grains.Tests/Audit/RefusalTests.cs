using Feedback.Grains.Audit;
using Feedback.TestSupport;
using Xunit;

namespace Feedback.Grains.Tests.Audit;

public sealed class RefusalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string JournalFile => _folder["journal.db"];

    [Fact]
    public async Task A_flood_of_refusals_is_one_entry_with_a_count_within_a_minute()
    {
        await using var trail = await Trail.StartAsync(JournalFile);
        var first = trail.Now;
        for (var i = 0; i < 1000; i++)
            trail.Audit.NoteRefusal(Refused("token:k4"));
        trail.Audit.NoteRefusal(Refused("token:k5"));
        trail.Clock.Advance(TimeSpan.FromSeconds(20));
        trail.Audit.NoteRefusal(Refused("token:k4"));
        Assert.Empty(await trail.EntriesAsync());
        trail.Clock.Advance(TimeSpan.FromSeconds(40));
        await trail.HoldsAsync(2);

        var entries = await trail.EntriesAsync();
        Assert.Equal([("token:k4", 1001, first, first + 20_000, true), ("token:k5", 1, null, first, true)],
            entries.Select(entry => (entry.Actor, entry.Count, entry.FirstAt, entry.At, entry.Refused)));
    }

    [Fact]
    public async Task Each_caller_act_target_reason_and_address_is_told_apart()
    {
        await using var trail = await Trail.StartAsync(JournalFile);
        var one = Refused("token:k4");
        foreach (var entry in new[] { one, one with { Act = "other" }, one with { Reason = "key-invalid" }, one with { Address = "10.0.0.8" }, one with { Target = "n7" }, one })
            trail.Audit.NoteRefusal(entry);
        await trail.Audit.FlushAsync();
        Assert.Equal([2, 1, 1, 1, 1], (await trail.EntriesAsync()).Select(entry => entry.Count));
    }

    [Fact]
    public async Task IPv6_addresses_of_one_network_are_counted_together_and_a_single_one_is_told()
    {
        await using var trail = await Trail.StartAsync(JournalFile);
        for (var i = 1; i <= 1000; i++)
            trail.Audit.NoteRefusal(Refused("unknown") with { Address = $"2001:db8:0:7::{i:x}" });
        trail.Audit.NoteRefusal(Refused("unknown") with { Address = "2001:db8:0:8::1" });
        trail.Audit.NoteRefusal(Refused("unknown") with { Address = "::ffff:10.0.0.7" });
        trail.Audit.NoteRefusal(Refused("unknown") with { Address = "::ffff:10.0.0.8" });
        await trail.Audit.FlushAsync();

        Assert.Equal([("2001:db8:0:7::/64", 1000L), ("2001:db8:0:8::1", 1), ("::ffff:10.0.0.7", 1), ("::ffff:10.0.0.8", 1)],
            (await trail.EntriesAsync()).Select(entry => (entry.Address, (long)entry.Count)));
    }

    [Fact]
    public async Task Whoever_varies_everything_gets_one_entry_for_all_that_is_too_many()
    {
        await using var trail = await Trail.StartAsync(JournalFile);
        for (var i = 0; i < 10_000; i++)
            trail.Audit.NoteRefusal(Refused($"token:k{i}") with { Address = $"2001:db8::{i:x}" });
        await trail.Audit.FlushAsync();

        var entries = await trail.EntriesAsync();
        Assert.Equal(RefusalCounts.MostTold + 1, entries.Count);
        var others = Assert.Single(entries, entry => entry.Actor == "several");
        Assert.Equal(("refusals.others", 10_000 - RefusalCounts.MostTold), (others.Act, others.Count));
        Assert.Equal(10_000, entries.Sum(entry => entry.Count));
    }

    [Fact]
    public async Task What_was_counted_is_stored_when_the_process_stops()
    {
        await using var trail = await Trail.StartAsync(JournalFile);
        trail.Audit.NoteRefusal(Refused("token:k4"));
        await trail.StopAsync();
        Assert.Single(await trail.EntriesAsync());
    }

    [Fact]
    public async Task What_the_journal_does_not_take_is_counted_on()
    {
        await using var trail = await Trail.StartAsync(JournalFile);
        var first = trail.Now;
        trail.Audit.NoteRefusal(Refused("token:k4"));
        trail.Journal.RefuseNext(Trail.IsAudit);
        await Assert.ThrowsAsync<Journal.JournalBusyException>(trail.Audit.FlushAsync);
        trail.Clock.Advance(TimeSpan.FromSeconds(1));
        trail.Audit.NoteRefusal(Refused("token:k4"));
        await trail.Audit.FlushAsync();

        var entry = Assert.Single(await trail.EntriesAsync());
        Assert.Equal((2, first, first + 1000), (entry.Count, entry.FirstAt, entry.At));
    }

    public void Dispose() => _folder.Dispose();

    private static AuditEntry Refused(string actor) => new("charts", actor) { Reason = "forbidden", Address = "10.0.0.7", Refused = true };
}
