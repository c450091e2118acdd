using System.Globalization;

namespace Feedback.TestSupport.Running;

/// <summary>What the kernel says about a running process.</summary>
public static class ProcessFigures
{
    /// <summary>Memory that is really there, in megabytes of 1,048,576 bytes.</summary>
    public static double ResidentMegaBytes(int pid)
    {
        var line = File.ReadLines($"/proc/{pid}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return double.Parse(line["VmRSS:".Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) / 1024;
    }

    /// <summary>How many files and sockets it holds open.</summary>
    public static int Handles(int pid) => Directory.GetFiles($"/proc/{pid}/fd").Length;
}
