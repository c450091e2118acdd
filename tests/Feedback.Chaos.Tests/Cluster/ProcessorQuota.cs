using System.Globalization;
using Xunit;

namespace Feedback.Chaos.Tests.Cluster;

/// <summary>A share of a processor for some processes together, by a control group of the kernel, in either of its versions.</summary>
internal sealed class ProcessorQuota : IDisposable
{
    private const int Period = 100_000;
    private const string First = "/sys/fs/cgroup/cpu";
    private const string Second = "/sys/fs/cgroup";

    private readonly string _root;
    private readonly string _group;

    private ProcessorQuota(string root)
    {
        _root = root;
        _group = Path.Combine(root, string.Create(CultureInfo.InvariantCulture, $"feedback-{Environment.ProcessId}"));
        Directory.CreateDirectory(_group);
    }

    /// <summary>Why this machine sets no such limit, or null when it does.</summary>
    public static string? WhyNot { get; } = Try();

    /// <summary>Limits processes until it is disposed.</summary>
    /// <param name="cores">How many processors' time they may use together, such as 0.5.</param>
    /// <param name="processes">Their ids.</param>
    public static ProcessorQuota Of(double cores, IEnumerable<int> processes)
    {
        var quota = new ProcessorQuota(Root() ?? throw new InvalidOperationException(WhyNot));
        var most = (int)(cores * Period);
        if (quota._root == First)
        {
            quota.Write("cpu.cfs_period_us", Period.ToString(CultureInfo.InvariantCulture));
            quota.Write("cpu.cfs_quota_us", most.ToString(CultureInfo.InvariantCulture));
            // So much, and no less either, whatever else the machine does.
            quota.Write("cpu.shares", "262144");
        }
        else
        {
            quota.Write("cpu.max", string.Create(CultureInfo.InvariantCulture, $"{most} {Period}"));
            quota.Write("cpu.weight", "10000");
        }

        foreach (var process in processes)
            quota.Write("cgroup.procs", process.ToString(CultureInfo.InvariantCulture));
        return quota;
    }

    public void Dispose()
    {
        foreach (var process in File.ReadAllLines(Path.Combine(_group, "cgroup.procs")))
            File.WriteAllText(Path.Combine(_root, "cgroup.procs"), process);
        Directory.Delete(_group);
    }

    private static string? Root() =>
        File.Exists(Path.Combine(First, "cgroup.procs")) ? First
        : File.Exists(Path.Combine(Second, "cgroup.controllers")) && File.ReadAllText(Path.Combine(Second, "cgroup.subtree_control")).Contains("cpu", StringComparison.Ordinal) ? Second
        : null;

    private static string? Try()
    {
        if (Root() is null)
            return "This machine has no control group for processor time.";
        try
        {
            using var quota = Of(1, []);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "Only root, and not in every container, may limit processor time.";
        }
    }

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(_group, file), text);
}

/// <summary>A test that needs to limit processor time.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ProcessorQuotaFactAttribute : FactAttribute
{
    public ProcessorQuotaFactAttribute() => Skip = ProcessorQuota.WhyNot;
}
