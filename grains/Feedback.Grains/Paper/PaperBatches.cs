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
    /// <summary>The most batches that are told at once.</summary>
    public const int Most = 200;

    private const int NodesAtOnce = 500;
    private const int NumbersAtOnce = 32;

    // More than a node has in a thousand years of batches a day.
    private const int MostNumbers = 1 << 20;
    private readonly byte[] _requests = secrets.KeyFor("paper-batch-requests");

    /// <summary>A batch; null when there is none.</summary>
    public async Task<PaperState?> FindAsync(PaperBatchId id, CancellationToken cancellation = default) =>
        PaperBatchId.IsId(id.Value) && (await PaperBook.ReadAsync(id, journal, cancellation)).State is { Opened: not null } state ? state : null;

    /// <summary>The batches of nodes, those opened last first, at most <see cref="Most"/>.</summary>
    public async Task<IReadOnlyList<PaperState>> ListAsync(IReadOnlyList<NodeId> nodes, CancellationToken cancellation = default)
    {
        var found = new List<PaperState>();
        foreach (var some in nodes.Chunk(NodesAtOnce))
        {
            // Most nodes have none: they cost one look together.
            var heads = await journal.HeadsAsync([.. some.Select(node => StreamName.Paper(PaperBatchId.Of(node, 1)))], cancellation);
            foreach (var node in some.Where(node => heads.GetValueOrDefault(StreamName.Paper(PaperBatchId.Of(node, 1))) > 0))
            {
                var last = await CountAsync(node, cancellation);
                for (var ordinal = last; ordinal > Math.Max(0, last - Most); ordinal--)
                {
                    if (await FindAsync(PaperBatchId.Of(node, ordinal), cancellation) is { } state)
                        found.Add(state);
                }
            }
        }

        return [.. found.OrderByDescending(state => state.Opened!.Stamp.At).ThenByDescending(state => state.Id.Value, StringComparer.Ordinal).Take(Most)];
    }

    /// <summary>How many batches a node has.</summary>
    public async Task<int> CountAsync(NodeId node, CancellationToken cancellation = default)
    {
        // Numbers have no gaps: so the last one is found by looking at a few between one that is there and one that is not.
        var (there, missing) = (0, MostNumbers);
        while (missing - there > 1)
        {
            var step = Math.Max(1, (missing - there) / NumbersAtOnce);
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
        }

        return there;
    }

    /// <summary>The mark of a request that opens a batch: the same request again has the same, and nobody outside can tell it.</summary>
    /// <param name="command">What is asked for.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="id">Their own id of the request; null for one that is not sent again.</param>
    public string? MarkOf(OpenPaperBatch command, string by, string? id)
    {
        if (id is null)
            return null;
        var text = new StringBuilder();
        // The length stands before each part, so that no two lists run together to the same bytes.
        foreach (var part in new[] { id, by, PaperCommandText.Write(command) })
            text.Append(part.Length).Append(':').Append(part);
        return Opaque.FromBytes(HMACSHA256.HashData(_requests, Encoding.UTF8.GetBytes(text.ToString()))).ToString();
    }

    /// <summary>The batch of a node that a request opened; null when it opened none of the last ones.</summary>
    public async Task<PaperBatchId?> OpenedByAsync(NodeId node, int last, string mark, CancellationToken cancellation = default)
    {
        for (var ordinal = last; ordinal > Math.Max(0, last - NumbersAtOnce); ordinal--)
        {
            var id = PaperBatchId.Of(node, ordinal);
            if ((await FindAsync(id, cancellation))?.Opened?.Salt.ToString() == mark)
                return id;
        }

        return null;
    }
}
