using Feedback.Domain.ServiceMatters;
using Feedback.Grains.Journal;
using Feedback.Storage.Matters;
using Npgsql;
using NpgsqlTypes;

namespace Feedback.Storage.Journal.Postgres;

/// <summary>The service matters of a transaction. One statement cannot change a row twice, so each is sent once.</summary>
internal sealed class MatterRows
{
    private readonly Dictionary<MatterId, MatterRow> _matters = [];

    /// <summary>Forgets the rows of the transaction before.</summary>
    public void Clear() => _matters.Clear();

    /// <summary>Adds a unit's rows.</summary>
    public void Add(JournalUnit unit)
    {
        foreach (var row in unit.Matters)
        {
            if (!_matters.TryGetValue(row.Id, out var known) || known.Version <= row.Version)
                _matters[row.Id] = row;
        }
    }

    /// <summary>Adds the statement, if there are rows to send.</summary>
    public void AddTo(NpgsqlBatchCommandCollection commands)
    {
        if (_matters.Count == 0)
            return;
        // Sorted by key, like everything that several transactions may touch.
        MatterRow[] rows = [.. _matters.Values.OrderBy(row => row.Id)];
        var command = new NpgsqlBatchCommand($"""
            insert into service_matters ({string.Join(", ", MatterColumns.Names)})
            select * from unnest({string.Join(", ", MatterColumns.Names.Select((_, i) => $"${i + 1}"))})
            {MatterColumns.OnConflict}
            """);
        Column(NpgsqlDbType.Text, row => row.Id.Value);
        Column(NpgsqlDbType.Bigint, row => row.Version);
        Column(NpgsqlDbType.Text, row => row.Number);
        Column(NpgsqlDbType.Text, row => row.Hash.ToString());
        Column(NpgsqlDbType.Text, row => row.Node.Value);
        Column(NpgsqlDbType.Text, row => row.Item);
        Column(NpgsqlDbType.Boolean, row => row.Online);
        Column(NpgsqlDbType.Text, row => row.Stage.Word());
        Column(NpgsqlDbType.Integer, row => row.Visits);
        Column(NpgsqlDbType.Bigint, row => row.OpenedAt);
        Column(NpgsqlDbType.Bigint, row => row.LastAt);
        Column(NpgsqlDbType.Text, row => row.Limit);
        Column(NpgsqlDbType.Bigint, row => row.DueAt);
        Column(NpgsqlDbType.Boolean, row => row.Broken);
        Column(NpgsqlDbType.Boolean, row => row.Overdue);
        Column(NpgsqlDbType.Boolean, row => row.Pending);
        commands.Add(command);

        void Column<T>(NpgsqlDbType type, Func<MatterRow, T> value) =>
            command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = [.. rows.Select(value)], NpgsqlDbType = NpgsqlDbType.Array | type });
    }
}
