using System.Globalization;
using Xunit;

namespace Feedback.TestSupport.Running;

/// <summary>A control group of our own, in which a server gets only so much memory or processor time. Both versions of control groups will do.</summary>
public sealed class Cage : IDisposable
{
    private const string Root = "/sys/fs/cgroup";
    private readonly string _folder;
    private readonly bool _second;

    private Cage(string controller)
    {
        _second = File.Exists(Path.Combine(Root, "cgroup.controllers"));
        _folder = Path.Combine(_second ? Root : Path.Combine(Root, controller), $"feedback-{Environment.ProcessId}-{Wait.Clock.GetTimestamp()}");
        if (_second && !File.ReadAllText(Path.Combine(Root, "cgroup.subtree_control")).Contains(controller, StringComparison.Ordinal))
            File.WriteAllText(Path.Combine(Root, "cgroup.subtree_control"), "+" + controller);
        Directory.CreateDirectory(_folder);
    }

    /// <summary>What a program is started under to be in the cage from its first moment.</summary>
    public string[] Inside => ["sh", "-c", "echo $$ >\"$0/cgroup.procs\" && exec \"$@\"", _folder];

    /// <summary>One for memory, without a limit at first.</summary>
    public static Cage OfMemory() => new("memory");

    /// <summary>One for processor time, without a limit at first.</summary>
    public static Cage OfProcessor()
    {
        var cage = new Cage("cpu");
        // Whatever else the machine does, what the cage may have it gets.
        cage.Write(cage._second ? "cpu.weight" : "cpu.shares", cage._second ? "10000" : "262144");
        return cage;
    }

    /// <summary>Whether this machine lets us.</summary>
    public static bool IsAllowed(string controller)
    {
        try
        {
            new Cage(controller).Dispose();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>How many bytes those inside use.</summary>
    public long Used() => long.Parse(File.ReadAllText(Path.Combine(_folder, _second ? "memory.current" : "memory.usage_in_bytes")), CultureInfo.InvariantCulture);

    /// <summary>Lets those inside have so many bytes; the kernel kills who needs more. Null for as many as there are.</summary>
    public void Limit(long? bytes)
    {
        var text = bytes?.ToString(CultureInfo.InvariantCulture);
        Write(_second ? "memory.max" : "memory.limit_in_bytes", text ?? (_second ? "max" : "-1"));
    }

    /// <summary>Gives those inside so many cores, for example 0.25.</summary>
    public void Hold(double cores)
    {
        const int Period = 100_000;
        var quota = ((int)(cores * Period)).ToString(CultureInfo.InvariantCulture);
        if (_second)
        {
            Write("cpu.max", $"{quota} {Period}");
        }
        else
        {
            Write("cpu.cfs_period_us", $"{Period}");
            Write("cpu.cfs_quota_us", quota);
        }
    }

    /// <summary>Gives those inside all the processor time there is.</summary>
    public void Open() => Write(_second ? "cpu.max" : "cpu.cfs_quota_us", _second ? "max" : "-1");

    public void Dispose()
    {
        try
        {
            Directory.Delete(_folder);
        }
        catch (IOException)
        {
            // Somebody is still inside; the group stays until they end.
        }
    }

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(_folder, file), text);
}

/// <summary>A test that bounds what a process gets.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CageFactAttribute : FactAttribute
{
    /// <summary>Names the controller, "memory" or "cpu".</summary>
    public CageFactAttribute(string controller)
    {
        if (!Cage.IsAllowed(controller))
            Skip = $"Control groups for {controller} cannot be made here: only root may, and not in every container.";
    }
}
