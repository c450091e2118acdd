using Feedback.Domain.Audit;
using Feedback.Domain.Journal;
using Feedback.Grains.Journal;

namespace Feedback.Grains.Audit;

/// <summary>Which entries of the trail are looked for; what is null is not asked for.</summary>
public sealed record AuditQuery
{
    /// <summary>The first moment, milliseconds UTC, included.</summary>
    public long? From { get; init; }

    /// <summary>The moment after the last, milliseconds UTC.</summary>
    public long? To { get; init; }

    /// <summary>A part of the actor, in whatever case.</summary>
    public string? Actor { get; init; }

    /// <summary>A part of the act, in whatever case.</summary>
    public string? Act { get; init; }

    /// <summary>A part of the target, in whatever case.</summary>
    public string? Target { get; init; }

    /// <summary>True for refusals only, false for what was done only.</summary>
    public bool? Refused { get; init; }

    /// <summary>Only entries before this version of the trail; what <see cref="AuditPage.Next"/> of the page before says.</summary>
    public long? Before { get; init; }

    internal bool Fits(AuditRecorded entry) =>
        (From is null || entry.At >= From) && (To is null || entry.At < To) && (Refused is null || entry.Refused == Refused)
        && Fits(Actor, entry.Actor) && Fits(Act, entry.Act) && Fits(Target, entry.Target);

    private static bool Fits(string? part, string? whole) =>
        string.IsNullOrEmpty(part) || whole?.Contains(part, StringComparison.OrdinalIgnoreCase) == true;
}

/// <summary>An entry with its place in the trail.</summary>
/// <param name="Version">The version of its event.</param>
/// <param name="Entry">The entry.</param>
public sealed record AuditLine(long Version, AuditRecorded Entry);

/// <summary>Some entries, the newest first.</summary>
/// <param name="Lines">The entries.</param>
/// <param name="Next">Where to look on; null when there is nothing older that could fit.</param>
public sealed record AuditPage(IReadOnlyList<AuditLine> Lines, long? Next);

/// <summary>Looks through the trail, the newest entries first. Nothing of it is ever deleted, so all of it can be found.</summary>
public sealed class AuditReader(IJournal journal, TimeProvider clock)
{
    /// <summary>How many entries are looked through at most before an answer is given, be it an empty one that says where to look on.</summary>
    public const int MostLookedThrough = 20_000;

    private const int AtOnce = 500;

    // An entry may be stored later than it happened: refusals are counted for a minute, and for as long as nothing can be stored.
    internal const long LongestDelay = 24 * 3_600_000;

    /// <summary>Finds entries.</summary>
    /// <param name="query">Which.</param>
    /// <param name="mayRead">Which of them the reader may see.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellation">Stops looking.</param>
    public async Task<AuditPage> FindAsync(AuditQuery query, Func<AuditRecorded, bool> mayRead, int limit, CancellationToken cancellation = default)
    {
        var lines = new List<AuditLine>();
        var head = (await journal.HeadsAsync([StreamName.Audit], cancellation))[StreamName.Audit];
        var last = Math.Min(head, query.Before - 1 ?? head);
        if (query.To is { } to && await AreTimesOfRowsRightAsync(head, cancellation))
            last = await LastUntilAsync(to + LongestDelay, last, cancellation);
        for (var looked = 0; last > 0; looked += AtOnce)
        {
            if (looked >= MostLookedThrough)
                return new AuditPage(lines, last + 1);
            var first = Math.Max(1, last - AtOnce + 1);
            var rows = await journal.ReadAsync(StreamName.Audit, first - 1, AtOnce, cancellation);
            foreach (var row in rows.Reverse())
            {
                // No entry is younger than its row.
                if (row.At < query.From)
                    return new AuditPage(lines, null);
                foreach (var (version, happened) in EventText.Read(row).Reverse())
                {
                    if (version < first || version > last || !query.Fits((AuditRecorded)happened) || !mayRead((AuditRecorded)happened))
                        continue;
                    if (lines.Count == limit)
                        return new AuditPage(lines, lines[^1].Version);
                    lines.Add(new AuditLine(version, (AuditRecorded)happened));
                }
            }

            last = first - 1;
        }

        return new AuditPage(lines, null);
    }

    // After a clock that ran ahead and came back rows keep its time, and their entries are older than any delay explains.
    private async Task<bool> AreTimesOfRowsRightAsync(long head, CancellationToken cancellation) =>
        head == 0 || (await journal.FindAsync(StreamName.Audit, head, cancellation) is var (row, _) && row.At <= clock.GetUtcNow().ToUnixTimeMilliseconds());

    // The last version up to one that was stored by a time, by halving: low is stored in time, high + 1 is not, or beyond the end.
    private async Task<long> LastUntilAsync(long time, long last, CancellationToken cancellation)
    {
        var (low, high) = (0L, last);
        while (low < high)
        {
            var middle = low + ((high - low + 1) / 2);
            if (await journal.FindAsync(StreamName.Audit, middle, cancellation) is { } found && found.Row.At <= time)
                low = middle;
            else
                high = middle - 1;
        }

        return low;
    }
}
