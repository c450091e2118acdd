using System.Globalization;
using Feedback.Domain.Cases;
using Feedback.Grains.Journal;
using Feedback.Storage.Cases;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Feedback.Storage.Journal.Sqlite;

/// <summary>The cases of units and what is counted of them. There is one writer, so a count that was read is still the same when it is written.</summary>
internal sealed class CaseRows : IDisposable
{
    private readonly SqliteStatement _case, _noLonger, _assisting, _counts, _day;

    public CaseRows(SqliteJournalFile file)
    {
        _case = file.Prepare($"insert into cases ({string.Join(", ", CaseColumns.Names)}) values ({string.Join(", ", CaseColumns.Names.Select(_ => "?"))}) {CaseColumns.OnConflict}");
        // Where a newer row stands, the units of an older one are left out.
        _noLonger = file.Prepare("delete from case_assisting where case_id = ? and exists (select 1 from cases where id = ? and version = ?)");
        _assisting = file.Prepare("insert into case_assisting (case_id, node) select id, ? from cases where id = ? and version = ?");
        _counts = file.Prepare("select counts from case_days where node = ? and day = ?");
        _day = file.Prepare("""
            insert into case_days (node, day, counts, changed) values (?, ?, ?, ?)
            on conflict (node, day) do update set counts = excluded.counts, changed = max(changed, excluded.changed)
            """);
    }

    /// <summary>Writes a unit's rows.</summary>
    /// <exception cref="CaseTakenException">Another case has a number that one of these claims.</exception>
    public void Write(JournalUnit unit)
    {
        foreach (var row in unit.Cases)
            Write(row);
        foreach (var flow in unit.CaseFlows)
        {
            var day = flow.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            var before = _counts.Bind(flow.Node.Value).Bind(day).Text() is { } text ? CaseCounts.Read(text) : CaseCounts.Empty;
            _day.Bind(flow.Node.Value).Bind(day).Bind(before.Plus(flow.Counts).Write()).Bind(unit.Append?.Row.At ?? 0).Run();
        }
    }

    /// <summary>Makes every statement ready again, after one of them failed half bound.</summary>
    public void Reset()
    {
        _case.Reset();
        _noLonger.Reset();
        _assisting.Reset();
        _counts.Reset();
        _day.Reset();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _case.Dispose();
        _noLonger.Dispose();
        _assisting.Dispose();
        _counts.Dispose();
        _day.Dispose();
    }

    private void Write(CaseRow row)
    {
        _case.Bind(row.Id.Value).Bind(row.Version).Bind(row.Number).Bind(row.Kind.Word()).Bind(row.Channel.Word()).Bind(row.Stage.Word())
            .Bind(row.Node.Value).Bind(row.Lead.Value).BindMaybe(row.Owner).BindMaybe(row.Category)
            .BindMaybe(row.External?.Source).BindMaybe(row.External?.Number).BindMaybe(row.Rating?.Window.Value).BindMaybe(row.Rating?.Version)
            .Bind(row.OpenedAt).Bind(row.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)).BindMaybe(row.ClosedAt)
            .BindMaybe(row.DueAt).BindMaybe(row.DueClock).Bind(row.Overdue ? 1 : 0).Bind(row.Supervised ? 1 : 0).Bind(row.ToCallBack ? 1 : 0)
            .BindMaybe(row.MergedInto?.Value).Bind(row.ToSupervise ? 1 : 0).Bind(row.Urged ? 1 : 0);
        try
        {
            _case.Run();
        }
        catch (SqliteException e) when (e.SqliteExtendedErrorCode == raw.SQLITE_CONSTRAINT_UNIQUE)
        {
            // The message names the columns, as nothing else does.
            throw new CaseTakenException(e.Message.Contains("external", StringComparison.Ordinal), e);
        }

        _noLonger.Bind(row.Id.Value).Bind(row.Id.Value).Bind(row.Version).Run();
        foreach (var node in row.Assisting.Nodes)
            _assisting.Bind(node.Value).Bind(row.Id.Value).Bind(row.Version).Run();
    }
}
