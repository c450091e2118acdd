using Feedback.Domain.Platform;
using Feedback.Grains.Journal;
using Feedback.Storage.Platform;
using Npgsql;

namespace Feedback.Storage.Journal.Postgres;

/// <summary>What the units of a transaction change in what was reported. There is one such unit every few seconds, so it is sent row by row.</summary>
internal sealed class PlatformRows
{
    private const string Lock = "select id from reported_batches where id = $1 for update";
    private static readonly string Rejected = PlatformSql.Rejected("false");
    private static readonly string Again = PlatformSql.Again("true");

    private readonly List<NpgsqlBatchCommand> _commands = [];

    /// <summary>Forgets the rows of the transaction before.</summary>
    public void Clear() => _commands.Clear();

    /// <summary>Adds a unit's rows.</summary>
    public void Add(JournalUnit unit)
    {
        if (unit.Platform is not { } change)
            return;
        if (change.Begin is { } begin)
            Add(PlatformSql.Begin, begin.Id, begin.Text, begin.Begun);
        if (change.Batch is { } batch)
        {
            // Whoever comes second waits here, and then sees that the batch has ended.
            Add(Lock, batch);
            foreach (var stream in change.Streams)
                Add(PlatformSql.Stream, batch, stream.Stream, stream.Version);
            foreach (var count in change.Counts)
                Add(PlatformSql.Count, batch, PlatformReads.Text(count.Day), count.Kind.Word(), count.Items);
            foreach (var id in change.Taken)
                Add(PlatformSql.Taken, batch, id);
            foreach (var item in change.Rejected)
                Add(Rejected, batch, item.Id, item.Kind.Word(), item.Stream, item.Version, PlatformReads.Text(item.Day), item.Reason, item.At, item.IsKnown);
            if (change.End is { } end)
            {
                Add(PlatformSql.Forget, batch, end.Items);
                Add(PlatformSql.End, batch, end.At, end.Items, end.Rejected);
            }
        }

        foreach (var id in change.Again)
            Add(Again, id);
        foreach (var day in change.Compared)
            Add(PlatformSql.Compared, PlatformReads.Text(day.Day), day.Kind.Word(), day.Theirs, day.At);
    }

    /// <summary>Adds the statements that have rows to send.</summary>
    public void AddTo(NpgsqlBatchCommandCollection commands)
    {
        foreach (var command in _commands)
            commands.Add(command);
    }

    private void Add(string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        _commands.Add(command);
    }
}
