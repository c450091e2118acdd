using Feedback.Grains.Journal;
using Feedback.Grains.Telemetry;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Feedback.Storage.Journal.Postgres;

/// <summary>One of the connections on which transactions run side by side. It opens its connection when it is needed, and anew after every failure.</summary>
internal sealed partial class PostgresLane(
    NpgsqlDataSource database, PostgresTransaction transaction, CommittedEnds ends, JournalMetrics metrics, ILogger log) : IAsyncDisposable
{
    /// <summary>Attempts at one transaction when the database broke it off, or the connection was found broken, before anything was committed.</summary>
    private const int Attempts = 5;

    // Durable whatever the server's default. Every statement goes by a key: one plan serves all values, and a plan made while
    // the tables were empty must not go on scanning them when they have grown. Others wait for the outcome of an append to their
    // stream: where a silo hangs, or its line is cut, between the two round trips of a transaction, the database gives it up.
    private const string Session = """
        set synchronous_commit = on; set plan_cache_mode = force_generic_plan; set jit = off;
        set enable_seqscan = off; set enable_bitmapscan = off; set idle_in_transaction_session_timeout = '5s'
        """;

    private NpgsqlConnection? _connection;
    private bool _isUnreplicated;

    /// <summary>Stores a batch. Every unit ends stored or failed; nothing is thrown.</summary>
    public async Task StoreAsync(List<PendingUnit> batch)
    {
        using var span = JournalSpans.Commit(batch, "postgresql");
        for (var attempt = 1; ; attempt++)
        {
            var begun = metrics.Begin();
            _isUnreplicated = false;
            try
            {
                await transaction.CommitAsync(await ConnectAsync().ConfigureAwait(false), batch).ConfigureAwait(false);
                if (batch.FindLast(pending => pending.Unit.Append is not null && !pending.HasFailed)?.Unit.Append is { } last)
                    ends.Note(this, last);
                if (_isUnreplicated)
                    throw new NotReplicatedException();
                metrics.Committed(begun, batch.Count(pending => !pending.HasFailed));
                return;
            }
            catch (Exception e)
            {
                var verdict = PostgresVerdict.On(e, transaction.IsCommitting);
                await HangUpAsync().ConfigureAwait(false);
                if (verdict == Verdict.TryAgain && attempt < Attempts)
                    continue;
                if (verdict == Verdict.OneIsAtFault && batch.Count > 1)
                {
                    // Halves of halves, until the one whose value is refused stands alone.
                    await StoreAsync(batch[..(batch.Count / 2)]).ConfigureAwait(false);
                    await StoreAsync(batch[(batch.Count / 2)..]).ConfigureAwait(false);
                    return;
                }

                var taken = e is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "cases_number" or "cases_external" } unique
                    ? new CaseTakenException(unique.ConstraintName == "cases_external", e)
                    : null;
                // Whoever drew a number that is taken draws another one: nothing is wrong.
                if (taken is null)
                    CouldNotStore(log, batch.Count, e);
                metrics.Failed(begun, e);
                span.Fail(e);
                // Where it is sure that nothing was stored, the caller may simply come again.
                var failure = verdict is Verdict.Unavailable or Verdict.TryAgain ? new JournalBusyException() : taken ?? e;
                batch.ForEach(pending => pending.Fail(failure));
                return;
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await HangUpAsync().ConfigureAwait(false);

    private async ValueTask<NpgsqlConnection> ConnectAsync()
    {
        if (_connection is not null)
            return _connection;
        var connection = new NpgsqlConnection();
        try
        {
            connection = await database.OpenConnectionAsync().ConfigureAwait(false);
            connection.Notice += Hear;
            await using var session = new NpgsqlCommand(Session, connection);
            await session.ExecuteNonQueryAsync().ConfigureAwait(false);
            await ends.CheckAsync(connection).ConfigureAwait(false);
            // What was learnt so far, by either lane, may be of another server.
            transaction.Forget();
            return _connection = connection;
        }
        catch (Exception e)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            if (e is GenerationChangedException)
                throw;
            throw new DatabaseAwayException(e);
        }
    }

    // A commit whose wait for the standby is cancelled, as ours is after the time that a command has, succeeds with a warning. Known by the
    // function that gives it, too: the words are in the server's language.
    private void Hear(object sender, NpgsqlNoticeEventArgs told) => _isUnreplicated |=
        told.Notice.Routine == "SyncRepWaitForLSN" || told.Notice.MessageText.Contains("synchronous replication", StringComparison.OrdinalIgnoreCase);

    // Closing gives up the transaction that may still be open.
    private async ValueTask HangUpAsync()
    {
        if (_connection is not { } connection)
            return;
        _connection = null;
        try
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is NpgsqlException or IOException)
        {
            // It was broken already.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A transaction of {Units} units could not be stored.")]
    private static partial void CouldNotStore(ILogger log, int units, Exception e);
}
