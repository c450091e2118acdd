using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Feedback.System.Tests.Telemetry;

/// <summary>A span as a collector gets it.</summary>
internal sealed record Span(
    string Trace, string Id, string Parent, string Name, string Scope, ulong Start, ulong End, Dictionary<string, string> Attributes, IReadOnlyList<string> Links);

/// <summary>A metric's points as a collector gets them: each with its attributes and its sum, or the last value.</summary>
internal sealed record Metric(string Name, string Unit, string Description, string Scope, IReadOnlyList<(Dictionary<string, string> Attributes, double Value, double[] Bounds)> Points);

/// <summary>A log record as a collector gets it.</summary>
internal sealed record LogLine(string Scope, string Body, Dictionary<string, string> Attributes);

/// <summary>A collector that takes OTLP over HTTP in protobuf, the real format, and keeps what it was told.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<byte[]> _raw = new();

    private OtlpReceiver(WebApplication app) => _app = app;

    public ConcurrentQueue<Span> Spans { get; } = new();

    public ConcurrentQueue<Metric> Metrics { get; } = new();

    public ConcurrentQueue<LogLine> Logs { get; } = new();

    public ConcurrentQueue<Dictionary<string, string>> Resources { get; } = new();

    /// <summary>Every request's body, as it came.</summary>
    public IReadOnlyCollection<byte[]> Raw => _raw;

    public string Url => _app.Urls.First();

    public static async Task<OtlpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var receiver = new OtlpReceiver(app);
        receiver.Map("/v1/traces", receiver.TakeSpans);
        receiver.Map("/v1/metrics", receiver.TakeMetrics);
        receiver.Map("/v1/logs", receiver.TakeLogs);
        await app.StartAsync();
        return receiver;
    }

    /// <summary>The environment variables that send everything here, soon.</summary>
    public Dictionary<string, string?> Environment(string sampler = "always_on") => new()
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Url,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_SERVICE_NAME"] = "jiangyuan",
        ["OTEL_TRACES_SAMPLER"] = sampler,
        ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
        ["OTEL_BLRP_SCHEDULE_DELAY"] = "100",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "200",
    };

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private void Map(string path, Action<OtlpFields> take) => _app.MapPost(path, async (HttpContext http) =>
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        _raw.Enqueue(body.ToArray());
        take(new OtlpFields(body.ToArray()));
        http.Response.ContentType = "application/x-protobuf";
    });

    // Export…ServiceRequest { 1: Resource… { 1: resource { 1: attributes }, 2: Scope… { 1: scope { 1: name }, 2: items } } }
    private IEnumerable<(string Scope, OtlpFields Item)> ItemsOf(OtlpFields request)
    {
        foreach (var ofResource in request.Messages(1))
        {
            Resources.Enqueue(ofResource.Message(1)!.Attributes(1));
            foreach (var ofScope in ofResource.Messages(2))
            {
                foreach (var item in ofScope.Messages(2))
                    yield return (ofScope.Message(1)?.Text(1) ?? "", item);
            }
        }
    }

    private void TakeSpans(OtlpFields request)
    {
        foreach (var (scope, span) in ItemsOf(request))
        {
            Spans.Enqueue(new Span(
                span.Hex(1), span.Hex(2), span.Hex(4), span.Text(5), scope, span.Number(7), span.Number(8),
                span.Attributes(9), [.. span.Messages(13).Select(link => link.Hex(2))]));
        }
    }

    private void TakeMetrics(OtlpFields request)
    {
        foreach (var (scope, metric) in ItemsOf(request))
        {
            // gauge 5, sum 7: NumberDataPoint { 7: attributes, 4: as_double, 6: as_int }; histogram 9: { 9: attributes, 4: count, 7: bounds }.
            var numbers = metric.Messages(5).Concat(metric.Messages(7)).SelectMany(data => data.Messages(1))
                .Select(point => (point.Attributes(7), point.Has(4) ? point.Double(4) : (long)point.Number(6), Array.Empty<double>()));
            var histograms = metric.Messages(9).SelectMany(data => data.Messages(1))
                .Select(point => (point.Attributes(9), (double)point.Number(4), point.Doubles(7)));
            Metrics.Enqueue(new Metric(metric.Text(1), metric.Text(3), metric.Text(2), scope, [.. numbers, .. histograms]));
        }
    }

    private void TakeLogs(OtlpFields request)
    {
        foreach (var (scope, record) in ItemsOf(request))
            Logs.Enqueue(new LogLine(scope, record.AnyText(5), record.Attributes(6)));
    }
}
