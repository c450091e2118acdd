using System.Text.Json;
using Feedback.Domain.Organisation;

namespace Feedback.Api.Live;

/// <summary>Server-sent events: a snapshot first, then one whenever a figure changed; a comment keeps silent lines open.</summary>
public static class LiveEndpoint
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    /// <summary>Streams a node's figures. A viewer that reconnects with the mark it saw last gets nothing until a figure changes.</summary>
    public static async Task StreamAsync(HttpContext http, LiveFeed feed, Node node, JsonSerializerOptions json)
    {
        http.Response.ContentType = "text/event-stream; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        var seen = http.Request.Headers["Last-Event-ID"].ToString();
        try
        {
            while (!http.RequestAborted.IsCancellationRequested)
            {
                if (await feed.WaitForChangeAsync(node, seen, Silence, http.RequestAborted))
                {
                    var figures = await feed.SnapshotAsync(node);
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
