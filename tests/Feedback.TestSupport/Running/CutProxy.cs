using System.Net;
using System.Net.Sockets;

namespace Feedback.TestSupport.Running;

/// <summary>
/// Stands between clients and a server: passes requests on, waits for the answer, which proves the commit, and cuts the line instead of
/// handing it over, as often as it is told.
/// </summary>
public sealed class CutProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Uri _server;
    private readonly Task _accepting;
    private int _left;
    private int _cuts;

    /// <summary>Listens on a free loopback port.</summary>
    /// <param name="server">Where the server is.</param>
    /// <param name="cuts">So many answers are dropped; the later ones go through.</param>
    public CutProxy(Uri server, int cuts)
    {
        (_server, _left) = (server, cuts);
        _listener.Start(512);
        Url = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = AcceptAsync();
    }

    /// <summary>Where clients find it.</summary>
    public Uri Url { get; }

    /// <summary>How many answers were dropped.</summary>
    public int Cuts => _cuts;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptSocketAsync(_end.Token));
        }
        catch (OperationCanceledException)
        {
            // It is the end.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using (client)
        using (var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true })
        {
            try
            {
                await server.ConnectAsync(_server.Host, _server.Port, _end.Token);
                await Task.WhenAny(PassAsync(client, server, cut: false), PassAsync(server, client, cut: true));
            }
            catch (SocketException)
            {
                // One of them hung up.
            }
        }
    }

    private async Task PassAsync(Socket from, Socket to, bool cut)
    {
        var bytes = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(bytes, _end.Token) is > 0 and var count)
            {
                if (cut && Interlocked.Decrement(ref _left) >= 0)
                {
                    Interlocked.Increment(ref _cuts);
                    to.LingerState = new LingerOption(true, 0);
                    return;
                }

                await to.SendAsync(bytes.AsMemory(0, count), _end.Token);
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One of them hung up.
        }
    }
}
