using System.Net;
using System.Net.Sockets;

namespace Feedback.Api.Addresses;

/// <summary>From where an address can be reached.</summary>
public enum Reach
{
    /// <summary>From anywhere, as far as its form tells.</summary>
    Everywhere,

    /// <summary>Within one network only: a private address (RFC 1918, RFC 4193, RFC 6598, link-local) or a name without a public suffix.</summary>
    OneNetwork,

    /// <summary>On the same machine only.</summary>
    ThisMachine,

    /// <summary>From nowhere: an address that only makes sense to listen on, such as 0.0.0.0, or one of a group.</summary>
    Nowhere,
}

/// <summary>Tells the reach of host names and IP addresses by their form, without asking the network.</summary>
public static class Reaches
{
    private static readonly IPNetwork[] Private =
    [
        IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("100.64.0.0/10"), IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("fc00::/7"), IPNetwork.Parse("fe80::/10"),
    ];

    private static readonly IPNetwork[] Nowhere =
    [
        IPNetwork.Parse("0.0.0.0/8"), IPNetwork.Parse("224.0.0.0/3"), IPNetwork.Parse("ff00::/8"), IPNetwork.Parse("::/128"),
    ];

    // Reserved for use at home or in one network: RFC 6762, RFC 8375, and ICANN's .internal; the others by custom.
    private static readonly string[] PrivateEndings = [".local", ".internal", ".home.arpa", ".lan", ".intranet", ".corp", ".home"];

    /// <summary>The reach of a URL's host, which is a name or an IP address.</summary>
    public static Reach Of(string host)
    {
        var name = host.TrimEnd('.').ToLowerInvariant();
        if (IPAddress.TryParse(name, out var address))
            return Of(address);
        if (name is "localhost" or "localhost.localdomain" || name.EndsWith(".localhost", StringComparison.Ordinal))
            return Reach.ThisMachine;
        return !name.Contains('.', StringComparison.Ordinal) || PrivateEndings.Any(ending => name.EndsWith(ending, StringComparison.Ordinal))
            ? Reach.OneNetwork
            : Reach.Everywhere;
    }

    /// <summary>The reach of an IP address.</summary>
    public static Reach Of(IPAddress address)
    {
        var plain = address is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
        if (IPAddress.IsLoopback(plain))
            return Reach.ThisMachine;
        if (Nowhere.Any(network => network.Contains(plain)))
            return Reach.Nowhere;
        return Private.Any(network => network.Contains(plain)) ? Reach.OneNetwork : Reach.Everywhere;
    }
}
