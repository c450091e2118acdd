using System.Net;
using System.Net.Sockets;
using Feedback.TestSupport;

namespace Feedback.Storage.Tests.Support;

/// <summary>A line to a database server on which, from a moment on, nothing comes back: to the server the client seems to think for ever.</summary>
internal sealed class SilentLine : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly int _server;
    private readonly Task _accepting;
    private volatile bool _silent;

    /// <summary>Opens the line to a port of this machine.</summary>
    public SilentLine(int server)
    {
        _server = server;
        _listener.Start();
        _accepting = Task.Run(AcceptAsync);
    }

    /// <summary>The port of this end.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>From now on nothing comes back, and nothing is closed either.</summary>
    public void FallSilent() => _silent = true;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
            _ = RelayAsync(await _listener.AcceptSocketAsync(_end.Token));
    }

    private async Task RelayAsync(Socket client)
    {
        using (client)
        using (var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
        {
            try
            {
                await server.ConnectAsync(new IPEndPoint(IPAddress.Loopback, _server), _end.Token);
                await Task.WhenAny(PassAsync(client, server, () => true), PassAsync(server, client, () => !_silent));
                if (_silent)
                    await Task.Delay(Timeout.InfiniteTimeSpan, Wait.Clock, _end.Token);
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                // It is the end, or somebody hung up.
            }
        }
    }

    private async Task PassAsync(Socket from, Socket to, Func<bool> passes)
    {
        var buffer = new byte[16 * 1024];
        while (await from.ReceiveAsync(buffer, _end.Token) is var read && read > 0)
        {
            if (passes())
                await to.SendAsync(buffer.AsMemory(0, read), _end.Token);
        }
    }
}
