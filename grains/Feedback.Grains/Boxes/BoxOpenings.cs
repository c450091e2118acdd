using Feedback.Domain.Boxes;
using Feedback.Domain.Cases;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Grains.Cases;
using Feedback.Grains.Journal;
using Feedback.Grains.Windows;

namespace Feedback.Grains.Boxes;

/// <summary>An opening of a suggestion box beside what was filed from it.</summary>
/// <param name="Version">Its version in the box's stream.</param>
/// <param name="Opened">The opening.</param>
/// <param name="Filed">Cases of the box's node that came in by the box from this opening on, until the next one.</param>
public sealed record BoxOpening(long Version, BoxOpened Opened, long Filed);

/// <summary>Records the openings of suggestion boxes, each box in a stream of its own, and holds against them what was filed.</summary>
public sealed class BoxOpenings(IJournal journal, ICaseStore cases, TimeProvider clock)
{
    /// <summary>The most openings that are told at once: of a box that is opened weekly, those of nine years.</summary>
    public const int Most = 500;

    /// <summary>Records an opening. The same once more, such as a request that is repeated, changes nothing.</summary>
    /// <param name="node">The node where the box hangs.</param>
    /// <param name="at">When it was opened, milliseconds UTC.</param>
    /// <param name="found">How many papers were in it.</param>
    /// <param name="by">Who says so, as the audit trail names them.</param>
    /// <param name="with">The second person who was there, named in the same way; null where none is named.</param>
    /// <returns>Its version, and whether it was recorded now.</returns>
    public async Task<(long Version, bool IsNew)> RecordAsync(NodeId node, long at, int found, string by, string? with = null)
    {
        var stream = StreamName.Box(node);
        while (true)
        {
            var tail = await journal.TailAsync(stream);
            var known = (await ReadAsync(node)).FirstOrDefault(one => one.Opened.At == at && one.Opened.Found == found);
            if (known.Opened is not null)
                return (known.Version, false);
            var opened = new BoxOpened { Salt = EventMint.NewSalt(), Node = node, At = at, Found = found, By = by, With = with };
            try
            {
                var row = tail.Next([EventText.Write(opened)], clock.GetUtcNow().ToUnixTimeMilliseconds());
                await journal.WriteAsync(new JournalUnit { Append = new Append(stream, row) });
                return (row.LastVersion, true);
            }
            catch (VersionConflictException)
            {
                // Somebody else recorded an opening of the same box first: look again.
            }
        }
    }

    /// <summary>The last openings of a box, by the time at which it was opened, the last one first.</summary>
    /// <param name="node">The node where the box hangs.</param>
    /// <param name="most">How many at most, 1 to <see cref="Most"/>: for each the cases filed are counted.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public async Task<IReadOnlyList<BoxOpening>> ListAsync(NodeId node, int most = Most, CancellationToken cancellation = default)
    {
        var openings = new List<BoxOpening>();
        long? next = null;
        foreach (var (version, opened) in (await ReadAsync(node)).OrderByDescending(one => one.Opened.At).ThenByDescending(one => one.Version).Take(most))
        {
            var filed = await cases.CountByStageAsync(
                new CaseFilter { Nodes = [node], Channels = [CaseChannel.Box], OpenedFrom = opened.At, OpenedBefore = next }, cancellation);
            openings.Add(new BoxOpening(version, opened, filed.Values.Sum()));
            next = opened.At;
        }

        return openings;
    }

    private async Task<List<(long Version, BoxOpened Opened)>> ReadAsync(NodeId node)
    {
        var (found, after) = (new List<(long, BoxOpened)>(), 0L);
        while (await journal.ReadAsync(StreamName.Box(node), after, Most) is { Count: > 0 } rows)
        {
            found.AddRange(rows.SelectMany(EventText.Read).Select(one => (one.Version, (BoxOpened)one.Happened)));
            after = rows[^1].LastVersion;
        }

        return found;
    }
}
