using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using Feedback.Benchmarks.Load;
using Feedback.Benchmarks.Servers;

namespace Feedback.Benchmarks.Measures;

/// <summary>
/// How long the charts of a hall of 30 windows take, from the request to the last byte: drawn anew (a period nobody asked
/// for before), from the cache, and found unchanged. One request at a time.
/// </summary>
internal static class ChartTime
{
    public const string Description = "Charts of a hall: drawn anew, from the cache, unchanged.";
    private const int Days = 80;
    private const int PerDay = 250;
    private const int Shown = 30;
    private const int WarmUp = 10;
    private const int Fresh = 40;
    private const int Cached = 1000;

    public static async Task MeasureAsync(Settings settings)
    {
        await using var store = await Store.OpenAsync(postgres: false);
        await using var server = await store.StartServerAsync();
        using var http = new HttpClient { BaseAddress = server.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.Access.Token);
        var today = DateOnly.FromDateTime(settings.Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).Date);
        await FillAsync(http, server.Access, today);

        var table = new MarkdownTable("chart", "bytes", "drawn anew, p50 / p99 (goal p50)", "from the cache, p50 / p99 (goal p50)", "unchanged (304), p50 / p99", "SVG anew, p50");
        foreach (var name in (string[])["grades", "trend", "dimensions", "hours", "volume"])
        {
            var (png, bytes) = await AnewAsync(http, name, "png", today);
            var (svg, _) = await AnewAsync(http, name, "svg", today);
            var (cached, unchanged) = await AgainAsync(http, Address(name, "png", today));
            table.Add(
                name, MarkdownTable.Count(bytes), $"{Times(png)} (≤ 30 ms)", $"{Times(cached)} (≤ 1 ms)", Times(unchanged), MarkdownTable.Milliseconds(svg.Quantile(0.5)));
        }

        table.Print(
            "Charts of a hall of 30 windows, 800 × 450",
            $"{Fresh} periods of {Shown} days each after {WarmUp} to warm up, {PerDay} evaluations a day; {MarkdownTable.Count(Cached)} times from the cache; SQLite.");
    }

    private static async Task<(Latencies Times, double Bytes)> AnewAsync(HttpClient http, string name, string format, DateOnly today)
    {
        var (times, bytes) = (new Latencies(), 0L);
        for (var turn = 0; turn < WarmUp + Fresh; turn++)
        {
            var start = Stopwatch.GetTimestamp();
            var file = await http.GetByteArrayAsync(Address(name, format, today.AddDays(-turn)));
            if (turn < WarmUp)
                continue;
            times.Add(Stopwatch.GetElapsedTime(start));
            bytes += file.Length;
        }

        return (times, (double)bytes / Fresh);
    }

    private static async Task<(Latencies Cached, Latencies Unchanged)> AgainAsync(HttpClient http, string address)
    {
        var (cached, unchanged) = (new Latencies(), new Latencies());
        using var first = await http.GetAsync(address);
        for (var turn = 0; turn < Cached; turn++)
        {
            var start = Stopwatch.GetTimestamp();
            await http.GetByteArrayAsync(address);
            cached.Add(Stopwatch.GetElapsedTime(start));

            using var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { IfNoneMatch = { first.Headers.ETag! } } };
            start = Stopwatch.GetTimestamp();
            using var answer = await http.SendAsync(request);
            unchanged.Add(Stopwatch.GetElapsedTime(start));
            if (answer.StatusCode != System.Net.HttpStatusCode.NotModified)
                throw new InvalidOperationException($"The chart changed while nobody rated: {answer.StatusCode}.");
        }

        return (cached, unchanged);
    }

    private static async Task FillAsync(HttpClient http, BenchAccess access, DateOnly today)
    {
        var (hall, draw) = (access.Halls[0], new Random(3));
        for (var day = 0; day < Days; day++)
        {
            var rows = Enumerable.Range(0, PerDay).Select(number => (object)new
            {
                id = string.Create(CultureInfo.InvariantCulture, $"c-{day}-{number}"),
                window = hall[draw.Next(hall.Length)],
                // Office hours, so that the last of today may lie in the future: those count as received now.
                occurredAt = string.Create(CultureInfo.InvariantCulture, $"{today.AddDays(-day):yyyy-MM-dd}T{draw.Next(9, 17):00}:{draw.Next(60):00}:00+08:00"),
                grade = draw.Next(100) switch { < 72 => 5, < 90 => 4, < 95 => 3, < 98 => 2, _ => 1 },
                origin = "active",
                channel = "terminal",
                dimensions = new { attitude = draw.Next(3, 6), timeliness = draw.Next(2, 6), ethics = 5, style = draw.Next(3, 6) },
            });
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/evaluations") { Content = JsonContent.Create(rows.ToArray()) };
            request.Headers.Add("X-Device-Key", access.DeviceKey);
            using var answer = await http.SendAsync(request);
            answer.EnsureSuccessStatusCode();
        }

        // Reports go up within a tenth of a second; what comes late would make a chart of the first turns change.
        await Task.Delay(TimeSpan.FromSeconds(2), Silo.Hosting.RealClock.Instance);
    }

    private static string Address(string name, string format, DateOnly last) => string.Create(
        CultureInfo.InvariantCulture, $"/api/v1/charts/{name}.{format}?node=bench/hall-1&from={last.AddDays(1 - Shown):yyyy-MM-dd}&to={last.AddDays(1):yyyy-MM-dd}&lang=zh");

    private static string Times(Latencies times) => $"{MarkdownTable.Milliseconds(times.Quantile(0.5))} / {MarkdownTable.Milliseconds(times.Quantile(0.99))}";
}
