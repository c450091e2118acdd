using Dapper;
using Feedback.Storage.Tests.Support;
using Feedback.TestSupport;
using Xunit;

namespace Feedback.Storage.Tests.Journal;

/// <summary>A silo that hangs in the middle of a transaction, or whose line to the database is cut there.</summary>
public sealed class HangTests
{
    [Fact]
    public async Task A_silo_that_hangs_within_a_transaction_keeps_others_from_its_streams_for_seconds_only()
    {
        var server = await PrivatePostgres.Shared;
        await using var place = await Place.NewAsync(server);
        await using var line = new SilentLine(server.Port);
        await using var hanging = await place.OpenAsync(port: line.Port);
        await hanging.Journal.AppendAsync(Some.Stream(1), (1, 1));

        // The append waits in the server; when it may go on, nobody hears its answer.
        await using var connection = await place.ConnectAsync();
        await using var blocking = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync("lock table journal in exclusive mode", transaction: blocking);
        var lost = hanging.Journal.AppendAsync(Some.Stream(2), (1, 1));
        await Wait.UntilAsync("the append waits", async () => await connection.ExecuteScalarAsync<long>(
            "select count(*) from pg_locks join pg_database on oid = database where not granted and relation = 'journal'::regclass and datname = current_database()", transaction: blocking) == 1);
        line.FallSilent();
        await blocking.RollbackAsync();

        // Until the database gives up, it is not known who won this version.
        await using var other = await place.OpenAsync();
        Assert.Single(await other.Journal.AppendAsync(Some.Stream(2), (1, 1)));
        await Assert.ThrowsAnyAsync<Exception>(() => lost);
    }
}
