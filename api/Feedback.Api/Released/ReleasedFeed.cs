using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Feedback.Api.Live;
using Feedback.Api.Satisfaction;
using Feedback.Domain.Organisation;

namespace Feedback.Api.Released;

/// <summary>What the public is told of a node's day and month, as live viewers get it.</summary>
/// <param name="Node">The node.</param>
/// <param name="Mark">Names these figures, and is made of nothing else: a rating that is not released yet must not show in it.</param>
/// <param name="Today">Today, by the node's local day.</param>
/// <param name="Month">The month up to now.</param>
public sealed record ReleasedNow(NodeLabel Node, string Mark, ReleasedSlice Today, ReleasedSlice Month);

/// <summary>Follows released figures: whoever looks hears of a change when five ratings more were released, and of nothing before.</summary>
public sealed class ReleasedFeed(ReleasedReader reader, LiveFeed live, TimeProvider clock)
{
    // The figures of the nodes that somebody follows, as of the newest state that a follower saw: read once for all of them.
    private readonly ConcurrentDictionary<NodeId, SharedFigures> _shared = new();

    /// <summary>The figures as they stand.</summary>
    public async Task<ReleasedNow> SnapshotAsync(Node node)
    {
        var (today, month) = await reader.NowAsync(node);
        return new ReleasedNow(reader.LabelOf(node, NodeScope.At(node.Id)), MarkOf(today, month), today, month);
    }

    /// <summary>The figures, as soon as they are others than those of a mark; null when they are not for a while.</summary>
    public async Task<ReleasedNow?> NextAsync(Node node, string mark, TimeSpan patience, CancellationToken cancellation)
    {
        var end = clock.GetUtcNow() + patience;
        for (var known = ""; clock.GetUtcNow() is var now && now < end;)
        {
            if (!await live.WaitForChangeAsync(node, known, end - now, cancellation))
                return null;
            known = await live.MarkAsync(node);
            if (await SharedAsync(node, known) is var figures && figures.Mark != mark)
                return figures;
        }

        return null;
    }

    // What was read after a state was seen holds for whoever sees that state; nobody waits for an older one.
    private async Task<ReleasedNow> SharedAsync(Node node, string state)
    {
        var tree = reader.Tree;
        var shared = _shared.AddOrUpdate(
            node.Id,
            _ => new SharedFigures(state, tree, new(() => SnapshotAsync(node))),
            (_, known) => known.State == state && ReferenceEquals(known.Tree, tree) ? known : new SharedFigures(state, tree, new(() => SnapshotAsync(node))));
        try
        {
            return await shared.Figures.Value;
        }
        catch (Exception)
        {
            _shared.TryRemove(new KeyValuePair<NodeId, SharedFigures>(node.Id, shared));
            throw;
        }
    }

    private sealed class SharedFigures(string state, OrganisationTree tree, Lazy<Task<ReleasedNow>> figures)
    {
        public string State => state;

        public OrganisationTree Tree => tree;

        public Lazy<Task<ReleasedNow>> Figures => figures;
    }

    /// <summary>Streams the figures as server-sent events.</summary>
    public Task StreamAsync(HttpContext http, Node node) => LiveEndpoint.StreamAsync(
        http, async (seen, patience, end) => await NextAsync(node, seen, patience, end) is { } figures ? (figures.Mark, JsonSerializer.Serialize(figures, ApiJson.Options)) : null);

    private static string MarkOf(params ReleasedSlice[] slices) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(slices, ApiJson.Options)).AsSpan(0, 8));
}
