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
            if (await SnapshotAsync(node) is var figures && figures.Mark != mark)
                return figures;
        }

        return null;
    }

    /// <summary>Streams the figures as server-sent events.</summary>
    public Task StreamAsync(HttpContext http, Node node) => LiveEndpoint.StreamAsync(
        http, async (seen, patience, end) => await NextAsync(node, seen, patience, end) is { } figures ? (figures.Mark, JsonSerializer.Serialize(figures, ApiJson.Options)) : null);

    private static string MarkOf(params ReleasedSlice[] slices) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(slices, ApiJson.Options)).AsSpan(0, 8));
}
