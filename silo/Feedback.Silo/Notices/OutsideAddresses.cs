using System.Net;
using System.Net.Sockets;
using Feedback.Api.Addresses;
using Feedback.Grains.Notices;

namespace Feedback.Silo.Notices;

/// <summary>
/// Looks names of hooks up, and lets nobody through to a network of our own: neither by the address itself nor by a name that leads
/// there. Who connects does so to the addresses that were checked, and asks nobody again.
/// </summary>
/// <param name="lookUp">Tells the addresses of a name.</param>
internal sealed class OutsideAddresses(Func<string, CancellationToken, Task<IPAddress[]>> lookUp)
{
    // What the form of an address does not tell as private: addresses that stand for others (RFC 6052, RFC 8215, RFC 3056, RFC 4380,
    // RFC 4291 §2.5.5.1), those that are for no use on the Internet (RFC 6890, RFC 5737, RFC 3849, RFC 9637, RFC 2544, RFC 3879), and
    // one at which a cloud answers its own machines.
    private static readonly IPNetwork[] Special =
    [
        IPNetwork.Parse("192.0.0.0/24"), IPNetwork.Parse("192.0.2.0/24"), IPNetwork.Parse("192.88.99.0/24"), IPNetwork.Parse("198.18.0.0/15"),
        IPNetwork.Parse("198.51.100.0/24"), IPNetwork.Parse("203.0.113.0/24"), IPNetwork.Parse("168.63.129.16/32"),
        IPNetwork.Parse("2001::/23"), IPNetwork.Parse("2001:db8::/32"), IPNetwork.Parse("2002::/16"), IPNetwork.Parse("3fff::/20"),
    ];

    // Where clouds tell their machines secrets, and what is good on one cable only: nobody has a hook there.
    private static readonly IPNetwork[] Never =
    [
        IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("fe80::/10"), IPNetwork.Parse("100.100.100.200/32"), IPNetwork.Parse("168.63.129.16/32"),
        IPNetwork.Parse("192.0.0.192/32"), IPNetwork.Parse("fd00:ec2::254/128"), IPNetwork.Parse("fd20:ce::254/128"),
    ];

    // Unicast addresses of the Internet (RFC 4291, §2.4, as assigned by IANA): whatever else there may be is none of them.
    private static readonly IPNetwork Internet = IPNetwork.Parse("2000::/3");

    /// <summary>Looks names up as the machine does.</summary>
    public static OutsideAddresses OfThisMachine() => new(Dns.GetHostAddressesAsync);

    /// <summary>The addresses of a host. One that may not be connected to spoils them all: it is no mistake of its owner.</summary>
    /// <param name="host">A name or an address.</param>
    /// <param name="allowPrivate">Whether it may be in the bureau's own network or on this machine.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="DeliveryException">There are none, or one of them may not be connected to.</exception>
    public async Task<IPAddress[]> CheckedAsync(string host, bool allowPrivate, CancellationToken cancellation)
    {
        IPAddress[] addresses;
        try
        {
            addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await lookUp(host, cancellation);
        }
        catch (SocketException)
        {
            throw new DeliveryException("its name is not known");
        }

        if (addresses.Length == 0)
            throw new DeliveryException("its name has no address");
        return addresses.All(address => MayConnect(address, allowPrivate)) ? addresses : throw new DeliveryException("its name leads into a network of our own");
    }

    /// <summary>Whether an address may be connected to.</summary>
    public static bool MayConnect(IPAddress address, bool allowPrivate)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (IsIn(Never, plain) || Reaches.Of(plain) == Reach.Nowhere)
            return false;
        return allowPrivate || (Reaches.Of(plain) == Reach.Everywhere && !IsIn(Special, plain)
            && (plain.AddressFamily == AddressFamily.InterNetwork || Internet.Contains(plain)));
    }

    private static bool IsIn(IPNetwork[] networks, IPAddress address) => networks.Any(network => network.Contains(address));
}
