using System.Net.Sockets;

namespace Feedback.Grains.Cluster;

/// <summary>Looks whether anybody listens where other silos do.</summary>
internal interface ISiloDoors
{
    /// <summary>Whether the machine of a silo says that nobody listens at the silo's address any more.</summary>
    /// <param name="silo">The silo.</param>
    /// <returns>False, too, when nothing was said in time: then nobody knows.</returns>
    Task<bool> IsShutAsync(SiloAddress silo);
}

/// <summary>The same over TCP.</summary>
/// <param name="clock">The clock.</param>
internal sealed class SiloDoors(TimeProvider clock) : ISiloDoors
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(0.5);

    /// <inheritdoc/>
    public async Task<bool> IsShutAsync(SiloAddress silo)
    {
        using var end = new CancellationTokenSource(Patience, clock);
        using var socket = new Socket(silo.Endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(silo.Endpoint, end.Token);
            return false;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode == SocketError.ConnectionRefused;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
