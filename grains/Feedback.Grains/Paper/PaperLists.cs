using System.Collections.Concurrent;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.Paper;
using Feedback.Grains.Journal;

namespace Feedback.Grains.Paper;

/// <summary>
/// Lists batches of printed forms, those opened last first. A page reads the batches that are on it and no others, and of these
/// only those to which something happened since they were read last.
/// </summary>
public sealed class PaperLists(IJournal journal, PaperBatches batches)
{
    private const int MostKept = 4_096;
    private readonly ConcurrentDictionary<PaperBatchId, PaperLine> _lines = new();

    /// <summary>A page of the batches of nodes.</summary>
    /// <param name="nodes">The nodes themselves.</param>
    /// <param name="after">The <see cref="PaperPage.Next"/> of the page before; null for the first.</param>
    /// <param name="limit">1 to <see cref="PaperPage.Most"/>.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is out of range.</exception>
    public async Task<PaperPage> ListAsync(IReadOnlyList<NodeId> nodes, PaperCursor? after, int limit, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(limit, Math.Clamp(limit, 1, PaperPage.Most));
        // The batches of one node lie one behind the other: so the newest of what is left of each node is enough to find the next of all.
        var newest = new PriorityQueue<(NodeId Node, int Ordinal), PaperCursor>();
        foreach (var (node, count) in await batches.CountsAsync(nodes, cancellation))
            await PutAsync(newest, node, await LastAfterAsync(node, count, after, cancellation), cancellation);
        var (page, end) = (new List<PaperBatchId>(), (PaperCursor?)null);
        while (page.Count < limit && newest.TryDequeue(out var next, out var place))
        {
            page.Add(place.Batch);
            end = place;
            await PutAsync(newest, next.Node, next.Ordinal - 1, cancellation);
        }

        return new PaperPage(await ReadAsync(page, cancellation), newest.Count > 0 ? end : null);
    }

    private async Task PutAsync(PriorityQueue<(NodeId, int), PaperCursor> newest, NodeId node, int ordinal, CancellationToken cancellation)
    {
        if (ordinal > 0 && await PlaceAsync(node, ordinal, cancellation) is { } place)
            newest.Enqueue((node, ordinal), place);
    }

    private async Task<PaperCursor?> PlaceAsync(NodeId node, int ordinal, CancellationToken cancellation)
    {
        var id = PaperBatchId.Of(node, ordinal);
        return await batches.OpeningAsync(id, cancellation) is { } opened ? PaperCursor.After(opened, id) : null;
    }

    // The number of a node's newest batch behind a place in the list; 0 for none. Later numbers were opened later.
    private async Task<int> LastAfterAsync(NodeId node, int count, PaperCursor? after, CancellationToken cancellation)
    {
        if (after is not { } place)
            return count;
        var (behind, ahead) = (0, count + 1);
        while (ahead - behind > 1)
        {
            var middle = behind + ((ahead - behind) / 2);
            if (await PlaceAsync(node, middle, cancellation) is { } found && found.CompareTo(place) > 0)
                behind = middle;
            else
                ahead = middle;
        }

        return behind;
    }

    private async Task<IReadOnlyList<PaperLine>> ReadAsync(List<PaperBatchId> page, CancellationToken cancellation)
    {
        var heads = page.Count == 0 ? new Dictionary<StreamName, long>() : await journal.HeadsAsync([.. page.Select(StreamName.Paper)], cancellation);
        var lines = new List<PaperLine>(page.Count);
        foreach (var id in page)
        {
            if (_lines.TryGetValue(id, out var known) && known.Version == heads.GetValueOrDefault(StreamName.Paper(id)))
            {
                lines.Add(known);
                continue;
            }

            if (await batches.FindAsync(id, cancellation) is not { } state)
                continue;
            if (_lines.Count >= MostKept)
                _lines.Clear();
            lines.Add(_lines[id] = PaperLine.Of(state));
        }

        return lines;
    }
}
