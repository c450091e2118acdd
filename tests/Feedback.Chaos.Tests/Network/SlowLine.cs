using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Feedback.TestSupport;

namespace Feedback.Chaos.Tests.Network;

/// <summary>
/// A long and narrow line to one server: everything arrives a while later, and only so many bytes a second pass in each direction, over
/// all connections together. A relay of our own, for the kernel here delays no packets.
/// </summary>
internal sealed class SlowLine : IAsyncDisposable
{
    private const int Piece = 1024;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Uri _server;
    private readonly TimeSpan _delay;
    private readonly Throttle _up;
    private readonly Throttle _down;
    private readonly Task _accepting;

    /// <summary>Opens a line.</summary>
    /// <param name="server">Where it leads.</param>
    /// <param name="delay">How long a byte is under way, in each direction.</param>
    /// <param name="bitsPerSecond">How much passes, in each direction.</param>
    public SlowLine(Uri server, TimeSpan delay, int bitsPerSecond)
    {
        (_server, _delay) = (server, delay);
        (_up, _down) = (new Throttle(bitsPerSecond / 8.0), new Throttle(bitsPerSecond / 8.0));
        _listener.Start();
        _accepting = Task.Run(AcceptAsync);
    }

    /// <summary>Where this end of the line is.</summary>
    public Uri Url => new($"http://{_listener.LocalEndpoint}");

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            var near = await _listener.AcceptSocketAsync(_end.Token);
            _ = RelayAsync(near);
        }
    }

    private async Task RelayAsync(Socket near)
    {
        using (near)
        using (var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true })
        {
            near.NoDelay = true;
            try
            {
                await far.ConnectAsync(_server.Host, _server.Port, _end.Token);
                await Task.WhenAny(PassAsync(near, far, _up), PassAsync(far, near, _down));
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                // Either side hung up: so does the line.
            }
        }
    }

    private async Task PassAsync(Socket from, Socket to, Throttle throttle)
    {
        var underway = Channel.CreateBounded<(byte[] Bytes, long At)>(256);
        var arriving = ArriveAsync(underway.Reader, to);
        try
        {
            var buffer = new byte[Piece];
            while (await from.ReceiveAsync(buffer, _end.Token) is var read && read > 0)
            {
                await throttle.PassAsync(read, _end.Token);
                await underway.Writer.WriteAsync((buffer[..read], Wait.Clock.GetTimestamp()), _end.Token);
            }
        }
        finally
        {
            underway.Writer.Complete();
        }

        await arriving;
    }

    private async Task ArriveAsync(ChannelReader<(byte[] Bytes, long At)> underway, Socket to)
    {
        await foreach (var (bytes, at) in underway.ReadAllAsync(_end.Token))
        {
            if (_delay - Wait.Clock.GetElapsedTime(at) is { Ticks: > 0 } left)
                await Task.Delay(left, Wait.Clock, _end.Token);
            await to.SendAsync(bytes, _end.Token);
        }
    }

    /// <summary>Lets bytes pass one piece after the other, at a rate.</summary>
    private sealed class Throttle(double bytesPerSecond)
    {
        private readonly SemaphoreSlim _turn = new(1);
        private TimeSpan _free;
        private readonly long _start = Wait.Clock.GetTimestamp();

        public async Task PassAsync(int bytes, CancellationToken cancellation)
        {
            TimeSpan until;
            await _turn.WaitAsync(cancellation);
            try
            {
                var now = Wait.Clock.GetElapsedTime(_start);
                _free = (_free > now ? _free : now) + TimeSpan.FromSeconds(bytes / bytesPerSecond);
                until = _free - now;
            }
            finally
            {
                _turn.Release();
            }

            await Task.Delay(until, Wait.Clock, cancellation);
        }
    }
}
