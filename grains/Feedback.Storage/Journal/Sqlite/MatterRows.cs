using Feedback.Domain.ServiceMatters;
using Feedback.Grains.Journal;
using Feedback.Storage.Matters;

namespace Feedback.Storage.Journal.Sqlite;

/// <summary>The service matters of units.</summary>
internal sealed class MatterRows(SqliteJournalFile file) : IDisposable
{
    private readonly SqliteStatement _matter = file.Prepare(
        $"insert into service_matters ({string.Join(", ", MatterColumns.Names)}) values ({string.Join(", ", MatterColumns.Names.Select(_ => "?"))}) {MatterColumns.OnConflict}");

    /// <summary>Writes a unit's rows.</summary>
    public void Write(JournalUnit unit)
    {
        foreach (var row in unit.Matters)
        {
            _matter.Bind(row.Id.Value).Bind(row.Version).Bind(row.Number).Bind(row.Hash.ToString()).Bind(row.Node.Value).Bind(row.Item).Bind(row.Online ? 1 : 0)
                .Bind(row.Stage.Word()).Bind(row.Visits).Bind(row.OpenedAt).Bind(row.LastAt).BindMaybe(row.Limit).BindMaybe(row.DueAt)
                .Bind(row.Broken ? 1 : 0).Bind(row.Overdue ? 1 : 0).Bind(row.Pending ? 1 : 0).Run();
        }
    }

    /// <summary>Makes the statement ready again, after it failed half bound.</summary>
    public void Reset() => _matter.Reset();

    /// <inheritdoc/>
    public void Dispose() => _matter.Dispose();
}
