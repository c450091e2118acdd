using System.Globalization;
using Feedback.TestSupport;
using Feedback.TestSupport.Clusters;
using Xunit;

namespace Feedback.Chaos.Tests.Network;

/// <summary>
/// A network of our own on this machine: a bridge, and behind it a network namespace for every silo, with an address and packet rules of
/// its own. The database server and the kiosks are at the bridge itself. Only root may make it.
/// </summary>
internal sealed class SiloNetwork : IDisposable
{
    private const int FirstSilo = 11;
    private const int WebPort = 5080;
    private const int SiloPort = 11111;
    private const string Prefix = "fbk";

    private static readonly Lazy<string?> Missing = new(Try);
    private static int _made;

    private readonly string _name;
    private readonly string _net;
    private readonly List<string> _namespaces = [];

    private SiloNetwork()
    {
        _name = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}{(char)('a' + (Interlocked.Increment(ref _made) % 26))}");
        // Of 10.64.0.0/10, which neither containers nor offices use by default.
        _net = string.Create(CultureInfo.InvariantCulture, $"10.{64 + (Environment.ProcessId / 200 % 64)}.{Environment.ProcessId % 200}");
        RemoveLeftovers();
        NetworkTool.Run("ip", "link", "add", _name, "type", "bridge");
        NetworkTool.Run("ip", "addr", "add", Gateway + "/24", "dev", _name);
        NetworkTool.Run("ip", "link", "set", _name, "up");
    }

    /// <summary>The address of the database server and of the kiosks.</summary>
    public string Gateway => _net + ".1";

    /// <summary>Why this machine has no such network, or null when it has.</summary>
    public static string? WhyNot => Missing.Value;

    /// <summary>Makes the network.</summary>
    public static SiloNetwork Create() => new();

    /// <summary>A cluster whose silos are each in a network of their own. They serve when this returns.</summary>
    public async Task<(PrivatePostgres Postgres, SiloCluster Cluster)> StartAsync(int silos, params string[] options)
    {
        var postgres = await PrivatePostgres.StartAsync(durable: true, alsoAt: Gateway);
        var cluster = await SiloCluster.PrepareAsync(postgres, Gateway, options);
        for (var n = 0; n < silos; n++)
            cluster.Add(Join()).Start();
        await cluster.AllServeAsync();
        return (postgres, cluster);
    }

    /// <summary>Another place for a silo.</summary>
    public SiloPlace Join()
    {
        var number = _namespaces.Count + 1;
        var space = string.Create(CultureInfo.InvariantCulture, $"{_name}{number}");
        var address = string.Create(CultureInfo.InvariantCulture, $"{_net}.{FirstSilo + number - 1}");
        NetworkTool.Run("ip", "netns", "add", space);
        _namespaces.Add(space);
        NetworkTool.Run("ip", "link", "add", space + "v", "type", "veth", "peer", "name", "eth0", "netns", space);
        NetworkTool.Run("ip", "link", "set", space + "v", "master", _name, "up");
        NetworkTool.Run("ip", "-n", space, "addr", "add", address + "/24", "dev", "eth0");
        NetworkTool.Run("ip", "-n", space, "link", "set", "lo", "up");
        NetworkTool.Run("ip", "-n", space, "link", "set", "eth0", "up");
        return new SiloPlace(string.Create(CultureInfo.InvariantCulture, $"silo-{number}"), address, WebPort, SiloPort, ["ip", "netns", "exec", space]);
    }

    /// <summary>The packet rules of a silo.</summary>
    /// <param name="silo">Counted from 0.</param>
    public PacketRules Rules(int silo) => new(_namespaces[silo]);

    public void Dispose() => Remove(_name);

    private static string? Try()
    {
        if (!Environment.IsPrivilegedProcess)
            return "Only root may make networks.";
        try
        {
            using var network = Create();
            network.Join();
            network.Rules(0).Lose(1, []);
            return null;
        }
        catch (InvalidOperationException e)
        {
            return $"This machine makes no networks of its own: {e.Message}";
        }
    }

    // Of test processes that were killed.
    private static void RemoveLeftovers()
    {
        foreach (var line in NetworkTool.Run("ip", "-o", "link", "show", "type", "bridge").Split('\n').Where(line => line.Contains($" {Prefix}", StringComparison.Ordinal)))
        {
            var name = line.Split(' ')[1].TrimEnd(':');
            if (!Directory.Exists("/proc/" + name[Prefix.Length..].TrimEnd([.. "abcdefghijklmnopqrstuvwxyz"])))
                Remove(name);
        }
    }

    private static void Remove(string name)
    {
        foreach (var space in NetworkTool.Try("ip", "netns", "list").Text.Split('\n').Select(line => line.Split(' ')[0]).Where(space => space.StartsWith(name, StringComparison.Ordinal)))
            NetworkTool.Try("ip", "netns", "del", space);
        NetworkTool.Try("ip", "link", "del", name);
    }
}

/// <summary>A test that needs networks of its own.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NetworkFactAttribute : FactAttribute
{
    public NetworkFactAttribute() => Skip = SiloNetwork.WhyNot;
}
