using Dapper;
using Feedback.Domain.Journal;
using Feedback.Grains.Journal;
using Feedback.Storage.Journal;
using Feedback.Storage.Journal.Postgres;
using Feedback.Storage.Tests.Support;
using Feedback.TestSupport;
using Npgsql;
using Xunit;

namespace Feedback.Storage.Tests.Journal;

/// <summary>Ids of streams are held up to a limit, and transactions run side by side.</summary>
public sealed class StreamIdsTests
{
    [Fact]
    public async Task A_transaction_is_stored_although_the_ids_of_its_streams_were_forgotten_meanwhile()
    {
        await using var place = await Place.NewAsync(Database.Postgres);
        await using var silo = await place.OpenAsync();
        var streams = new StreamIds(held: 1);
        var transaction = new PostgresTransaction(streams, await silo.Journal.GenerationAsync());
        var late = new PendingUnit(StreamTail.Of(Some.Stream(1)).Unit(Some.Stream(1)) with { LateIds = [new LateId(Some.Opaque(), 1)] });

        // Its append waits in the server: it knows its stream's id, and needs it once more for what comes with the commit.
        await using var blocker = await place.ConnectAsync();
        await using var blocking = await blocker.BeginTransactionAsync();
        await blocker.ExecuteAsync("lock table journal in exclusive mode", transaction: blocking);
        await using var first = (NpgsqlConnection)await place.ConnectAsync();
        var storing = transaction.CommitAsync(first, [late]);
        await Wait.UntilAsync("the append waits", async () => await blocker.ExecuteScalarAsync<long>(
            "select count(*) from pg_locks join pg_database on oid = database where not granted and relation = 'journal'::regclass and datname = current_database()", transaction: blocking) == 1);
        await using var second = (NpgsqlConnection)await place.ConnectAsync();
        foreach (var number in new[] { 2, 3 })
            await streams.LearnAsync(second, [Some.Stream(number)]);
        await blocking.RollbackAsync();
        await storing;

        Assert.False(late.HasFailed);
        Assert.Equal(1, await blocker.ExecuteScalarAsync<long>("select count(*) from late_ids join streams on id = stream where name = @name", new { name = Some.Stream(1).Value }));
    }

    [Fact]
    public async Task After_a_failover_that_lost_a_streams_id_what_is_stored_is_found_by_the_streams_name()
    {
        await using var place = await Place.NewAsync(Database.Postgres);
        await using var silo = await place.OpenAsync();
        var first = StreamTail.Of(Some.Stream()).Unit(Some.Stream());
        // It has an id, and nothing is stored: this does not follow on anything.
        await Assert.ThrowsAsync<VersionConflictException>(() => silo.Journal.WriteAsync(StreamTail.After(first.Append!.Row).Unit(Some.Stream())));
        await using var connection = await place.ConnectAsync();
        Assert.Equal(1, await connection.ExecuteAsync("delete from streams"));
        await connection.TakeOverAsync();

        await silo.Journal.WriteAsync(first);

        Assert.Equal(1, (await silo.Journal.HeadsAsync([Some.Stream()]))[Some.Stream()]);
    }

    [Fact]
    public async Task A_stream_that_was_forgotten_has_the_same_id_when_it_is_asked_for_again()
    {
        await using var place = await Place.NewAsync(Database.Postgres);
        await using var silo = await place.OpenAsync();
        await using var connection = (NpgsqlConnection)await place.ConnectAsync();
        var streams = new StreamIds(held: 1);

        var before = await streams.LearnAsync(connection, [Some.Stream(1), Some.Stream(2)]);
        var after = await streams.LearnAsync(connection, [Some.Stream(3), Some.Stream(1)]);

        Assert.Equal([Some.Stream(1), Some.Stream(3)], after.Keys.OrderBy(stream => stream.Value, StringComparer.Ordinal));
        Assert.Equal(before[Some.Stream(1)], after[Some.Stream(1)]);
    }
}
