using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Feedback.TestSupport;

/// <summary>
/// Loopback ports for whatever must be told its port a while before it listens, or listens there again later. They lie below those that
/// Linux gives to outgoing connections and to whoever asks for any port (from 32768), so none of these takes one meanwhile.
/// </summary>
public static class FreePorts
{
    private const int First = 12_000;

    // From here on silos without a cluster draw theirs.
    private const int End = 21_000;
    private static readonly ConcurrentDictionary<int, bool> Given = new();

    /// <summary>A port on which nothing listens; in this process nobody is given it again.</summary>
    public static int Next() => Next(1);

    /// <summary>The first of ten such ports in a row, a multiple of ten.</summary>
    public static int NextTen() => Next(10);

    // By chance and not in an order: other test processes draw at the same time.
    private static int Next(int count)
    {
        while (true)
        {
            var first = RandomNumberGenerator.GetInt32(First / count, End / count) * count;
            if (Enumerable.Range(first, count).All(port => Given.TryAdd(port, true) && IsFree(port)))
                return first;
        }
    }

    private static bool IsFree(int port)
    {
        using var probe = new TcpListener(IPAddress.Loopback, port);
        try
        {
            probe.Start();
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return false;
        }
    }
}
