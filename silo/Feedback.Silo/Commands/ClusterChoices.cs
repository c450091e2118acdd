using System.CommandLine;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Feedback.Silo.Hosting;

namespace Feedback.Silo.Commands;

/// <summary>The options of a silo that is one of several; each also by an environment variable.</summary>
internal sealed class ClusterChoices
{
    private const int MostDrain = 600;

    private readonly Option<string?> _cluster = new("--cluster")
    {
        Description = "Run as one of several silos that share this PostgreSQL: the connection string, or $FEEDBACK_CLUSTER so that no password shows in the process list.",
        HelpName = "CONNECTION",
    };

    private readonly Option<string?> _port = new("--silo-port")
    {
        Description = $"The TCP port for the other silos, {ClusterPlace.DefaultPort} unless told otherwise; or $FEEDBACK_SILO_PORT.",
        HelpName = "PORT",
    };

    private readonly Option<string?> _address = new("--advertise")
    {
        Description = "The IP address by which the other silos reach this one; the machine's own unless told otherwise; or $FEEDBACK_ADVERTISE.",
        HelpName = "IP",
    };

    private readonly Option<string?> _place = new("--site")
    {
        Description = "The node, by id or path, whose windows this silo should preferably hold, such as its district; or $FEEDBACK_SITE.",
        HelpName = "NODE",
    };

    private readonly Option<string?> _name = new("--silo-name") { Description = "What this silo is called; the machine's name unless told otherwise; or $FEEDBACK_SILO_NAME.", HelpName = "NAME" };

    private readonly Option<string?> _keys = new("--keys")
    {
        Description = "The directory with master.key, checkpoint.key and cluster.pem, the same for all silos; the data directory unless told otherwise; or $FEEDBACK_KEYS.",
        HelpName = "DIR",
    };

    private readonly Option<string?> _drain = new("--drain")
    {
        Description = "How many seconds it goes on serving, while its health says no, after it was told to stop: 5 in a cluster, 0 alone; or $FEEDBACK_DRAIN.",
        HelpName = "SECONDS",
    };

    private readonly Option<bool> _dashboard = new("--dashboard")
    {
        Description = "Serve the dashboard of Orleans at /cluster/dashboard to system administrators, at some cost for every call; on all silos or on none. Or FEEDBACK_DASHBOARD=1.",
    };

    /// <summary>Adds them to a verb.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _cluster, _port, _address, _place, _name, _keys, _drain, _dashboard })
            command.Options.Add(option);
    }

    /// <summary>The site as they say.</summary>
    /// <exception cref="UsageException">One of them cannot be read.</exception>
    public Site Read(ParseResult parsed, Site site)
    {
        var keys = Value(parsed, _keys, "FEEDBACK_KEYS") is { } named ? Path.GetFullPath(named) : site.Keys;
        if (!Directory.Exists(keys))
            throw new UsageException($"There is no directory {keys} for the keys: make it, readable by this service only, and copy master.key, checkpoint.key and cluster.pem of another silo into it if there is one.");
        TimeSpan? drain = Number(parsed, _drain, "FEEDBACK_DRAIN", MostDrain) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        site = site with { Dashboard = parsed.GetValue(_dashboard) || Environment.GetEnvironmentVariable("FEEDBACK_DASHBOARD") == "1" };
        if (Value(parsed, _cluster, "FEEDBACK_CLUSTER") is not { } connection)
            return site with { Keys = keys, Drain = drain ?? TimeSpan.Zero };
        if (site.Postgres is { } other && other != connection)
            throw new UsageException("A silo keeps everything in one PostgreSQL: name it by --cluster or by --postgres, not two of them.");
        var member = new ClusterPlace(
            Value(parsed, _name, "FEEDBACK_SILO_NAME") ?? Environment.MachineName,
            Value(parsed, _address, "FEEDBACK_ADVERTISE") is { } address ? AddressOf(address) : OwnAddress(),
            Number(parsed, _port, "FEEDBACK_SILO_PORT", 65535) ?? ClusterPlace.DefaultPort,
            Value(parsed, _place, "FEEDBACK_SITE") is { } place ? NodeOf(place) : null);
        return site with { Keys = keys, Postgres = Sites.Connection(connection, parsed.GetValue(_cluster) is not null), Cluster = member, Drain = drain ?? ClusterPlace.DefaultDrain };
    }

    private static int? Number(ParseResult parsed, Option<string?> option, string variable, int most) =>
        Value(parsed, option, variable) is not { } text ? null
        : int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) && number <= most ? number
        : throw new UsageException($"{option.Name} is a number from 0 to {most}, not '{text}'.");

    private static IPAddress AddressOf(string text) => IPAddress.TryParse(text, out var address) && !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any)
        ? address
        : throw new UsageException($"--advertise is an IP address of this machine that the other silos reach, such as 10.1.2.3, not '{text}'.");

    // Paths begin with their district, and people write them like those of files.
    private static string NodeOf(string text) => text.Trim().Trim('/') is { Length: > 0 } node
        ? node
        : throw new UsageException($"--site is the id of a node or its path, such as n2 or jiangyuan/hall-1, not '{text}'.");

    // That of the interface by which the machine reaches others.
    private static IPAddress OwnAddress()
    {
        try
        {
            return NetworkInterface.GetAllNetworkInterfaces()
                .Where(one => one.OperationalStatus == OperationalStatus.Up && one.NetworkInterfaceType != NetworkInterfaceType.Loopback)
                .Select(one => one.GetIPProperties())
                .OrderByDescending(one => one.GatewayAddresses.Count > 0)
                .SelectMany(one => one.UnicastAddresses)
                .Select(one => one.Address)
                .FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork)
                ?? throw new UsageException("This machine has no network: name the address by which the other silos reach it with --advertise.");
        }
        catch (NetworkInformationException e)
        {
            throw new UsageException($"This machine does not tell its addresses ({e.Message}): name the one by which the other silos reach it with --advertise or $FEEDBACK_ADVERTISE.");
        }
    }

    private static string? Value(ParseResult parsed, Option<string?> option, string variable) =>
        parsed.GetValue(option) ?? (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null);
}
