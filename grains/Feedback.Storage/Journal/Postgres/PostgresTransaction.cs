using Feedback.Domain.Journal;
using Feedback.Grains.Journal;
using Feedback.Storage.Schema;
using Npgsql;

namespace Feedback.Storage.Journal.Postgres;

/// <summary>
/// Stores many units in one transaction of two round trips: first the appends, which shows who lost its version; then the
/// rows of those who did not, with the commit.
/// </summary>
internal sealed class PostgresTransaction
{
    private readonly AppendRows _appends = new();
    private readonly UnitRows _rows = new();
    private readonly HashSet<int> _won = [];
    private readonly StreamIds _streams;
    private readonly string _generation;
    private readonly NpgsqlBatch _opening = new();
    private readonly NpgsqlBatch _closing = new();

    private readonly NpgsqlBatchCommand _probe = new("select pg_logical_emit_message(true, 'feedback', 'probe')");
    private readonly NpgsqlBatchCommand _clear = new("truncate node_days, days_through, late_ids, cases, case_assisting, case_days, service_matters");
    private readonly NpgsqlBatchCommand _mark = new($"insert into meta (name, value) values ('{UnfinishedMarks.Rebuild}', '1') on conflict do nothing");
    private readonly NpgsqlBatchCommand _unmark = new($"delete from meta where name = '{UnfinishedMarks.Rebuild}'");
    private readonly NpgsqlBatchCommand _commit = new("commit");

    public PostgresTransaction(StreamIds streams, string generation)
    {
        (_streams, _generation) = (streams, generation);
        _opening.BatchCommands.Add(new NpgsqlBatchCommand("begin"));
        _opening.BatchCommands.Add(_appends.Rows.Command);
        // After the insert, which waits for a restore that holds the table: so this sees the life that the insert went into.
        _opening.BatchCommands.Add(new NpgsqlBatchCommand("select value from meta where name = 'generation'"));
    }

    /// <summary>Whether a commit has been sent whose answer did not come: then nobody knows what was stored.</summary>
    public bool IsCommitting { get; private set; }

    /// <summary>What was learnt by earlier connections is not known any more.</summary>
    public void Forget() => _streams.Forget();

    /// <summary>Stores what can be stored of a batch and commits it; units that lost their version are noted.</summary>
    /// <exception cref="GenerationChangedException">The database was restored; nothing was stored.</exception>
    public async Task CommitAsync(NpgsqlConnection connection, List<PendingUnit> batch)
    {
        IsCommitting = false;
        var streams = await _streams.LearnAsync(connection, batch.SelectMany(StreamsOf)).ConfigureAwait(false);
        await AppendAsync(connection, batch, streams).ConfigureAwait(false);

        _rows.Clear();
        _closing.BatchCommands.Clear();
        foreach (var pending in batch)
        {
            if (!pending.HasFailed)
                _rows.Add(pending.Unit, streams);
        }

        _rows.AddTo(_closing.BatchCommands);
        if (batch.Exists(pending => pending.Work == PendingWork.Probe))
            _closing.BatchCommands.Add(_probe);
        if (batch.Exists(pending => pending.Work == PendingWork.ClearDerived))
        {
            _closing.BatchCommands.Add(_clear);
            _closing.BatchCommands.Add(_mark);
        }

        if (batch.Exists(pending => pending.Work == PendingWork.CompleteDerived))
            _closing.BatchCommands.Add(_unmark);
        _closing.BatchCommands.Add(_commit);
        _closing.Connection = connection;
        IsCommitting = true;
        await _closing.ExecuteNonQueryAsync().ConfigureAwait(false);
        IsCommitting = false;
    }

    private async Task AppendAsync(NpgsqlConnection connection, List<PendingUnit> batch, IReadOnlyDictionary<StreamName, int> streams)
    {
        // By stream, so that silos that meet on several streams wait for each other and not in a circle.
        var appends = batch.Where(pending => pending.Unit.Append is not null && !pending.HasFailed)
            .Select(pending => (Stream: streams[pending.Unit.Append!.Stream], Pending: pending)).ToList();
        appends.Sort(static (a, b) => a.Stream.CompareTo(b.Stream));
        _appends.Rows.Clear();
        foreach (var (stream, pending) in appends)
            _appends.Add(stream, pending.Unit.Append!);

        _won.Clear();
        _opening.Connection = connection;
        await using var reader = await _opening.ExecuteReaderAsync().ConfigureAwait(false);
        while (await reader.ReadAsync().ConfigureAwait(false))
            _won.Add(reader.GetInt32(0));
        await reader.NextResultAsync().ConfigureAwait(false);
        if (!await reader.ReadAsync().ConfigureAwait(false) || reader.GetString(0) != _generation)
            throw new GenerationChangedException();
        foreach (var (stream, pending) in appends)
        {
            if (!_won.Contains(stream))
                pending.Fail(new VersionConflictException(pending.Unit.Append!.Stream, pending.Unit.Append.Row.Version - 1));
        }
    }

    private static IEnumerable<StreamName> StreamsOf(PendingUnit pending)
    {
        if (pending.Unit.Append is { } append)
            yield return append.Stream;
        else if (pending.Unit.LateIds.Count > 0)
            yield return UnitRules.LateStreamOf(pending.Unit);
    }
}
