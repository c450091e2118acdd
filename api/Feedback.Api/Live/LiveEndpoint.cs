using System.Text.Json;
using Feedback.Domain.Organisation;

namespace Feedback.Api.Live;

/// <summary>Server-sent events: a snapshot first, then one whenever a figure changed; a comment keeps silent lines open.</summary>
public static class LiveEndpoint
{
    // Short enough for a session that has ended to be noticed within five seconds.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(4);

    /// <summary>Streams a node's figures. A viewer that reconnects with the mark it saw last gets nothing until a figure changes.</summary>
    /// <param name="http">The request.</param>
    /// <param name="feed">The figures.</param>
    /// <param name="node">The node.</param>
    /// <param name="scope">The node at or below which the viewer sees; null for everything.</param>
    /// <param name="json">How they are written.</param>
    /// <param name="mayStay">Whether the viewer may still look; null when that does not change.</param>
    public static async Task StreamAsync(HttpContext http, LiveFeed feed, Node node, NodeId? scope, JsonSerializerOptions json, Func<Task<bool>>? mayStay = null)
    {
        http.Response.ContentType = "text/event-stream; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        var seen = http.Request.Headers["Last-Event-ID"].ToString();
        try
        {
            while (!http.RequestAborted.IsCancellationRequested && (mayStay is null || await mayStay()))
            {
                if (await feed.WaitForChangeAsync(node, seen, Silence, http.RequestAborted))
                {
                    var figures = await feed.SnapshotAsync(node, scope);
                    seen = figures.Mark;
                    await http.Response.WriteAsync($"id: {seen}\nevent: figures\ndata: {JsonSerializer.Serialize(figures, json)}\n\n", http.RequestAborted);
                }
                else
                {
                    await http.Response.WriteAsync(": still here\n\n", http.RequestAborted);
                }

                await http.Response.Body.FlushAsync(http.RequestAborted);
            }
        }
        catch (OperationCanceledException)
        {
            // The viewer went away.
        }
    }
}
