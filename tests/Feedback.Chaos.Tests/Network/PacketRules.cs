using System.Globalization;

namespace Feedback.Chaos.Tests.Network;

/// <summary>What happens to the packets of one silo, by the kernel's packet filter in its namespace. A new rule takes the place of the last.</summary>
/// <param name="space">The namespace.</param>
internal sealed class PacketRules(string space)
{
    /// <summary>Neither hears nor reaches these addresses.</summary>
    public void CutOff(IEnumerable<string> addresses) => Set(addresses.SelectMany(address => new[] { Incoming(address), Outgoing(address) }));

    /// <summary>Hears these addresses, but does not reach them.</summary>
    public void Mute(IEnumerable<string> addresses) => Set(addresses.Select(Outgoing));

    /// <summary>Loses so many of a hundred packets, each by itself: everything that comes in, and what goes out to these addresses.</summary>
    /// <param name="percent">0 to 100.</param>
    /// <param name="outgoing">The addresses.</param>
    /// <param name="spared">A TCP port of theirs to and from which nothing is lost; null for none.</param>
    /// <remarks>Between two silos with such rules a packet is lost once, where it comes in.</remarks>
    public void Lose(int percent, IEnumerable<string> outgoing, int? spared = null)
    {
        var some = string.Create(CultureInfo.InvariantCulture, $"numgen random mod 100 < {percent} drop");
        IEnumerable<string> passing = spared is null ? [] : [$"in tcp sport {spared} accept", $"out tcp dport {spared} accept"];
        Set([.. passing, "in iifname eth0 " + some, .. outgoing.Select(address => $"out ip daddr {address} {some}")]);
    }

    /// <summary>Everything passes again.</summary>
    public void Heal() => Set([]);

    private static string Incoming(string address) => $"in ip saddr {address} drop";

    private static string Outgoing(string address) => $"out ip daddr {address} drop";

    // In one step: at no moment is half of it in force.
    private void Set(IEnumerable<string> rules) => NetworkTool.Run(
    [
        "ip", "netns", "exec", space, "nft",
        string.Join("; ", [
            "add table inet faults", "delete table inet faults", "add table inet faults",
            "add chain inet faults in { type filter hook input priority 0 ; }",
            "add chain inet faults out { type filter hook output priority 0 ; }",
            .. rules.Select(rule => "add rule inet faults " + rule),
        ]),
    ]);
}
