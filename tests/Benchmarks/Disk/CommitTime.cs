using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Feedback.Benchmarks.Disk;

/// <summary>
/// What one commit costs on the disk: 8 kB written over the same place of a file and synchronised, again and again, as
/// pg_test_fsync does with fdatasync.
/// </summary>
internal static class CommitTime
{
    private const int Block = 8192;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(1);

    /// <summary>The median and 99th percentile, as a table shows them.</summary>
    /// <param name="folder">A folder on the disk in question.</param>
    public static string Measure(string folder)
    {
        var path = Path.Combine(folder, "commit-time");
        var times = new List<double>();
        using (var file = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, preallocationSize: Block))
        {
            var block = new byte[Block];
            for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < Duration;)
            {
                var before = Stopwatch.GetTimestamp();
                RandomAccess.Write(file, block, 0);
                if (SynchroniseData(file) != 0)
                    throw new IOException("fdatasync failed.");
                times.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
            }
        }

        File.Delete(path);
        times.Sort();
        return string.Create(CultureInfo.InvariantCulture, $"{times[times.Count / 2]:0.00} ms (p99 {times[times.Count * 99 / 100]:0.0})");
    }

    [DllImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static extern int SynchroniseData(SafeFileHandle file);
}
