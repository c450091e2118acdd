using Feedback.Grains.Journal;

namespace Feedback.Storage.Journal.Sqlite;

/// <summary>The work of units that is to be done later, or was done.</summary>
internal sealed class DueRows : IDisposable
{
    private readonly SqliteStatement _done, _performed, _again, _add;
    private readonly SqliteStatement[] _all;

    public DueRows(SqliteJournalFile file)
    {
        const string AsItWasRead = "where key = ? and at = ? and tries = ? and command = ?";
        _all =
        [
            _done = file.Prepare("delete from due where key = ?"),
            _performed = file.Prepare($"delete from due {AsItWasRead}"),
            _again = file.Prepare($"update due set at = ?, tries = ? {AsItWasRead}"),
            _add = file.Prepare("insert into due (key, shard, at, command) values (?, ?, ?, ?) on conflict do nothing"),
        ];
    }

    /// <summary>Writes a unit's rows.</summary>
    public void Write(JournalUnit unit)
    {
        foreach (var key in unit.DueDone)
            _done.Bind(key).Run();
        foreach (var (due, tries, again) in unit.DueTried)
        {
            var statement = again is var (at, failed) ? _again.Bind(at).Bind(failed) : _performed;
            statement.Bind(due.Key).Bind(due.At).Bind(tries).Bind(due.Command).Run();
        }

        foreach (var due in unit.Due)
            _add.Bind(due.Key).Bind(due.Shard).Bind(due.At).Bind(due.Command).Run();
    }

    /// <summary>Makes every statement ready again, after one of them failed half bound.</summary>
    public void Reset()
    {
        foreach (var statement in _all)
            statement.Reset();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in _all)
            statement.Dispose();
    }
}
