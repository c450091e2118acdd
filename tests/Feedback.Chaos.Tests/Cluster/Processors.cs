using System.Globalization;

namespace Feedback.Chaos.Tests.Cluster;

/// <summary>The processors of this machine, whoever uses them.</summary>
internal static class Processors
{
    /// <summary>How busy they are while a time passes.</summary>
    /// <param name="time">The time.</param>
    /// <returns>From 0, idle throughout, to 1.</returns>
    public static async Task<double> BusyAsync(Task time)
    {
        var (idleBefore, allBefore) = Ticks();
        await time;
        var (idle, all) = Ticks();
        return 1 - (double)(idle - idleBefore) / (all - allBefore);
    }

    // "cpu", then user, nice, system, idle, iowait, irq, softirq and steal, in ticks since the start: proc_stat(5).
    private static (long Idle, long All) Ticks()
    {
        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..9];
        var ticks = fields.Select(field => long.Parse(field, CultureInfo.InvariantCulture)).ToArray();
        return (ticks[3] + ticks[4], ticks.Sum());
    }
}
