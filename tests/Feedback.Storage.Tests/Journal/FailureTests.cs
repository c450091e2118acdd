using Dapper;
using Feedback.Domain.Journal;
using Feedback.Grains.Journal;
using Feedback.Storage.Journal;
using Feedback.Storage.Tests.Support;
using Xunit;

namespace Feedback.Storage.Tests.Journal;

public sealed class FailureTests
{
    [Theory, EveryDatabase]
    public async Task One_bad_value_fails_only_its_caller(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        var (key, text) = Some.Sealed();
        await silo.Journal.WriteAsync(new JournalUnit { SubjectKeys = [key], Personal = [text] });

        // Number 17 brings a reference that another row has already; PostgreSQL also refuses what is not UTF-8.
        var writes = Enumerable.Range(0, 60).Select(i => silo.Journal.WriteAsync(
            (i, database) switch
            {
                (17, _) => StreamTail.Of(Some.Stream(i)).Unit(Some.Stream(i)) with { Personal = [text] },
                (40, Database.Postgres) => new JournalUnit { Append = new Append(Some.Stream(i), StreamTail.Of(Some.Stream(i)).Next([[0x22, 0xFF, 0x22]], 1)) },
                _ => StreamTail.Of(Some.Stream(i)).Unit(Some.Stream(i)) with { SubjectKeys = [Some.Sealed().Key] },
            })).ToList();
        await Task.WhenAll(writes.Select(write => write.ContinueWith(_ => { }, TaskScheduler.Default)));

        int[] bad = database == Database.Postgres ? [17, 40] : [17];
        await Task.WhenAll(writes.Where((_, i) => !bad.Contains(i)));
        Assert.Equal(bad, writes.Index().Where(write => write.Item.IsFaulted).Select(write => write.Index));
        var heads = await silo.Journal.HeadsAsync([.. Enumerable.Range(0, 60).Select(Some.Stream)]);
        Assert.All(heads, head => Assert.Equal(bad.Contains((int)int.Parse(head.Key.AsWindow!.Value.Value[1..])) ? 0 : 1, head.Value));
        await using var connection = await place.ConnectAsync();
        Assert.Equal(60 - bad.Length + 1, await connection.ExecuteScalarAsync<long>("select count(*) from subject_keys"));
    }

    [Theory, EveryDatabase]
    public async Task A_full_queue_is_refused_at_once_and_what_waited_is_stored(Database database)
    {
        const int Waiting = 8;
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync(new JournalLimits { Waiting = Waiting, UnitsPerCommit = 1 });
        await silo.Journal.AppendAsync(Some.Stream(), (1, 1));

        // Somebody else keeps the journal from being written, so what the writer has taken stays in its hands.
        await using var connection = await place.ConnectAsync();
        await using var blocking = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync(database == Database.Postgres ? "lock table journal in exclusive mode" : "update meta set value = value", transaction: blocking);
        var writes = new List<Task>();
        Task? refused = null;
        for (var i = 2; refused is null; i++)
        {
            var write = silo.Journal.WriteAsync(StreamTail.Of(Some.Stream(i)).Unit(Some.Stream(i)));
            if (write.IsFaulted)
                refused = write;
            else
                writes.Add(write);
        }

        Assert.IsType<JournalBusyException>(refused.Exception!.InnerException);
        Assert.InRange(writes.Count, Waiting, Waiting + 3);
        await blocking.RollbackAsync();
        await Task.WhenAll(writes);
    }

    [Theory, EveryDatabase]
    public async Task A_restored_database_stops_the_old_writer(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var old = await place.OpenAsync();
        await old.Journal.AppendAsync(Some.Stream(1), (1, 1));
        var before = await old.Journal.GenerationAsync();

        await place.RenewGenerationAsync();

        Assert.NotEqual(before, await old.Journal.GenerationAsync());
        await Assert.ThrowsAsync<GenerationChangedException>(() => old.Journal.AppendAsync(Some.Stream(2), (1, 1)));
        await Assert.ThrowsAsync<GenerationChangedException>(() => old.Journal.WriteAsync(new JournalUnit { Days = [Some.Day()] }));
        await Assert.ThrowsAsync<GenerationChangedException>(() => old.Probe.CommitAsync());
        Assert.Equal(0, (await old.Journal.HeadsAsync([Some.Stream(2)]))[Some.Stream(2)]);
    }

    [Theory, EveryDatabase]
    public async Task The_probe_commits_and_changes_nothing_anybody_reads(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();

        await silo.Probe.CommitAsync();
        await silo.Probe.CommitAsync();

        Assert.Empty(await silo.Journal.StreamsAsync());
    }

    [Theory, EveryDatabase]
    public async Task A_stopped_writer_has_stored_what_waited_and_takes_no_more(Database database)
    {
        await using var place = await Place.NewAsync(database);
        var silo = await place.OpenAsync();
        var journal = silo.Journal;
        var writes = Enumerable.Range(0, 200).Select(i => journal.WriteAsync(StreamTail.Of(Some.Stream(i)).Unit(Some.Stream(i)))).ToList();

        await silo.DisposeAsync();

        await Task.WhenAll(writes);
        await Assert.ThrowsAsync<JournalBusyException>(() => journal.AppendAsync(Some.Stream(999), (1, 1)));
    }
}
