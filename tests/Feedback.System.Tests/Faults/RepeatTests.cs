using System.Net.Sockets;
using System.Text;
using Feedback.TestSupport;
using Feedback.TestSupport.Running;
using Xunit;

namespace Feedback.System.Tests.Faults;

public sealed class RepeatTests
{
    private enum Cut
    {
        Reset,
        Closed,
        Unread,
    }

    [Fact]
    public async Task A_thousand_connections_cut_right_after_sending_store_exactly_one_each_when_sent_again()
    {
        const int Cuts = 1000;
        using var data = await DemoData.CreateAsync();
        await using var server = await data.StartAsync("serve");
        using var client = new DemoClient(data, server.Url);
        var bodies = Enumerable.Range(0, Cuts).Select(i => Some.Evaluation(data.Windows[i % data.Windows.Count], $"cut-{i}")).ToList();

        var created = new bool[Cuts];
        await Parallel.ForEachAsync(bodies.Index(), new ParallelOptions { MaxDegreeOfParallelism = 20 }, async (one, _) =>
            created[one.Index] = await SendAndCutAsync(server.Url, data.DeviceKey, one.Item, (Cut)(one.Index % 3)));
        var replies = new Reply[Cuts];
        await Parallel.ForEachAsync(Enumerable.Range(0, Cuts), new ParallelOptions { MaxDegreeOfParallelism = 20 }, async (i, _) =>
            replies[i] = await client.PushAgainAsync(bodies[i]));

        Assert.All(replies, reply => Assert.True(reply.Status is 200 or 201, reply.Text));
        Assert.Contains(true, created);
        Assert.All(replies.Zip(created).Where(one => one.Second), one => Assert.Equal(200, one.First.Status));
        var stored = await StoredEvents.KeysAsync(StoredEvents.OfFile(data["journal.db"]));
        Assert.Equal(replies.Select(reply => $"{reply.Json["window"]} {reply.Json["id"]}").Order(), stored.Order());
        await Wait.UntilAsync("the district counts them", async () => await client.CountAsync() == Cuts);
        var ended = await server.StopAsync();
        Assert.Equal(0, ended.Code);
        Assert.Empty(server.Failures);
    }

    [Fact]
    public async Task Ten_thousand_keys_sent_five_times_at_once_are_stored_exactly_once_with_one_receipt_each()
    {
        const int Keys = 10_000, Senders = 5, Batch = 100;
        using var data = await DemoData.CreateAsync();
        await using var server = await data.StartAsync("serve");
        using var client = new DemoClient(data, server.Url);
        var batches = Enumerable.Range(0, Keys)
            .Select(i => Some.Evaluation(data.Windows[i % data.Windows.Count], $"k-{i}", 1 + (i % 5))).Chunk(Batch).Select(chunk => $"[{string.Join(',', chunk)}]").ToList();
        var ledger = new Ledger();
        for (var i = 0; i < Keys; i++)
            ledger.Attempt(data.Windows[i % data.Windows.Count], $"k-{i}", "");

        var accepted = await Task.WhenAll(Enumerable.Range(0, Senders).Select(_ => Task.Run(async () =>
        {
            var sum = 0;
            foreach (var batch in batches)
            {
                Reply reply;
                while (!ledger.Note(reply = await client.PushAsync(batch), Batch))
                    sum += reply.Status == 200 ? (int)reply.Json["accepted"]! : 0;
                sum += (int)reply.Json["accepted"]!;
            }

            return sum;
        })));

        // Whoever was told that nobody knows (503) is told of a repeat afterwards: fewer are new to anybody then, never more.
        Assert.InRange(accepted.Sum(), ledger.Refused + ledger.Unknown == 0 ? Keys : 0, Keys);
        ledger.AssertMatches(await StoredEvents.KeysAsync(StoredEvents.OfFile(data["journal.db"])));
        await Wait.UntilAsync("the district counts them", async () => await client.CountAsync() == Keys);

        var other = await client.PushAgainAsync(batches[0].Replace("\"channel\":\"terminal\"", "\"channel\":\"qr\"", StringComparison.Ordinal));
        Assert.Equal(Batch, other.Json["rejected"]!.AsArray().Count(one => (int)one!["problem"]!["status"]! == 409));
    }

    [Fact]
    public async Task Lines_cut_between_the_commit_and_the_answer_leave_exactly_one_each()
    {
        using var data = await DemoData.CreateAsync();
        await using var server = await data.StartAsync("serve");

        var ledger = await Repeats.CutAsync(data, server.Url, cuts: 50);

        ledger.AssertMatches(await StoredEvents.KeysAsync(StoredEvents.OfFile(data["journal.db"])));
    }

    [Fact]
    public async Task Keys_sent_five_times_at_the_same_moment_get_one_receipt_and_another_body_is_a_conflict()
    {
        using var data = await DemoData.CreateAsync();
        await using var server = await data.StartAsync("serve");

        var (ledger, conflicts) = await Repeats.AtOnceAsync(data, server.Url, keys: 500, times: 5);

        Assert.Equal(500, conflicts);
        ledger.AssertMatches(await StoredEvents.KeysAsync(StoredEvents.OfFile(data["journal.db"])));
    }

    // Whether the answer began with 201 before the line was cut: the commit came before it.
    private static async Task<bool> SendAndCutAsync(Uri url, string key, string body, Cut cut)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(url.Host, url.Port);
        var head = $"POST /api/v1/evaluations HTTP/1.1\r\nHost: x\r\nX-Device-Key: {key}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n";
        await socket.SendAsync(Encoding.UTF8.GetBytes(head + body));
        var beginning = new byte["HTTP/1.1 201".Length];
        // The rest of the answer stays unread.
        var read = cut == Cut.Unread ? await socket.ReceiveAsync(beginning) : 0;
        if (cut != Cut.Closed)
            socket.LingerState = new LingerOption(true, 0);
        return Encoding.ASCII.GetString(beginning, 0, read) == "HTTP/1.1 201";
    }
}
