using Feedback.Domain.Organisation;
using Feedback.Domain.Tallies;
using Feedback.Domain.Windows;
using Feedback.Grains.Journal;
using Feedback.Storage.Days;
using Npgsql;
using NpgsqlTypes;

namespace Feedback.Storage.Journal.Postgres;

/// <summary>The days of a transaction. One statement cannot replace a row twice, so of each day only the newest is sent.</summary>
internal sealed class DayRows
{
    private static readonly string[] Columns = ["node", "day", "hall", "parent", "version", "changed_at", "fold", .. DayColumns.Names, "tally", "matters"];

    private readonly Dictionary<(NodeId, DateOnly), WindowDay> _days = [];
    private readonly Dictionary<NodeId, long> _through = [];

    /// <summary>Forgets the days of the transaction before.</summary>
    public void Clear()
    {
        _days.Clear();
        _through.Clear();
    }

    /// <summary>Adds a unit's days.</summary>
    public void Add(JournalUnit unit)
    {
        foreach (var day in unit.Days)
        {
            if (!_days.TryGetValue((day.Window, day.Day), out var known) || known.Version < day.Version)
                _days[(day.Window, day.Day)] = day;
        }

        if (unit.DaysThrough is { } through)
            _through[through.Window] = Math.Max(through.Version, _through.GetValueOrDefault(through.Window));
    }

    /// <summary>Adds the statements that have rows to send.</summary>
    public void AddTo(NpgsqlBatchCommandCollection commands)
    {
        if (_days.Count > 0)
            commands.Add(Days());
        if (_through.Count > 0)
            commands.Add(Through());
    }

    private NpgsqlBatchCommand Days()
    {
        // Sorted by key, like everything that several transactions may touch.
        WindowDay[] days = [.. _days.Values.OrderBy(day => day.Window).ThenBy(day => day.Day)];
        var command = new NpgsqlBatchCommand($"""
            insert into node_days ({string.Join(", ", Columns)})
            select * from unnest({string.Join(", ", Columns.Select((_, i) => $"${i + 1}"))})
            on conflict (node, day) do update set {string.Join(", ", Columns[2..].Select(column => $"{column} = excluded.{column}"))}
            where excluded.fold > node_days.fold or (excluded.fold = node_days.fold and excluded.version > node_days.version)
            """);
        Column(NpgsqlDbType.Text, day => day.Window.Value);
        Column(NpgsqlDbType.Date, day => day.Day);
        Column(NpgsqlDbType.Text, day => day.Hall.Value);
        Column(NpgsqlDbType.Text, day => day.Parent.Value);
        Column(NpgsqlDbType.Bigint, day => day.Version);
        Column(NpgsqlDbType.Bigint, day => day.ChangedAt);
        Column(NpgsqlDbType.Integer, _ => TallyFold.Revision);
        for (var i = 0; i < DayColumns.Names.Length; i++)
        {
            var place = i;
            Column(NpgsqlDbType.Integer, day => DayColumns.Of(day.Tally, place));
        }

        Column(NpgsqlDbType.Text, day => TallyText.Write(day.Tally));
        Column(NpgsqlDbType.Bytea, day => MatterEntries.Pack(day.Matters));
        return command;

        void Column<T>(NpgsqlDbType type, Func<WindowDay, T> value) =>
            command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = [.. days.Select(value)], NpgsqlDbType = NpgsqlDbType.Array | type });
    }

    private NpgsqlBatchCommand Through()
    {
        var windows = _through.Keys.Order().ToArray();
        return new NpgsqlBatchCommand("""
            insert into days_through (node, version, fold)
            select node, version, $3 from unnest($1, $2) as u (node, version)
            on conflict (node) do update set version = excluded.version, fold = excluded.fold
            where excluded.fold > days_through.fold or (excluded.fold = days_through.fold and excluded.version > days_through.version)
            """)
        {
            Parameters =
            {
                new NpgsqlParameter<string[]> { TypedValue = [.. windows.Select(window => window.Value)] },
                new NpgsqlParameter<long[]> { TypedValue = [.. windows.Select(window => _through[window])] },
                new NpgsqlParameter<int> { TypedValue = TallyFold.Revision },
            },
        };
    }
}
