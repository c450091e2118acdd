using System.Diagnostics;

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
}
