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

    /// <summary>The part of it that went into compiling what is used often; none where the system does not tell of threads by name.</summary>
    /// <remarks>Linux cuts names of threads to 15 characters, and counts in hundredths of a second.</remarks>
    public static TimeSpan OfCompilingBy(int process)
    {
        try
        {
            return Directory.EnumerateDirectories($"/proc/{process.ToString(CultureInfo.InvariantCulture)}/task")
                .Select(thread => File.ReadAllText(Path.Combine(thread, "stat")))
                .Where(stat => stat.Contains("(.NET Tiered Com)", StringComparison.Ordinal))
                .Select(stat => stat[(stat.LastIndexOf(')') + 2)..].Split(' '))
                .Aggregate(TimeSpan.Zero, (sum, fields) => sum + TimeSpan.FromMilliseconds(
                    10 * (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture))));
        }
        catch (IOException)
        {
            return TimeSpan.Zero;
        }
    }
}
