using System.Net.Sockets;
using System.Text;
using Feedback.Chaos.Tests.Load;
using Feedback.Chaos.Tests.Results;
using Feedback.TestSupport;
using Feedback.TestSupport.Running;
using Xunit;

namespace Feedback.Chaos.Tests.Storage;

/// <summary>Thousands of connections that send next to nothing.</summary>
public sealed class SlowConnectionTests
{
    private const int Connections = 2000;

    [Fact]
    public Task Two_thousand_slow_connections_keep_no_kiosk_from_pushing() =>
        ResultTable.RecordAsync(26, "2,000 slow connections for 60 s, 50 events/s", async row =>
        {
            using var data = await DemoData.CreateAsync();
            await using var server = await data.StartAsync("serve");
            var ledger = new Ledger();
            using var load = new KioskLoad(data, ledger, 50, "beside-slow");
            using var enough = new CancellationTokenSource();
            var open = 0;
            load.Point(server.Url);
            var running = load.RunAsync();
            // The first seconds of a process are no measure. From then on everything is, also the moments in which all come at once.
            await Task.Delay(Scale.Seconds(20), Wait.Clock);
            var from = load.Now;
            var slow = Enumerable.Range(0, Connections).Select(n => TrickleAsync(server.Url, data.DeviceKey, n, change => Interlocked.Add(ref open, change), enough.Token)).ToList();
            await Wait.UntilAsync("all are connected", () => Task.FromResult(Volatile.Read(ref open) >= Connections * 95 / 100));
            await Task.Delay(Scale.Seconds(60), Wait.Clock);
            row.Measure("slow connections open at the end", Volatile.Read(ref open));
            row.Measure("handles", ProcessFigures.Handles(server.Id));
            row.Measure("memory", ProcessFigures.ResidentMegaBytes(server.Id), "MB");
            load.Enough();
            await running;
            await enough.CancelAsync();
            await Task.WhenAll(slow);
            var beside = load.Figures.Since(from);
            row.Measure("p99 of kiosks", LoadFigures.Quantile(beside.All, 0.99), "s");
            beside.Tell(row);
            await Oracle.AssertAsync(row, data, ledger, server, () => StoredEvents.OfFile(data["journal.db"]));
            Assert.True(beside.FirstTryPercent() >= 99.9, $"Only {beside.FirstTryPercent():0.00} % succeeded.");
        });

    // Some are slow with the head, others with the body; whoever is hung up on comes again.
    private static async Task TrickleAsync(Uri url, string key, int n, Action<int> count, CancellationToken cancellation)
    {
        var text = $"POST /api/v1/evaluations HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nX-Device-Key: {key}\r\nContent-Length: 4000\r\n\r\n" + new string(' ', 4000);
        var bytes = Encoding.ASCII.GetBytes(text);
        while (!cancellation.IsCancellationRequested)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            var connected = false;
            try
            {
                await socket.ConnectAsync(url.Host, url.Port, cancellation);
                connected = true;
                count(1);
                for (var at = n % 2 == 0 ? 0 : text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4; at < bytes.Length; at++)
                {
                    if (at > 0 && n % 2 == 1 && at == text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)
                        await socket.SendAsync(bytes.AsMemory(0, at), cancellation);
                    await socket.SendAsync(bytes.AsMemory(at, 1), cancellation);
                    await Task.Delay(TimeSpan.FromSeconds(1), Wait.Clock, cancellation);
                }
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                // It was hung up on, or it is the end.
            }
            finally
            {
                if (connected)
                    count(-1);
            }
        }
    }
}
