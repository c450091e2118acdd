using System.Globalization;
using Feedback.Domain.Organisation;
using Feedback.Grains.Audit;
using Feedback.Grains.Journal;
using Feedback.Grains.Tests.Support;
using Feedback.TestSupport;
using Xunit;

namespace Feedback.Grains.Tests.Audit;

public sealed class RecordTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string JournalFile => _folder["journal.db"];

    [Fact]
    public async Task An_entry_is_stored_with_everything_before_its_caller_goes_on()
    {
        await using var trail = await Trail.StartAsync(JournalFile);
        await trail.Audit.RecordAsync(new AuditEntry("identity.unmasked", "account:lin")
        {
            Target = "n7#2",
            Node = new NodeId("n7"),
            Reason = "call back",
            Address = "10.0.0.7",
        });

        var entry = Assert.Single(await trail.EntriesAsync());
        Assert.Equal(("identity.unmasked", "account:lin", "n7#2", new NodeId("n7"), "call back", "10.0.0.7", false, trail.Now, 1L, (long?)null),
            (entry.Act, entry.Actor, entry.Target, entry.Node, entry.Reason, entry.Address, entry.Refused, entry.At, entry.Count, entry.FirstAt));
    }

    [Fact]
    public async Task What_was_done_before_it_could_be_stored_keeps_its_time()
    {
        await using var trail = await Trail.StartAsync(JournalFile);
        await trail.Audit.RecordAsync(new AuditEntry("account.opened", "verb") { At = trail.Now - 3_600_000 });
        await trail.Audit.RecordAsync(new AuditEntry("account.opened", "verb") { At = trail.Now - (3 * 86_400_000), Reason = "reader@n1" });

        var entries = await trail.EntriesAsync();
        Assert.Equal((trail.Now - 3_600_000, null), (entries[0].At, entries[0].Reason));
        Assert.Equal((trail.Now, DateTimeOffset.FromUnixTimeMilliseconds(trail.Now).AddDays(-3).ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) + " reader@n1"), (entries[1].At, entries[1].Reason));
    }

    [Fact]
    public async Task Callers_at_the_same_time_share_appends_and_keep_their_order()
    {
        await using var trail = await Trail.StartAsync(JournalFile);
        var gate = trail.Journal.HoldNext(Trail.IsAudit);
        var calls = new List<Task> { trail.Audit.RecordAsync(Numbered(0)) };
        await gate.ReachedAsync();
        for (var i = 1; i < 150; i++)
            calls.Add(trail.Audit.RecordAsync(Numbered(i)));
        gate.Open();
        await Until.EndsAsync(Task.WhenAll(calls));

        Assert.Equal([1, 100, 49], (await trail.RowsAsync()).Select(row => row.Count));
        Assert.Equal(Enumerable.Range(0, 150).Select(i => Numbered(i).Target), (await trail.EntriesAsync()).Select(entry => entry.Target));
    }

    [Fact]
    public async Task A_server_and_a_verb_beside_it_lose_nothing_and_each_keeps_its_order()
    {
        await using var server = await Trail.StartAsync(JournalFile);
        await server.Audit.RecordAsync(Numbered(0));
        await using var verb = await Trail.StartAsync(JournalFile);
        for (var round = 0; round < 20; round++)
        {
            // Whoever is behind finds out by the fence; after each round it is the other's turn to be.
            await Until.EndsAsync(Task.WhenAll(server.Audit.RecordAsync(Numbered(round, "server")), server.Audit.RecordAsync(Numbered(round + 100, "server")),
                verb.Audit.RecordAsync(Numbered(round, "verb")), verb.Audit.RecordAsync(Numbered(round + 100, "verb"))));
        }

        var entries = await server.EntriesAsync();
        Assert.Equal(1 + (4 * 20), entries.Count);
        foreach (var actor in new[] { "server", "verb" })
            Assert.Equal(Enumerable.Range(0, 20).SelectMany(i => new[] { $"{i}", $"{i + 100}" }), entries.Where(entry => entry.Actor == actor).Select(entry => entry.Target));
    }

    [Fact]
    public async Task A_journal_that_takes_nothing_lets_nobody_act()
    {
        await using var trail = await Trail.StartAsync(JournalFile);
        trail.Journal.RefuseNext(Trail.IsAudit);
        await Assert.ThrowsAsync<JournalBusyException>(() => trail.Audit.RecordAsync(Numbered(1)));
        trail.Journal.FailBeforeNext(Trail.IsAudit);
        await Assert.ThrowsAsync<JournalBusyException>(() => trail.Audit.RecordAsync(Numbered(2)));
        Assert.Empty(await trail.EntriesAsync());

        await trail.Audit.RecordAsync(Numbered(3));
        Assert.Equal("3", Assert.Single(await trail.EntriesAsync()).Target);
    }

    [Fact]
    public async Task Where_the_outcome_is_unknown_the_next_entry_goes_behind_what_was_stored()
    {
        await using var trail = await Trail.StartAsync(JournalFile);
        trail.Journal.FailAfterNext(Trail.IsAudit);
        await Assert.ThrowsAsync<JournalBusyException>(() => trail.Audit.RecordAsync(Numbered(1)));
        await trail.Audit.RecordAsync(Numbered(2));
        Assert.Equal(["1", "2"], (await trail.EntriesAsync()).Select(entry => entry.Target));
    }

    [Fact]
    public async Task Nobody_waits_longer_than_two_seconds_and_nothing_overtakes_what_is_on_its_way()
    {
        await using var trail = await Trail.StartAsync(JournalFile);
        var gate = trail.Journal.HoldNext(Trail.IsAudit);
        var slow = trail.Audit.RecordAsync(Numbered(1));
        await gate.ReachedAsync();
        trail.Clock.Advance(TimeSpan.FromSeconds(2));
        await Assert.ThrowsAsync<JournalBusyException>(() => Until.EndsAsync(slow));
        var next = trail.Audit.RecordAsync(Numbered(2));
        gate.Open();
        await Until.EndsAsync(next);
        Assert.Equal(["1", "2"], (await trail.EntriesAsync()).Select(entry => entry.Target));
    }

    [Fact]
    public async Task What_no_database_keeps_as_text_or_is_too_long_is_mended_and_recorded()
    {
        await using var trail = await Trail.StartAsync(JournalFile);
        await trail.Audit.RecordAsync(new AuditEntry("a", "b") { Target = "x\0y\uD800z", Reason = new string('长', 499) + "😀😀" });
        var entry = Assert.Single(await trail.EntriesAsync());
        Assert.Equal("x\uFFFDy\uFFFDz", entry.Target);
        Assert.Equal(new string('长', 499) + "…", entry.Reason);
    }

    public void Dispose() => _folder.Dispose();

    private static AuditEntry Numbered(int number, string actor = "account:lin") =>
        new("key.issued", actor) { Target = number.ToString(CultureInfo.InvariantCulture) };
}
