using Feedback.Grains.Journal;
using Feedback.Storage.Schema;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Feedback.Storage.Journal.Sqlite;

/// <summary>Stores many units in one transaction. What it throws concerns all of them; what concerns one is noted with that one.</summary>
internal sealed class SqliteTransaction : IDisposable
{
    private readonly SqliteJournalFile _file;
    private readonly StreamHeads _heads;
    private readonly UnitRows _rows;
    private readonly SqliteStatement _begin, _commit, _generation, _append, _touch, _unmark;
    private readonly SqliteStatement[] _clear;

    public SqliteTransaction(SqliteJournalFile file)
    {
        _file = file;
        _heads = new StreamHeads(file);
        _rows = new UnitRows(file);
        _begin = file.Prepare("begin immediate");
        _commit = file.Prepare("commit");
        _generation = file.Prepare("select value from meta where name = 'generation'");
        _append = file.Prepare("insert into journal (stream, version, count, at, events, digest) values (?, ?, ?, ?, ?, ?)");
        _touch = file.Prepare("insert into meta (name, value) values ('probe', '0') on conflict do update set value = value + 1");
        _clear =
        [
            file.Prepare("delete from node_days"), file.Prepare("delete from days_through"), file.Prepare("delete from late_ids"), file.Prepare("delete from cases"),
            file.Prepare("delete from case_assisting"), file.Prepare("delete from case_days"), file.Prepare("delete from service_matters"),
            file.Prepare($"insert into meta (name, value) values ('{UnfinishedMarks.Rebuild}', '1') on conflict do nothing"),
        ];
        _unmark = file.Prepare($"delete from meta where name = '{UnfinishedMarks.Rebuild}'");
        Generation = _generation.Text()!;
    }

    /// <summary>The id of the database's life when it was opened.</summary>
    public string Generation { get; }

    /// <summary>Stores what can be stored of a batch and commits it.</summary>
    /// <returns>False when a unit failed in the middle: it is noted, nothing was stored, and the others should be tried again.</returns>
    /// <exception cref="GenerationChangedException">The database was restored.</exception>
    /// <exception cref="SqliteException">The database, not a unit, is at fault.</exception>
    public bool TryCommit(List<PendingUnit> batch, Func<Exception, bool> isOfUnit)
    {
        var committed = false;
        try
        {
            _begin.Run();
            if (_generation.Text() != Generation)
                throw new GenerationChangedException();
            foreach (var pending in batch)
            {
                if (pending.HasFailed)
                    continue;
                try
                {
                    Write(pending);
                }
                catch (Exception e) when (isOfUnit(e))
                {
                    pending.Fail(e);
                    return false;
                }
            }

            _commit.Run();
            return committed = true;
        }
        finally
        {
            if (!committed)
                Undo();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _heads.Dispose();
        _rows.Dispose();
        foreach (var statement in _clear.Append(_begin).Append(_commit).Append(_generation).Append(_append).Append(_touch).Append(_unmark))
            statement.Dispose();
    }

    private void Write(PendingUnit pending)
    {
        switch (pending.Work)
        {
            case PendingWork.Probe:
                _touch.Run();
                return;
            case PendingWork.ClearDerived:
                foreach (var statement in _clear)
                    statement.Run();
                return;
            case PendingWork.CompleteDerived:
                _unmark.Run();
                return;
        }

        var unit = pending.Unit;
        if (unit.Append is { } append && !TryAppend(append))
        {
            // Found before anything of the unit was sent, so there is nothing to undo.
            pending.Fail(new VersionConflictException(append.Stream, append.Row.Version - 1));
            return;
        }

        _rows.Write(unit, unit.LateIds.Count == 0 ? 0 : _heads.IdOf(UnitRules.LateStreamOf(unit)));
    }

    private bool TryAppend(Append append)
    {
        var (head, row) = (_heads.Of(append.Stream), append.Row);
        // A verb may have appended beside this writer: what is held of that stream is looked up again before it counts.
        if (row.Version != head.Version + 1 && row.Version != (head = _heads.LookUp(append.Stream)).Version + 1)
            return false;
        try
        {
            _append.Bind(_heads.IdOf(append.Stream)).Bind(row.Version).Bind(row.Count).Bind(row.At)
                .BindText(row.Events.Span).Bind(row.Digest.ToBytes()).Run();
        }
        catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_CONSTRAINT)
        {
            throw new VersionConflictException(append.Stream, row.Version - 1);
        }

        head.Version = row.LastVersion;
        return true;
    }

    private void Undo()
    {
        _append.Reset();
        _rows.Reset();
        _file.Rollback();
        _heads.Forget();
    }
}
