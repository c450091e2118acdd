using System.Diagnostics.CodeAnalysis;
using Dapper;
using Feedback.Grains.Due;
using Feedback.Grains.Journal;
using Feedback.Storage.Due;
using Feedback.Storage.Journal.Postgres;
using Feedback.Storage.Tests.Support;
using Npgsql;
using Xunit;

namespace Feedback.Storage.Tests.Due;

/// <summary>The rows of work that waits for its time.</summary>
public sealed class DueQueueTests
{
    private static readonly DueRow First = new(3, 100, "a", """{"command":"x"}""");

    [Theory, EveryDatabase]
    public async Task Only_shards_with_something_due_are_told_and_since_when(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        var queue = silo.Get<IDueQueue>();
        await silo.Journal.WriteAsync(new JournalUnit { Due = [First, First with { Key = "b", At = 50 }, new(7, 101, "c", "{}"), new(0, 200, "d", "{}")] });

        Assert.Empty(await queue.ShardsAsync(49));
        Assert.Equal([new DueShard(3, 50)], await queue.ShardsAsync(50));
        Assert.Equal([new DueShard(3, 50)], await queue.ShardsAsync(100));
        Assert.Equal([new DueShard(3, 50), new DueShard(7, 101)], (await queue.ShardsAsync(199)).OrderBy(one => one.Shard));
        Assert.Equal((50, 101, 200, null), (await queue.NextAsync(3), await queue.NextAsync(7), await queue.NextAsync(0), await queue.NextAsync(1)));
        Assert.Equal(["b", "a"], (await queue.DueAsync(3, 100, 10)).Select(work => work.Due.Key));
        Assert.Equal(["b"], (await queue.DueAsync(3, 100, 1)).Select(work => work.Due.Key));
        Assert.Equal((1, 2, 1), (await queue.CountAsync(3, 99, 10), await queue.CountAsync(3, 100, 10), await queue.CountAsync(3, 100, 1)));
    }

    [Theory, EveryDatabase]
    public async Task Work_is_read_as_it_was_written_and_taken_away_when_done(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        var queue = silo.Get<IDueQueue>();
        await silo.Journal.WriteAsync(new JournalUnit { Due = [First, First with { Key = "b" }] });
        var work = (await queue.DueAsync(3, 100, 10))[0];
        Assert.Equal(new DueWork(First, 0), work);

        await queue.DoneAsync([work]);
        await queue.DoneAsync([work]);

        Assert.Equal(["b"], (await queue.DueAsync(3, 100, 10)).Select(one => one.Due.Key));
    }

    [Theory, EveryDatabase]
    public async Task A_silo_that_outlived_a_restore_takes_no_work_away(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        var queue = silo.Get<IDueQueue>();
        await silo.Journal.WriteAsync(new JournalUnit { Due = [First] });
        var work = (await queue.DueAsync(3, 100, 10))[0];
        await place.RenewGenerationAsync();

        await Assert.ThrowsAsync<GenerationChangedException>(() => queue.DoneAsync([work]));
        await Assert.ThrowsAsync<GenerationChangedException>(() => queue.AgainAsync(work, 500, 1));

        Assert.Equal([work], await queue.DueAsync(3, 100, 10));
    }

    [Theory, EveryDatabase]
    public async Task Work_that_failed_comes_again_later_and_knows_how_often_it_failed(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        var queue = silo.Get<IDueQueue>();
        await silo.Journal.WriteAsync(new JournalUnit { Due = [First] });

        await queue.AgainAsync((await queue.DueAsync(3, 100, 10))[0], 150, 1);

        Assert.Empty(await queue.DueAsync(3, 149, 10));
        Assert.Equal([new DueWork(First with { At = 150 }, 1)], await queue.DueAsync(3, 150, 10));
    }

    [Theory, EveryDatabase]
    public async Task Work_that_was_replaced_while_it_was_performed_is_not_taken_away_nor_put_off(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        var queue = silo.Get<IDueQueue>();
        await silo.Journal.WriteAsync(new JournalUnit { Due = [First] });
        var read = (await queue.DueAsync(3, 100, 10))[0];
        var later = First with { At = 90, Command = """{"command":"y"}""" };
        await silo.Journal.WriteAsync(new JournalUnit { DueDone = ["a"], Due = [later] });

        await queue.DoneAsync([read]);
        await queue.AgainAsync(read, 500, 1);

        Assert.Equal([new DueWork(later, 0)], await queue.DueAsync(3, 100, 10));
    }

    [Theory, EveryDatabase]
    public async Task The_same_key_twice_is_one_command_and_a_key_that_is_done_and_due_in_one_unit_is_replaced(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        var queue = silo.Get<IDueQueue>();
        var later = First with { At = 70 };
        await silo.Journal.WriteAsync(new JournalUnit { Due = [First, later] });
        await silo.Journal.WriteAsync(new JournalUnit { Due = [later] });
        Assert.Equal([new DueWork(First, 0)], await queue.DueAsync(3, 100, 10));

        await silo.Journal.WriteAsync(new JournalUnit { DueDone = ["a", "unknown"], Due = [later] });
        Assert.Equal([new DueWork(later, 0)], await queue.DueAsync(3, 100, 10));

        await silo.Journal.WriteAsync(new JournalUnit { DueDone = ["a"] });
        Assert.Null(await queue.NextAsync(3));
    }

    [Fact]
    public async Task What_units_of_one_transaction_say_of_a_key_holds_in_their_order()
    {
        await using var place = await Place.NewAsync(Database.Postgres);
        await using var silo = await place.OpenAsync();
        await silo.Journal.WriteAsync(new JournalUnit { Due = [First with { Key = "before" }] });
        var rows = new DueRows();
        rows.Add(new JournalUnit { Due = [First, First with { Key = "b" }, First with { Key = "before", At = 60 }] });
        rows.Add(new JournalUnit { DueDone = ["a", "b"] });
        rows.Add(new JournalUnit { Due = [First with { At = 70 }] });

        await using var connection = (NpgsqlConnection)await place.ConnectAsync();
        await using var batch = new NpgsqlBatch(connection);
        rows.AddTo(batch.BatchCommands);
        await batch.ExecuteNonQueryAsync();

        Assert.Equal([("a", 70), ("before", 100)], (await silo.Get<IDueQueue>().DueAsync(3, 100, 10)).Select(work => (work.Due.Key, work.Due.At)));
    }

    [Fact]
    public async Task Silos_that_take_the_same_work_away_in_other_orders_do_not_stop_each_other()
    {
        await using var place = await Place.NewAsync(Database.Postgres);
        await using var one = await place.OpenAsync();
        await using var other = await place.OpenAsync();
        var rows = Enumerable.Range(0, 200).Select(i => First with { Key = $"k-{i:000}" }).ToArray();
        await one.Journal.WriteAsync(new JournalUnit { Due = rows });

        await Task.WhenAll(Enumerable.Range(0, 100).SelectMany(i => new[]
        {
            one.Journal.WriteAsync(new JournalUnit { DueDone = [rows[i].Key], DueTried = [new DueTried(rows[199 - i], 0, null)], Due = [rows[i] with { At = 60 }] }),
            other.Journal.WriteAsync(new JournalUnit { DueDone = [rows[199 - i].Key], DueTried = [new DueTried(rows[i], 0, (300, 1))] }),
        }));

        Assert.Equal(100, await one.Get<IDueQueue>().CountAsync(3, 400, 1000));
    }

    [Fact]
    public void A_key_stays_in_its_shard_for_ever() => Assert.Equal(
        // The first byte of each SHA-256, modulo 8: ca, 3e, 2e, e3.
        [2, 6, 6, 3], new[] { "a", "b", "c", "" }.Select(DueCommand.ShardOf));

    [Theory, EveryDatabase]
    [SuppressMessage("Security", "CA2100", Justification = "A query of ours.")]
    public async Task Looking_what_is_due_reads_no_row_that_lies_in_the_future(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        await using var connection = await place.ConnectAsync();
        await connection.ExecuteAsync(database == Database.Sqlite
            ? "with recursive n (i) as (select 0 union all select i + 1 from n where i < 99999) insert into due (key, shard, at, command) select 'k-' || i, i % 8, 1000000 + i, '{}' from n"
            : "insert into due (key, shard, at, command) select 'k-' || i, i % 8, 1000000 + i, '{}' from generate_series(0, 99999) i; analyze due; set enable_seqscan = off");
        Assert.Empty(await silo.Get<IDueQueue>().ShardsAsync(999_999));

        var plan = (await connection.QueryAsync((database == Database.Sqlite ? "explain query plan " : "explain (analyze, timing off) ") + DueReads.Probe, new { now = 999_999L }))
            .Select(row => string.Join(' ', ((IDictionary<string, object>)row).Values)).ToList();

        var onTable = plan.Where(line => line.Contains(" due ", StringComparison.Ordinal)).ToList();
        Assert.Equal(DueCommand.Shards, onTable.Count);
        Assert.All(onTable, line => Assert.Contains("due_by_time", line, StringComparison.Ordinal));
        Assert.All(onTable, line => Assert.Contains(database == Database.Sqlite ? "(shard=? AND at<?)" : "(actual rows=0", line, StringComparison.Ordinal));
        Assert.DoesNotContain(plan, line => line.Contains("Removed", StringComparison.Ordinal) || line.Contains("Seq Scan", StringComparison.Ordinal));
    }
}
