using Feedback.Grains.Journal;
using Npgsql;
using NpgsqlTypes;

namespace Feedback.Storage.Journal.Postgres;

/// <summary>The work of a transaction's units that is to be done later, or was done.</summary>
internal sealed class DueRows
{
    // By key, whatever the statements after it do to the rows: so transactions wait for each other and not in a circle.
    private readonly RowCommand _lock = new("select key from due where key = any($1) order by key for update");
    private readonly RowCommand _done = new("delete from due where key = any($1)");
    private readonly RowCommand _performed = new($"delete from due d using unnest($1, $2, $3, $4) as r (key, at, tries, command) where {AsItWasRead}");
    private readonly RowCommand _again = new(
        $"update due d set at = r.next, tries = r.failed from unnest($1, $2, $3, $4, $5, $6) as r (key, at, tries, command, next, failed) where {AsItWasRead}");
    private readonly RowCommand _add = new("insert into due (key, shard, at, command) select * from unnest($1, $2, $3, $4) order by 1 on conflict do nothing");

    private const string AsItWasRead = "d.key = r.key and d.at = r.at and d.tries = r.tries and d.command = r.command";

    private readonly List<string> _locked, _doneKey, _addKey, _addCommand;
    private readonly (List<string> Key, List<long> At, List<int> Tries, List<string> Command) _performedRead, _againRead;
    private readonly List<int> _failed, _addShard;
    private readonly List<long> _next, _addAt;

    // What the units say of a key, one after the other: the row that is left of it, if any, and whether what was there before goes.
    private readonly SortedDictionary<string, (bool Done, DueRow? Due)> _keys = new(StringComparer.Ordinal);

    public DueRows()
    {
        _locked = _lock.Column<string>(NpgsqlDbType.Text);
        _doneKey = _done.Column<string>(NpgsqlDbType.Text);
        _performedRead = Read(_performed);
        _againRead = Read(_again);
        _next = _again.Column<long>(NpgsqlDbType.Bigint);
        _failed = _again.Column<int>(NpgsqlDbType.Integer);
        _addKey = _add.Column<string>(NpgsqlDbType.Text);
        _addShard = _add.Column<int>(NpgsqlDbType.Integer);
        _addAt = _add.Column<long>(NpgsqlDbType.Bigint);
        _addCommand = _add.Column<string>(NpgsqlDbType.Text);
    }

    /// <summary>Forgets the rows of the transaction before.</summary>
    public void Clear()
    {
        foreach (var rows in new[] { _lock, _done, _performed, _again, _add })
            rows.Clear();
        _keys.Clear();
    }

    /// <summary>Adds a unit's rows.</summary>
    public void Add(JournalUnit unit)
    {
        foreach (var key in unit.DueDone)
            _keys[key] = (true, null);
        foreach (var (due, tries, again) in unit.DueTried)
        {
            _locked.Add(due.Key);
            var read = again is null ? _performedRead : _againRead;
            read.Key.Add(due.Key);
            read.At.Add(due.At);
            read.Tries.Add(tries);
            read.Command.Add(due.Command);
            if (again is var (next, failed))
            {
                _next.Add(next);
                _failed.Add(failed);
            }
        }

        foreach (var due in unit.Due)
        {
            var (done, known) = _keys.GetValueOrDefault(due.Key);
            _keys[due.Key] = (done, known ?? due);
        }
    }

    /// <summary>Adds the statements that have rows to send.</summary>
    public void AddTo(NpgsqlBatchCommandCollection commands)
    {
        foreach (var (key, (done, due)) in _keys)
        {
            if (done)
                _doneKey.Add(key);
            if (due is null)
                continue;
            _addKey.Add(key);
            _addShard.Add(due.Shard);
            _addAt.Add(due.At);
            _addCommand.Add(due.Command);
        }

        _locked.AddRange(_doneKey);
        Add(_lock, _locked.Count);
        Add(_done, _doneKey.Count);
        Add(_performed, _performedRead.Key.Count);
        Add(_again, _againRead.Key.Count);
        Add(_add, _addKey.Count);

        void Add(RowCommand rows, int count)
        {
            if (count > 0)
                commands.Add(rows.Command);
        }
    }

    private static (List<string>, List<long>, List<int>, List<string>) Read(RowCommand rows) =>
        (rows.Column<string>(NpgsqlDbType.Text), rows.Column<long>(NpgsqlDbType.Bigint), rows.Column<int>(NpgsqlDbType.Integer), rows.Column<string>(NpgsqlDbType.Text));
}
