using System.Net;
using System.Net.Sockets;
using Feedback.Api.Addresses;

namespace Feedback.Silo.SelfTest;

/// <summary>Whether the address leads to the service at all.</summary>
internal static class NetworkChecks
{
    private const int MostAddresses = 8;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The address itself, by its form.</summary>
    public static Finding Address(Uri url)
    {
        var text = url.GetLeftPart(UriPartial.Authority);
        var reach = Reaches.Of(url.IdnHost);
        if (reach is Reach.ThisMachine or Reach.Nowhere)
            return new Finding("address", Verdict.Fail, "address-local", text);
        if (url.Scheme != Uri.UriSchemeHttps)
            return new Finding("address", reach == Reach.OneNetwork ? Verdict.Warn : Verdict.Fail, "address-plain", text);
        return reach == Reach.OneNetwork
            ? new Finding("address", Verdict.Warn, "address-private", text)
            : new Finding("address", Verdict.Pass, "address-public", text);
    }

    /// <summary>What the name stands for.</summary>
    public static async Task<(IReadOnlyList<IPAddress> Addresses, IReadOnlyList<Finding> Findings)> NameAsync(Uri url, CancellationToken cancellation)
    {
        if (IPAddress.TryParse(url.IdnHost, out var literal))
            return ([literal], []);
        try
        {
            var addresses = await Dns.GetHostAddressesAsync(url.IdnHost, cancellation).WaitAsync(Patience, cancellation);
            return addresses.Length == 0
                ? ([], [new Finding("dns", Verdict.Fail, "dns-none", url.Host)])
                : ([.. addresses.Take(MostAddresses)], [Found(url, addresses)]);
        }
        catch (Exception e) when (e is SocketException or TimeoutException)
        {
            return ([], [new Finding("dns", Verdict.Fail, "dns-none", url.Host)]);
        }
    }

    /// <summary>Whether somebody listens.</summary>
    public static async Task<Finding> ConnectAsync(IPAddress address, int port, TimeProvider clock, CancellationToken cancellation)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        var start = clock.GetTimestamp();
        try
        {
            await socket.ConnectAsync(address, port, cancellation).AsTask().WaitAsync(Patience, cancellation);
            return new Finding("tcp", Verdict.Pass, "tcp-open", address, port, Math.Ceiling(clock.GetElapsedTime(start).TotalMilliseconds));
        }
        catch (Exception e) when (e is SocketException or TimeoutException)
        {
            return new Finding("tcp", Verdict.Fail, "tcp-closed", address, port);
        }
    }

    private static Finding Found(Uri url, IPAddress[] addresses)
    {
        var list = string.Join(", ", addresses.Take(MostAddresses));
        if (Reaches.Of(url.IdnHost) == Reach.Everywhere && addresses.Any(address => Reaches.Of(address) is Reach.ThisMachine or Reach.Nowhere))
            return new Finding("dns", Verdict.Fail, "dns-local", url.Host, list);
        return Reaches.Of(url.IdnHost) == Reach.Everywhere && addresses.Any(address => Reaches.Of(address) == Reach.OneNetwork)
            ? new Finding("dns", Verdict.Warn, "dns-private", url.Host, list)
            : new Finding("dns", Verdict.Pass, "dns-found", url.Host, list);
    }
}
