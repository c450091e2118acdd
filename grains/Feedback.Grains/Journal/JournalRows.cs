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

    /// <summary>The first version that a stream stored at or after a time; one more than its head where there is none. Twenty steps for a million events.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="head">Its last version.</param>
    /// <param name="time">Milliseconds UTC.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public static async Task<long> FirstAtOrAfterAsync(this IJournal journal, StreamName stream, long head, long time, CancellationToken cancellation)
    {
        var (low, high) = (1L, head + 1);
        while (low < high)
        {
            var (row, _) = await journal.FindAsync(stream, low + ((high - low) / 2), cancellation)
                ?? throw new InvalidOperationException($"{stream} ends before version {head}.");
            if (row.At >= time)
                high = row.Version;
            else
                low = row.LastVersion + 1;
        }

        return low;
    }
}
