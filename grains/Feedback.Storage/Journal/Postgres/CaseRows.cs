using Feedback.Domain.Cases;
using Feedback.Domain.Organisation;
using Feedback.Grains.Journal;
using Feedback.Storage.Cases;
using Npgsql;
using NpgsqlTypes;

namespace Feedback.Storage.Journal.Postgres;

/// <summary>The cases of a transaction and what is counted of them. One statement cannot change a row twice, so each is sent once.</summary>
internal sealed class CaseRows
{
    private readonly Dictionary<CaseId, CaseRow> _cases = [];
    private readonly Dictionary<(NodeId Node, DateOnly Day), (CaseCounts Counts, long At)> _flows = [];

    /// <summary>Forgets the rows of the transaction before.</summary>
    public void Clear()
    {
        _cases.Clear();
        _flows.Clear();
    }

    /// <summary>Adds a unit's rows.</summary>
    public void Add(JournalUnit unit)
    {
        foreach (var row in unit.Cases)
        {
            if (!_cases.TryGetValue(row.Id, out var known) || known.Version < row.Version)
                _cases[row.Id] = row;
        }

        foreach (var flow in unit.CaseFlows)
        {
            var (counts, at) = _flows.TryGetValue((flow.Node, flow.Day), out var before) ? before : (CaseCounts.Empty, 0);
            _flows[(flow.Node, flow.Day)] = (counts.Plus(flow.Counts), Math.Max(at, unit.Append?.Row.At ?? 0));
        }
    }

    /// <summary>Adds the statements that have rows to send.</summary>
    public void AddTo(NpgsqlBatchCommandCollection commands)
    {
        if (_cases.Count > 0)
        {
            commands.Add(Cases());
            commands.Add(NoLongerAssisting());
            if (_cases.Values.Any(row => row.Assisting != default))
                commands.Add(Assisting());
        }

        if (_flows.Count > 0)
            commands.Add(Flows());
    }

    private NpgsqlBatchCommand Cases()
    {
        // Sorted by key, like everything that several transactions may touch.
        CaseRow[] rows = [.. _cases.Values.OrderBy(row => row.Id)];
        var command = new NpgsqlBatchCommand($"""
            insert into cases ({string.Join(", ", CaseColumns.Names)})
            select * from unnest({string.Join(", ", CaseColumns.Names.Select((_, i) => $"${i + 1}"))})
            {CaseColumns.OnConflict}
            """);
        Column(NpgsqlDbType.Text, row => row.Id.Value);
        Column(NpgsqlDbType.Bigint, row => row.Version);
        Column(NpgsqlDbType.Text, row => row.Number);
        Column(NpgsqlDbType.Text, row => row.Kind.Word());
        Column(NpgsqlDbType.Text, row => row.Channel.Word());
        Column(NpgsqlDbType.Text, row => row.Stage.Word());
        Column(NpgsqlDbType.Text, row => row.Node.Value);
        Column(NpgsqlDbType.Text, row => row.Lead.Value);
        Column(NpgsqlDbType.Text, row => row.Owner);
        Column(NpgsqlDbType.Text, row => row.Category);
        Column(NpgsqlDbType.Text, row => row.External?.Source);
        Column(NpgsqlDbType.Text, row => row.External?.Number);
        Column(NpgsqlDbType.Text, row => row.Rating?.Window.Value);
        Column(NpgsqlDbType.Bigint, row => row.Rating?.Version);
        Column(NpgsqlDbType.Bigint, row => row.OpenedAt);
        Column(NpgsqlDbType.Date, row => row.Day);
        Column(NpgsqlDbType.Bigint, row => row.ClosedAt);
        Column(NpgsqlDbType.Bigint, row => row.DueAt);
        Column(NpgsqlDbType.Text, row => row.DueClock);
        Column(NpgsqlDbType.Boolean, row => row.Overdue);
        Column(NpgsqlDbType.Boolean, row => row.Supervised);
        Column(NpgsqlDbType.Boolean, row => row.ToCallBack);
        Column(NpgsqlDbType.Text, row => row.MergedInto?.Value);
        Column(NpgsqlDbType.Boolean, row => row.ToSupervise);
        Column(NpgsqlDbType.Boolean, row => row.Urged);
        return command;

        void Column<T>(NpgsqlDbType type, Func<CaseRow, T> value) => command.Parameters.Add(Array(type, rows.Select(value)));
    }

    // Where a newer row stands, the units of an older one are left out: the row of the case was written just before, and is locked.
    private NpgsqlBatchCommand NoLongerAssisting()
    {
        CaseRow[] rows = [.. _cases.Values];
        return new NpgsqlBatchCommand("""
            delete from case_assisting a using unnest($1, $2, $3) as r (id, version, nodes), cases c
            where a.case_id = r.id and c.id = r.id and c.version = r.version and a.node <> all (string_to_array(r.nodes, ' '))
            """)
        {
            Parameters =
            {
                Array(NpgsqlDbType.Text, rows.Select(row => row.Id.Value)),
                Array(NpgsqlDbType.Bigint, rows.Select(row => row.Version)),
                Array(NpgsqlDbType.Text, rows.Select(row => row.Assisting.ToString())),
            },
        };
    }

    private NpgsqlBatchCommand Assisting()
    {
        (CaseRow Row, string Node)[] units = [.. _cases.Values.SelectMany(row => row.Assisting.Nodes, (row, node) => (row, node.Value))];
        return new NpgsqlBatchCommand("""
            insert into case_assisting (case_id, node) select r.id, r.node from unnest($1, $2, $3) as r (id, version, node)
            where exists (select from cases c where c.id = r.id and c.version = r.version) on conflict do nothing
            """)
        {
            Parameters =
            {
                Array(NpgsqlDbType.Text, units.Select(unit => unit.Row.Id.Value)),
                Array(NpgsqlDbType.Bigint, units.Select(unit => unit.Row.Version)),
                Array(NpgsqlDbType.Text, units.Select(unit => unit.Node)),
            },
        };
    }

    // The row that is there stays locked from the moment it is found, and what is added to is what others committed last:
    // so two transactions that count the same day take turns, each in the order of the keys.
    private NpgsqlBatchCommand Flows()
    {
        var keys = _flows.Keys.OrderBy(key => key.Node).ThenBy(key => key.Day).ToArray();
        return new NpgsqlBatchCommand("""
            insert into case_days (node, day, counts, changed) select * from unnest($1, $2, $3, $4)
            on conflict (node, day) do update set changed = greatest(case_days.changed, excluded.changed), counts = (
                select coalesce('{' || string_agg(to_json(code)::text || ':' || total, ',' order by code collate "C") || '}', '{}')
                from (
                    select code, sum(count::bigint)::bigint as total
                    from (select * from json_each_text(case_days.counts::json) union all select * from json_each_text(excluded.counts::json)) as parts (code, count)
                    group by code having sum(count::bigint) <> 0) as summed)
            """)
        {
            Parameters =
            {
                Array(NpgsqlDbType.Text, keys.Select(key => key.Node.Value)),
                Array(NpgsqlDbType.Date, keys.Select(key => key.Day)),
                Array(NpgsqlDbType.Text, keys.Select(key => _flows[key].Counts.Write())),
                Array(NpgsqlDbType.Bigint, keys.Select(key => _flows[key].At)),
            },
        };
    }

    private static NpgsqlParameter<T[]> Array<T>(NpgsqlDbType type, IEnumerable<T> values) =>
        new() { TypedValue = [.. values], NpgsqlDbType = NpgsqlDbType.Array | type };
}
