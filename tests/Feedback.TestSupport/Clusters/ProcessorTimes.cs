using System.Diagnostics;
using System.Globalization;

namespace Feedback.TestSupport.Clusters;

/// <summary>What processes cost.</summary>
public static class ProcessorTimes
{
    /// <summary>The processor time that a process has used, of all its threads; none when it is gone.</summary>
    public static TimeSpan Of(int process)
    {
        try
        {
            using var known = Process.GetProcessById(process);
            return known.TotalProcessorTime;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return TimeSpan.Zero;
        }
    }

    /// <summary>
    /// The part of it that went into compiling what is used often, by the thread that does so now: less than all, for it ends when it has had
    /// nothing to do for some seconds. None where the system does not tell of threads by name.
    /// </summary>
    /// <remarks>Linux cuts names of threads to 15 characters, and counts in hundredths of a second.</remarks>
    public static TimeSpan OfCompilingBy(int process)
    {
        var threads = $"/proc/{process.ToString(CultureInfo.InvariantCulture)}/task";
        return Directory.Exists(threads)
            ? Directory.EnumerateDirectories(threads).Aggregate(TimeSpan.Zero, (sum, thread) => sum + OfCompiling(Path.Combine(thread, "stat")))
            : TimeSpan.Zero;
    }

    private static TimeSpan OfCompiling(string thread)
    {
        try
        {
            var stat = File.ReadAllText(thread);
            if (!stat.Contains("(.NET Tiered Com)", StringComparison.Ordinal))
                return TimeSpan.Zero;
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return TimeSpan.FromMilliseconds(10 * (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)));
        }
        catch (IOException)
        {
            // It has just ended.
            return TimeSpan.Zero;
        }
    }
}
