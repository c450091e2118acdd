using Feedback.Domain.Platform;
using Feedback.Grains.Journal;
using Feedback.Storage.Platform;

namespace Feedback.Storage.Journal.Sqlite;

/// <summary>What units change in what was reported.</summary>
internal sealed class PlatformRows : IDisposable
{
    private readonly SqliteStatement _begin, _stream, _count, _taken, _rejected, _forget, _end, _again, _compared;
    private readonly SqliteStatement[] _all;

    public PlatformRows(SqliteJournalFile file)
    {
        _all =
        [
            _begin = Prepare(PlatformSql.Begin), _stream = Prepare(PlatformSql.Stream), _count = Prepare(PlatformSql.Count), _taken = Prepare(PlatformSql.Taken),
            _rejected = Prepare(PlatformSql.Rejected("0")), _forget = Prepare(PlatformSql.Forget), _end = Prepare(PlatformSql.End),
            _again = Prepare(PlatformSql.Again("1")), _compared = Prepare(PlatformSql.Compared),
        ];

        SqliteStatement Prepare(string sql) => file.Prepare(sql.Replace('$', '?'));
    }

    /// <summary>Writes a unit's rows.</summary>
    public void Write(JournalUnit unit)
    {
        if (unit.Platform is not { } change)
            return;
        if (change.Begin is { } begin)
            _begin.Bind(begin.Id).Bind(begin.Text).Bind(begin.Begun).Run();
        if (change.Batch is { } batch)
        {
            foreach (var stream in change.Streams)
                _stream.Bind(batch).Bind(stream.Stream).Bind(stream.Version).Run();
            foreach (var count in change.Counts)
                _count.Bind(batch).Bind(PlatformReads.Text(count.Day)).Bind(count.Kind.Word()).Bind(count.Items).Run();
            foreach (var id in change.Taken)
                _taken.Bind(batch).Bind(id).Run();
            foreach (var item in change.Rejected)
            {
                _rejected.Bind(batch).Bind(item.Id).Bind(item.Kind.Word()).Bind(item.Stream).Bind(item.Version).Bind(PlatformReads.Text(item.Day))
                    .Bind(item.Reason).Bind(item.At).Bind(item.IsKnown ? 1 : 0).Run();
            }

            if (change.End is { } end)
            {
                _forget.Bind(batch).Bind(end.Items).Run();
                _end.Bind(batch).Bind(end.At).Bind(end.Items).Bind(end.Rejected).Run();
            }
        }

        foreach (var id in change.Again)
            _again.Bind(id).Run();
        foreach (var day in change.Compared)
            _compared.Bind(PlatformReads.Text(day.Day)).Bind(day.Kind.Word()).Bind(day.Theirs).Bind(day.At).Run();
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
