using System.Runtime.CompilerServices;
using Feedback.Domain.Journal;

namespace Feedback.Grains.Journal;

/// <summary>Reads long streams in small pieces.</summary>
internal static class JournalRows
{
    // A row of an import holds five hundred events, one of a terminal mostly one.
    private const int FewestAtOnce = 20;
    private const int MostAtOnce = 160;
    private const int EventsAtOnce = 2000;

    /// <summary>The rows of a stream that end after a version, ascending; so many are held at once as hold some thousand events.</summary>
    public static async IAsyncEnumerable<JournalRow> RowsAsync(
        this IJournal journal, StreamName stream, long after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var limit = FewestAtOnce;
        while (await journal.ReadAsync(stream, after, limit, cancellation) is { Count: > 0 } rows)
        {
            foreach (var row in rows)
                yield return row;
            after = rows[^1].LastVersion;
            limit = rows.Sum(row => row.Count) < EventsAtOnce ? Math.Min(MostAtOnce, 2 * limit) : FewestAtOnce;
        }
    }
}
