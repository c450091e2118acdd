using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.Paper;
using Feedback.Grains.Journal;
using Feedback.Grains.Personal;

namespace Feedback.Grains.Paper;

/// <summary>
/// Reads batches of printed forms from the journal. The batches of a node are numbered without gaps: so there is no list of them
/// besides their streams.
/// </summary>
public sealed class PaperBatches(IJournal journal, BureauSecrets secrets)
{
    private const int NodesAtOnce = 500;
    private const int NumbersAtOnce = 32;

    // More than a node has in a thousand years of batches a day.
    private const int MostNumbers = 1 << 20;
    private const int MostKept = 16_384;
    private readonly ConcurrentDictionary<NodeId, int> _counts = new();
    private readonly ConcurrentDictionary<PaperBatchId, PaperBatchOpened> _openings = new();
    private readonly byte[] _requests = secrets.KeyFor("paper-batch-requests");

    /// <summary>A batch; null when there is none.</summary>
    public async Task<PaperState?> FindAsync(PaperBatchId id, CancellationToken cancellation = default) =>
        PaperBatchId.IsId(id.Value) && (await PaperBook.ReadAsync(id, journal, cancellation)).State is { Opened: not null } state ? state : null;

    /// <summary>The opening of a batch; null when there is none. It never changes, so it is read once.</summary>
    public async Task<PaperBatchOpened?> OpeningAsync(PaperBatchId id, CancellationToken cancellation = default)
    {
        if (_openings.TryGetValue(id, out var known))
            return known;
        var rows = await journal.ReadAsync(StreamName.Paper(id), 0, 1, cancellation);
        if (rows.SelectMany(EventText.Read).Select(one => one.Happened).FirstOrDefault() is not PaperBatchOpened opened)
            return null;
        if (_openings.Count >= MostKept)
            _openings.Clear();
        return _openings[id] = opened;
    }

    /// <summary>How many batches a node has.</summary>
    public async Task<int> CountAsync(NodeId node, CancellationToken cancellation = default) => (await CountsAsync([node], cancellation)).GetValueOrDefault(node);

    /// <summary>How many batches nodes have; those that have none are not there.</summary>
    public async Task<IReadOnlyDictionary<NodeId, int>> CountsAsync(IReadOnlyList<NodeId> nodes, CancellationToken cancellation = default)
    {
        var counts = new Dictionary<NodeId, int>();
        foreach (var some in nodes.Chunk(NodesAtOnce))
        {
            // No batch ever goes away: one more than were known is looked for, and most nodes have none. They cost one look together.
            var known = some.Select(node => (Node: node, Count: _counts.GetValueOrDefault(node))).ToList();
            var heads = await journal.HeadsAsync([.. known.Select(one => StreamName.Paper(PaperBatchId.Of(one.Node, one.Count + 1)))], cancellation);
            foreach (var (node, before) in known)
            {
                var isMore = heads.GetValueOrDefault(StreamName.Paper(PaperBatchId.Of(node, before + 1))) > 0;
                var count = isMore ? await CountAsync(node, before + 1, cancellation) : before;
                if (count == 0)
                    continue;
                counts[node] = count;
                _counts[node] = count;
            }
        }

        return counts;
    }

    // Numbers have no gaps: so the last one is found by looking at a few between one that is there and one that is not.
    private async Task<int> CountAsync(NodeId node, int there, CancellationToken cancellation)
    {
        var (missing, step) = (MostNumbers, 1);
        while (missing - there > 1)
        {
            var tried = Enumerable.Range(1, NumbersAtOnce).Select(index => there + (index * step)).TakeWhile(number => number < missing).ToList();
            var heads = await journal.HeadsAsync([.. tried.Select(number => StreamName.Paper(PaperBatchId.Of(node, number)))], cancellation);
            foreach (var number in tried)
            {
                if (heads.GetValueOrDefault(StreamName.Paper(PaperBatchId.Of(node, number))) > 0)
                {
                    there = number;
                    continue;
                }

                missing = number;
                break;
            }

            step = Math.Max(1, (missing - there) / NumbersAtOnce);
        }

        return there;
    }

    /// <summary>The mark of a request that opens a batch: a request of the same id has the same, whatever it asks for, and nobody outside can tell it.</summary>
    /// <param name="node">Whose batch.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="id">Their own id of the request; null for one that is not sent again.</param>
    public string? MarkOf(NodeId node, string by, string? id)
    {
        if (id is null)
            return null;
        var text = new StringBuilder();
        // The length stands before each part, so that no two lists run together to the same bytes.
        foreach (var part in new[] { id, by, node.Value })
            text.Append(part.Length).Append(':').Append(part);
        return Opaque.FromBytes(HMACSHA256.HashData(_requests, Encoding.UTF8.GetBytes(text.ToString()))).ToString();
    }

    /// <summary>The batch of a node that a request opened; null when it opened none of the last ones.</summary>
    public async Task<PaperState?> OpenedByAsync(NodeId node, int last, string mark, CancellationToken cancellation = default)
    {
        for (var ordinal = last; ordinal > Math.Max(0, last - NumbersAtOnce); ordinal--)
        {
            var id = PaperBatchId.Of(node, ordinal);
            if ((await OpeningAsync(id, cancellation))?.Salt.ToString() == mark)
                return await FindAsync(id, cancellation);
        }

        return null;
    }
}
