using System.Net;
using System.Net.Sockets;

namespace Feedback.Silo.Hosting;

/// <summary>One of N identical silos on one PostgreSQL, as the others see it.</summary>
/// <param name="Name">What people call it; unique by habit only.</param>
/// <param name="Address">The address by which the other silos reach it.</param>
/// <param name="Port">The TCP port there.</param>
/// <param name="Serves">The node, by id or path, whose windows it should preferably hold; null for none.</param>
internal sealed record ClusterPlace(string Name, IPAddress Address, int Port, string? Serves)
{
    /// <summary>The TCP port between silos unless told otherwise.</summary>
    public const int DefaultPort = 11111;

    /// <summary>How long a silo of a cluster goes on serving after it was told to stop, unless told otherwise: by then whoever spreads the requests has asked for its health.</summary>
    public static readonly TimeSpan DefaultDrain = TimeSpan.FromSeconds(5);

    /// <summary>Where it listens for the other silos: on loopback only if that is its address, else on every address of the machine, and by IPv6 too if its own is such a one.</summary>
    public IPAddress ListensOn => Address switch
    {
        _ when IPAddress.IsLoopback(Address) => Address,
        { AddressFamily: AddressFamily.InterNetworkV6 } => IPAddress.IPv6Any,
        _ => IPAddress.Any,
    };
}
