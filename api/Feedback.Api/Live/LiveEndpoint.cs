using System.Text.Json;
using Feedback.Domain.Organisation;

namespace Feedback.Api.Live;

/// <summary>Server-sent events: a snapshot first, then one whenever a figure changed; a comment keeps silent lines open.</summary>
public static class LiveEndpoint
{
    // Together short enough for a session that has ended to be noticed within five seconds.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Setback = TimeSpan.FromMilliseconds(200);

    /// <summary>Streams a node's figures. A viewer that reconnects with the mark it saw last gets nothing until a figure changes.</summary>
    /// <param name="http">The request.</param>
    /// <param name="feed">The figures.</param>
    /// <param name="node">The node.</param>
    /// <param name="scope">Where the viewer sees.</param>
    /// <param name="json">How they are written.</param>
    /// <param name="mayStay">Whether the viewer may still look, asked every few seconds; null where everybody may.</param>
    public static Task StreamAsync(HttpContext http, LiveFeed feed, Node node, NodeScope scope, JsonSerializerOptions json, Func<Task<bool>>? mayStay = null) =>
        StreamAsync(
            http,
            async (seen, patience, end) => await feed.WaitForChangeAsync(node, seen, patience, end) && await feed.SnapshotAsync(node, scope) is var figures
                ? (figures.Mark, JsonSerializer.Serialize(figures, json))
                : null,
            mayStay);

    /// <summary>Streams whatever changes.</summary>
    /// <param name="http">The request.</param>
    /// <param name="next">Waits for what comes after a mark, and tells it with a mark of its own; null when nothing came for a while.</param>
    /// <param name="mayStay">Whether the viewer may still look, asked every few seconds; null where everybody may.</param>
    public static async Task StreamAsync(
        HttpContext http, Func<string, TimeSpan, CancellationToken, Task<(string Mark, string Json)?>> next, Func<Task<bool>>? mayStay = null)
    {
        http.Response.ContentType = "text/event-stream; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        var seen = http.Request.Headers["Last-Event-ID"].ToString();
        var (clock, host) = (http.RequestServices.GetRequiredService<TimeProvider>(), http.RequestServices.GetRequiredService<IHostApplicationLifetime>());
        // A server on its way out must not wait for its viewers: they come again, to whoever is there then.
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, host.ApplicationStopping);
        var looked = clock.GetTimestamp();
        try
        {
            while (!end.IsCancellationRequested)
            {
                var came = await NextAsync();
                // After the wait and not before it: what came is not for somebody who may look no more.
                if (mayStay is not null && clock.GetElapsedTime(looked) >= LookAgainAfter)
                {
                    if (!await mayStay())
                        return;
                    looked = clock.GetTimestamp();
                }

                if (came is var (mark, figures))
                {
                    seen = mark;
                    await http.Response.WriteAsync($"id: {seen}\nevent: figures\ndata: {figures}\n\n", end.Token);
                }
                else
                {
                    await http.Response.WriteAsync(": still here\n\n", end.Token);
                }

                await http.Response.Body.FlushAsync(end.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The viewer went away, or the server does.
        }

        async Task<(string Mark, string Json)?> NextAsync()
        {
            try
            {
                return await next(seen, Silence, end.Token);
            }
            catch (Exception e) when (e is OrleansException or TimeoutException)
            {
                // The silo that knew the figures is gone: in a moment another one does, and the viewer need not come again.
                await Task.Delay(Setback, clock, end.Token);
                return null;
            }
        }
    }
}
