using System.Data.Common;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.ServiceMatters;

namespace Feedback.Storage.Matters;

/// <summary>The columns of a service matter, in their order, the same on both databases.</summary>
internal static class MatterColumns
{
    /// <summary>Their names; the first is the key, the second the version.</summary>
    public static readonly string[] Names =
    [
        "id", "version", "number", "hash", "node", "item", "online", "stage", "visits", "opened_at", "last_at", "allowed", "due_at", "broken", "overdue", "pending",
    ];

    /// <summary>Replaces what is there by what is newer, or of the same version: deadlines change with the calendar, too.</summary>
    public static readonly string OnConflict =
        $"on conflict (id) do update set {string.Join(", ", Names[1..].Select(column => $"{column} = excluded.{column}"))} where excluded.version >= service_matters.version";

    /// <summary>The names as a query selects them.</summary>
    public static readonly string Selected = string.Join(", ", Names.Select(name => "m." + name));

    /// <summary>Reads a row of <see cref="Selected"/>.</summary>
    /// <exception cref="InvalidDataException">It has a word that this release does not know.</exception>
    public static MatterRow Read(DbDataReader row) => new(
        new MatterId(row.GetString(0)), row.GetInt64(1), row.GetString(2), Opaque.Parse(row.GetString(3)), new NodeId(row.GetString(4)), row.GetString(5), row.GetBoolean(6),
        MatterWords.StageOf(row.GetString(7)) ?? throw new InvalidDataException("A matter stands at a stage that this release does not know."), row.GetInt32(8), row.GetInt64(9), row.GetInt64(10))
    {
        Limit = row.IsDBNull(11) ? null : row.GetString(11),
        DueAt = row.IsDBNull(12) ? null : row.GetInt64(12),
        Broken = row.GetBoolean(13),
        Overdue = row.GetBoolean(14),
        Pending = row.GetBoolean(15),
    };
}
