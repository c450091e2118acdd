using System.Net.Sockets;
using System.Text;
using Feedback.TestSupport;
using Feedback.TestSupport.Running;
using Xunit;

namespace Feedback.System.Tests.Faults;

/// <summary>Clients on bad lines: slow, cut in the middle, gone before the answer. They harm nobody, themselves least of all.</summary>
public sealed class SlowClientTests
{
    [Theory]
    [InlineData("SQLite")]
    [InlineData("PostgreSQL")]
    public async Task Slow_and_aborted_clients_keep_nobody_from_pushing_and_store_exactly_one_each_when_sent_again(string database)
    {
        const int Slow = 300, Aborted = 150, Unread = 300, Ordinary = 100;
        await using var postgres = database == "PostgreSQL" ? await PrivatePostgres.StartAsync(durable: true) : null;
        var connection = postgres is null ? null : await postgres.CreateDatabaseAsync();
        using var data = await DemoData.CreateAsync(connection);
        await using var server = await data.StartAsync("serve");
        using var client = new DemoClient(data, server.Url);
        var slow = Bodies("slow", Slow);
        var aborted = Bodies("aborted", Aborted);
        var unread = Bodies("unread", Unread);

        var waiting = await Task.WhenAll(slow.Select(body => RawPush.BeginAsync(server.Url, data.DeviceKey, body)));
        await Task.WhenAll(aborted.Select(async (body, n) => (await RawPush.BeginAsync(server.Url, data.DeviceKey, body)).Abort(reset: n % 2 == 0)));
        await Task.WhenAll(unread.Select(async body =>
        {
            var push = await RawPush.BeginAsync(server.Url, data.DeviceKey, body);
            await push.FinishAsync();
            push.Abort(reset: true);
        }));
        var ordinary = await Task.WhenAll(Bodies("ordinary", Ordinary).Select(client.PushAgainAsync));
        var finished = await Task.WhenAll(waiting.Select(push => push.AnswerAsync()));

        // A first answer may have been that nobody knows (503): then it is found stored. What is stored is counted below.
        Assert.All(ordinary, reply => Assert.True(reply.Status is 200 or 201, reply.Text));
        // Whoever takes longer than the server waits is hung up on, and comes again like the others.
        Assert.All(finished, status => Assert.True(status is null or 201 or 408 or 503, $"{status}"));
        var again = await Task.WhenAll(slow.Concat(unread).Select(client.PushAgainAsync));
        Assert.All(again, reply => Assert.True(reply.Status is 200 or 201, reply.Text));
        Assert.All(finished.Zip(again).Where(one => one.First == 201), one => Assert.Equal(200, one.Second.Status));

        var stored = await StoredEvents.KeysAsync(connection is null ? StoredEvents.OfFile(data["journal.db"]) : StoredEvents.OfPostgres(connection));
        Assert.Equal(Slow + Unread + Ordinary, stored.Distinct().Count());
        Assert.Equal(Slow + Unread + Ordinary, stored.Count);
        Assert.DoesNotContain(stored, key => key.Contains("aborted", StringComparison.Ordinal));
        Assert.Equal(0, (await server.StopAsync()).Code);
        Assert.Equal(0, (await data.VerifyAsync()).Code);

        List<string> Bodies(string name, int count) =>
            [.. Enumerable.Range(0, count).Select(n => Some.Evaluation(data.Windows[n % data.Windows.Count], $"{name}-{n}"))];
    }
}

/// <summary>A push over a socket of its own, in two halves.</summary>
internal sealed class RawPush
{
    private readonly Socket _socket;
    private readonly byte[] _rest;

    private RawPush(Socket socket, byte[] rest) => (_socket, _rest) = (socket, rest);

    /// <summary>Sends the head and half of the body.</summary>
    public static async Task<RawPush> BeginAsync(Uri url, string key, string body)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(url.Host, url.Port);
        var bytes = Encoding.UTF8.GetBytes(body);
        var head = $"POST /api/v1/evaluations HTTP/1.1\r\nHost: x\r\nX-Device-Key: {key}\r\nContent-Type: application/json\r\nContent-Length: {bytes.Length}\r\n\r\n";
        await socket.SendAsync(Encoding.ASCII.GetBytes(head).Concat(bytes.Take(bytes.Length / 2)).ToArray());
        return new RawPush(socket, bytes[(bytes.Length / 2)..]);
    }

    /// <summary>Sends the rest.</summary>
    public async Task FinishAsync() => await _socket.SendAsync(_rest);

    /// <summary>Sends the rest and waits for the answer.</summary>
    /// <returns>Its status; null when the line was cut.</returns>
    public async Task<int?> AnswerAsync()
    {
        try
        {
            await FinishAsync();
            using var reader = new StreamReader(new NetworkStream(_socket, ownsSocket: true));
            return await reader.ReadLineAsync() is { Length: > 12 } line ? int.Parse(line.AsSpan(9, 3), null) : null;
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return null;
        }
    }

    /// <summary>Hangs up, politely or not.</summary>
    public void Abort(bool reset)
    {
        if (reset)
            _socket.LingerState = new LingerOption(true, 0);
        _socket.Dispose();
    }
}
