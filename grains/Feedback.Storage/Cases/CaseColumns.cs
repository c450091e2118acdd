using System.Data.Common;
using Feedback.Domain.Cases;
using Feedback.Domain.Organisation;

namespace Feedback.Storage.Cases;

/// <summary>The columns of a case, in their order, the same on both databases.</summary>
internal static class CaseColumns
{
    /// <summary>Their names; the first is the key, the second the version.</summary>
    public static readonly string[] Names =
    [
        "id", "version", "number", "kind", "channel", "stage", "node", "lead", "owner", "category", "external_source", "external_number",
        "rating_window", "rating_version", "opened_at", "day", "closed_at", "due_at", "due_clock", "overdue", "supervised", "to_call_back", "merged_into",
        "to_supervise", "urged",
    ];

    /// <summary>Replaces what is there by what is newer, or of the same version: deadlines change with the calendar, too.</summary>
    public static readonly string OnConflict =
        $"on conflict (id) do update set {string.Join(", ", Names[1..].Select(column => $"{column} = excluded.{column}"))} where excluded.version >= cases.version";

    /// <summary>The names as a query selects them, and behind them the units that help, which have rows of their own.</summary>
    public static readonly string Selected =
        string.Join(", ", Names.Select(name => "c." + name)) + ", (select string_agg(a.node, ' ') from case_assisting a where a.case_id = c.id)";

    /// <summary>Reads a row of <see cref="Selected"/>.</summary>
    public static CaseRow Read(DbDataReader row) => new(
        new CaseId(row.GetString(0)), row.GetInt64(1), row.GetString(2), Known(CaseWords.KindOf(row.GetString(3))), Known(CaseWords.ChannelOf(row.GetString(4))),
        Known(CaseWords.StageOf(row.GetString(5))), new NodeId(row.GetString(6)), new NodeId(row.GetString(7)), row.GetInt64(14), row.GetFieldValue<DateOnly>(15))
    {
        Owner = Text(row, 8),
        Category = Text(row, 9),
        External = Text(row, 10) is { } source ? (source, row.GetString(11)) : null,
        Rating = Text(row, 12) is { } window ? (new NodeId(window), row.GetInt64(13)) : null,
        ClosedAt = Number(row, 16),
        DueAt = Number(row, 17),
        DueClock = Text(row, 18),
        Overdue = row.GetBoolean(19),
        Supervised = row.GetBoolean(20),
        ToCallBack = row.GetBoolean(21),
        MergedInto = Text(row, 22) is { } other ? new CaseId(other) : null,
        ToSupervise = row.GetBoolean(23),
        Urged = row.GetBoolean(24),
        Assisting = NodeSet.Read(Text(row, 25)),
    };

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static long? Number(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    private static T Known<T>(T? word) where T : struct => word ?? throw new InvalidDataException($"A case has a word for its {typeof(T).Name} that this release does not know.");
}
