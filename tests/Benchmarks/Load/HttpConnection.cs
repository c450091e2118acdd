using System.Net;
using System.Net.Sockets;

namespace Feedback.Benchmarks.Load;

/// <summary>
/// One kept-alive HTTP/1.1 connection on a bare socket, one exchange at a time: the generator shares two processors with
/// the server, so whatever it costs is missing from the figures.
/// </summary>
internal sealed class HttpConnection(Uri server) : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _received = new byte[4096];

    public Task ConnectAsync() => _socket.ConnectAsync(new IPEndPoint(IPAddress.Parse(server.Host), server.Port));

    /// <summary>Opens connections.</summary>
    public static async Task<HttpConnection[]> OpenAsync(Uri server, int count)
    {
        var connections = new HttpConnection[count];
        for (var i = 0; i < count; i++)
        {
            connections[i] = new HttpConnection(server);
            await connections[i].ConnectAsync();
        }

        return connections;
    }

    /// <summary>Sends a whole request and waits for the whole answer.</summary>
    public async ValueTask<Answer> ExchangeAsync(ReadOnlyMemory<byte> request)
    {
        while (request.Length > 0)
            request = request[await _socket.SendAsync(request, SocketFlags.None)..];
        var length = 0;
        while (true)
        {
            if (length == _received.Length)
                Array.Resize(ref _received, length * 2);
            var some = await _socket.ReceiveAsync(_received.AsMemory(length), SocketFlags.None);
            if (some == 0)
                throw new IOException("The server closed the connection.");
            length += some;
            if (AnswerText.Read(_received.AsMemory(0, length)) is { } answer)
                return answer;
        }
    }

    public void Dispose() => _socket.Dispose();
}
