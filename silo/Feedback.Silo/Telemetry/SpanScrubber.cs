using System.Collections.Frozen;
using System.Diagnostics;
using OpenTelemetry;

namespace Feedback.Silo.Telemetry;

/// <summary>
/// Lets only known attributes of a span through. Libraries add paths, queries, grain ids and the words of exceptions, any of
/// which may name a window or hold what somebody said.
/// </summary>
internal sealed class SpanScrubber : BaseProcessor<Activity>
{
    private static readonly FrozenSet<string> Known = new[]
    {
        "http.request.method", "http.response.status_code", "http.route", "network.protocol.version", "url.scheme", "error.type",
        "rpc.system.name", "orleans.rpc.service", "rpc.method",
        "db.system.name", "db.operation.name", "db.operation.batch.size",
        "feedback.append.claims", "feedback.report.children", "feedback.node.kind",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override void OnEnd(Activity data)
    {
        if (!data.Recorded)
            return;
        List<string>? unknown = null;
        foreach (ref readonly var tag in data.EnumerateTagObjects())
        {
            if (!Known.Contains(tag.Key))
                (unknown ??= []).Add(tag.Key);
        }

        foreach (var key in unknown ?? [])
            data.SetTag(key, null);
        if (data.StatusDescription is not null)
            data.SetStatus(data.Status);
        // Without a route the name would be the client's own path.
        if (data.Kind == ActivityKind.Server && data.Source.Name == "Microsoft.AspNetCore" && data.GetTagItem("http.route") is null)
            data.DisplayName = data.GetTagItem("http.request.method") as string ?? "HTTP";
    }
}
