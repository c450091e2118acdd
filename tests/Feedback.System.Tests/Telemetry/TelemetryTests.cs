using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Feedback.TestSupport;
using Feedback.TestSupport.Running;
using Xunit;

namespace Feedback.System.Tests.Telemetry;

/// <summary>What the real program tells a collector when the standard environment variables name one, and what it never tells.</summary>
public sealed partial class TelemetryTests
{
    private const string Comment = "窗口办事员姓名-canary-comment";
    private const string Matter = "CANARY-MATTER-31415926";

    [Fact]
    public async Task A_trace_shows_one_event_from_the_request_to_the_district_figure()
    {
        await using var collector = await OtlpReceiver.StartAsync();
        using var data = await DemoData.CreateAsync();
        await using var server = await FeedbackProcess.StartAsync(collector.Environment(), "serve", data.Options);
        using var client = new TracedClient(data, server.Url);

        // A tally that wakes up reads what is stored; from then on it hears of every event.
        using (var other = new DemoClient(data, server.Url))
        {
            await other.StoreAsync(Some.Evaluation(data.Windows[0], "e-0"));
            await Wait.UntilAsync("the district counts", async () => await other.CountAsync() == 1);
        }

        Assert.Equal(HttpStatusCode.Created, await client.PushAsync(1, Some.Evaluation(data.Windows[0], "e-1")));

        var trace = TracedClient.TraceOf(1);
        await Wait.UntilAsync("the district's count is told", () => Task.FromResult(Of(trace).Exists(span => IsReport(span, "district"))));
        await server.StopAsync();
        var spans = Of(trace);
        var request = Assert.Single(spans, span => span.Scope == "Microsoft.AspNetCore");
        Assert.Equal("POST /api/v1/evaluations", request.Name);
        Assert.Equal(TracedClient.Parent, request.Parent);
        Assert.Equal("201", request.Attributes["http.response.status_code"]);
        var append = Assert.Single(spans, span => span.Name == "window append");
        var commit = Assert.Single(spans, span => span.Name == "COMMIT journal");
        Assert.Equal(("Feedback.Journal", "sqlite"), (commit.Scope, commit.Attributes["db.system.name"]));
        Assert.Contains(append.Id, commit.Links);
        var (hall, district) = (Assert.Single(spans, span => IsReport(span, "hall")), Assert.Single(spans, span => IsReport(span, "district")));
        Assert.Contains(Line(append), span => span.Name.EndsWith("/Submit", StringComparison.Ordinal));
        Assert.Contains(append, Line(commit));
        Assert.Contains(append, Line(hall));
        Assert.Contains(hall, Line(district));
        Assert.All(spans, span => Assert.Equal(request, Line(span).Append(span).First(one => one.Parent == TracedClient.Parent)));
        Assert.InRange(commit.Start, append.Start, append.End);
        Assert.InRange(commit.End, commit.Start, append.End);
        // What is stored counts, and nothing else. (The district may have counted it before the append has answered everybody.)
        Assert.InRange(hall.Start, commit.End, district.Start);

        List<Span> Of(string id) => [.. collector.Spans.Where(span => span.Trace == id)];

        // The spans above one, the nearest first.
        List<Span> Line(Span span)
        {
            var line = new List<Span>();
            while (spans.Find(one => one.Id == span.Parent) is { } parent)
                line.Add(span = parent);
            return line;
        }
    }

    [Fact]
    public async Task A_group_commit_is_linked_to_every_event_in_it()
    {
        const int Events = 200;
        await using var collector = await OtlpReceiver.StartAsync();
        using var data = await DemoData.CreateAsync();
        await using var server = await FeedbackProcess.StartAsync(collector.Environment(), "serve", data.Options);
        using var client = new TracedClient(data, server.Url);

        // Few windows and many at once: events share appends, and appends share transactions.
        var statuses = await Task.WhenAll(Enumerable.Range(1, Events).Select(n => client.PushAsync(n, Some.Evaluation(data.Windows[n % 4], $"e-{n}"))));
        await server.StopAsync();

        Assert.All(statuses, status => Assert.Equal(HttpStatusCode.Created, status));
        var appends = collector.Spans.Where(span => span.Name == "window append").ToList();
        var commits = collector.Spans.Where(span => span.Name == "COMMIT journal").ToList();
        Assert.Equal(Events, appends.Sum(append => int.Parse(append.Attributes["feedback.append.claims"], null)));
        var calls = collector.Spans.Where(span => span.Name.EndsWith("/Submit", StringComparison.Ordinal)).Select(span => span.Id).ToHashSet();
        Assert.Equal(Events, appends.Sum(append => append.Links.Count(calls.Contains)));
        Assert.All(appends, append => Assert.Single(commits, commit => commit.Links.Contains(append.Id)));
        Assert.Equal(appends.Count, commits.Sum(commit => commit.Links.Count));
        // From each event's own trace the append is reached: it is in it, or linked from it.
        foreach (var trace in Enumerable.Range(1, Events).Select(TracedClient.TraceOf))
        {
            var mine = collector.Spans.Where(span => span.Trace == trace).ToList();
            var linked = mine.Where(span => calls.Contains(span.Id)).SelectMany(span => span.Links).ToList();
            Assert.Single(appends, append => append.Trace == trace || linked.Contains(append.Id));
        }
    }

    [Fact]
    public async Task Metrics_and_logs_are_told_and_no_secret_nor_anything_of_a_citizen_is()
    {
        await using var collector = await OtlpReceiver.StartAsync();
        using var data = await DemoData.CreateAsync();
        await using var server = await FeedbackProcess.StartAsync(collector.Environment(), "demo", [.. data.Options, "--no-simulation"]);
        using var client = new TracedClient(data, server.Url);
        var body = Some.Evaluation(data.Windows[0], "canary-id-271828", more: $",\"comment\":\"{Comment}\",\"matter\":\"{Matter}\"");

        Assert.Equal(HttpStatusCode.Created, await client.PushAsync(1, body));
        Assert.Equal(HttpStatusCode.OK, await client.PushAsync(2, body));
        Assert.Equal(HttpStatusCode.BadRequest, await client.PushAsync(3, body.Replace("\"grade\":5", "\"grade\":9", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.NotFound, await client.PushAsync(4, body, $"/api/v1/canary-path-{data.Windows[0]}"));
        await client.ReadAsync($"/api/v1/satisfaction?node={data.District}&from={Some.Today:yyyy-MM-dd}&to={Some.Today.AddDays(1):yyyy-MM-dd}");
        await client.ReadAsync("/district/trend.png");
        // Somebody else's row: the window loses its version, and says so in a log line that names it.
        await StoredEvents.ChangeAsync(StoredEvents.OfFile(data["journal.db"]),
            $"insert into journal select stream, version + count, count, at, events, digest from journal where stream = (select id from streams where name = 'window:{data.Windows[0]}') order by version desc limit 1");
        Assert.Equal(HttpStatusCode.Created, await client.PushAsync(5, Some.Evaluation(data.Windows[0], "e-2")));
        await Wait.UntilAsync("a metric of reports and a log line are told", () => Task.FromResult(
            collector.Metrics.Any(metric => metric.Name == "feedback.report.lag" && metric.Points.Any(point => point.Value >= 2)) && !collector.Logs.IsEmpty));
        await server.StopAsync();

        AssertMetrics(collector);
        Assert.Contains(collector.Logs, line => line.Body == "Window {Window} is read anew from the journal before it takes more."
            && line.Attributes["exception.type"] == "Feedback.Grains.Journal.VersionConflictException"
            && line.Attributes["exception.stacktrace"].Contains(" at Feedback.", StringComparison.Ordinal));
        Assert.All(collector.Resources, resource => Assert.Equal("jiangyuan", resource["service.name"]));
        AssertNothingSaid(collector, data);
    }

    [Fact]
    public async Task A_sampler_that_takes_nothing_tells_no_span_and_an_exporter_set_to_none_tells_nothing_of_its_signal()
    {
        await using var collector = await OtlpReceiver.StartAsync();
        using var data = await DemoData.CreateAsync();
        var environment = collector.Environment(sampler: "always_off");
        environment["OTEL_METRICS_EXPORTER"] = "none";
        await using var server = await FeedbackProcess.StartAsync(environment, "serve", data.Options);
        using var client = new TracedClient(data, server.Url);

        Assert.Equal(HttpStatusCode.Created, await client.PushAsync(1, Some.Evaluation(data.Windows[0], "e-1")));
        await server.StopAsync();

        Assert.Empty(collector.Spans);
        Assert.Empty(collector.Metrics);
    }

    private static bool IsReport(Span span, string to) =>
        span.Attributes.GetValueOrDefault("feedback.node.kind") == to && span.Name.EndsWith("/Report", StringComparison.Ordinal);

    private static void AssertMetrics(OtlpReceiver collector)
    {
        (string Name, string Unit)[] wanted =
        [
            ("feedback.intake.events", "{event}"), ("feedback.journal.queue.length", "{unit}"), ("feedback.journal.commit.size", "{unit}"),
            ("feedback.journal.commit.duration", "s"), ("feedback.report.lag", "s"), ("feedback.chart.duration", "s"),
            ("http.server.request.duration", "s"), ("dotnet.gc.collections", "{collection}"),
        ];
        var last = collector.Metrics.GroupBy(metric => metric.Name).ToDictionary(group => group.Key, group => group.Last());
        foreach (var (name, unit) in wanted)
        {
            Assert.True(last.TryGetValue(name, out var metric), $"{name} is missing; there are {string.Join(", ", last.Keys.Order())}");
            Assert.Equal((name, unit), (name, metric.Unit));
            Assert.NotEqual("", metric.Description);
        }

        Assert.Contains(last.Values, metric => metric.Scope == "Microsoft.Orleans");
        Assert.Equal((2, 1, 1), (Events("accepted"), Events("duplicate"), Events("rejected", "grade-out-of-range")));
        Assert.True(last["feedback.journal.commit.duration"].Points[0].Bounds[0] < 0.001, "Commits of a millisecond are told apart.");

        double Events(string outcome, string? reason = null) => last["feedback.intake.events"].Points
            .Single(point => point.Attributes["feedback.intake.outcome"] == outcome && point.Attributes.GetValueOrDefault("error.type") == reason).Value;
    }

    private static void AssertNothingSaid(OtlpReceiver collector, DemoData data)
    {
        foreach (var canary in new[] { data.DeviceKey, data.ApiToken, Comment, Matter, "canary-", "CANARY-", $"window:{data.Windows[0]}", $"window/{data.Windows[0]}" })
            Assert.DoesNotContain(collector.Raw, bytes => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(canary)) >= 0);
        var values = collector.Spans.SelectMany(span => span.Attributes.Values.Append(span.Name))
            .Concat(collector.Metrics.SelectMany(metric => metric.Points.SelectMany(point => point.Attributes.Values)))
            .Concat(collector.Logs.SelectMany(line => line.Attributes.Values.Append(line.Body)));
        Assert.DoesNotContain(values, value => NodeId().IsMatch(value));
    }

    [GeneratedRegex(@"(?<![\w.])[ntq][0-9]+(?![\w.])")]
    private static partial Regex NodeId();
}

/// <summary>Pushes events, each as part of a trace of its own.</summary>
internal sealed class TracedClient : IDisposable
{
    /// <summary>The id of the caller's span.</summary>
    public const string Parent = "00f067aa0ba902b7";

    private readonly HttpClient _http;

    public TracedClient(DemoData data, Uri url)
    {
        // Or HttpClient would send a trace of the test's own.
        _http = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null }) { BaseAddress = url };
        _http.DefaultRequestHeaders.Add("X-Device-Key", data.DeviceKey);
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", data.ApiToken);
    }

    public static string TraceOf(int number) => $"4bf92f3577b34da6a3ce929d{number:x8}";

    public async Task<HttpStatusCode> PushAsync(int number, string body, string path = "/api/v1/evaluations")
    {
        for (var attempt = 1; ; attempt++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            request.Headers.Add("traceparent", $"00-{TraceOf(number)}-{Parent}-01");
            using var response = await _http.SendAsync(request);
            // As terminals do: a crowd before a server that has just started may be told to come again.
            if (response is not { StatusCode: HttpStatusCode.ServiceUnavailable, Headers.RetryAfter.Delta: { } later } || attempt == 30)
                return response.StatusCode;
            await Task.Delay(later, Wait.Clock);
        }
    }

    public async Task ReadAsync(string path) => (await _http.GetAsync(new Uri(path, UriKind.Relative))).EnsureSuccessStatusCode();

    public void Dispose() => _http.Dispose();
}
