using System.Runtime.InteropServices;

namespace Feedback.TestSupport.Running;

/// <summary>How large a process may make files: the kernel cuts the write that goes further short, and kills it with the next one.</summary>
public static class FileSizes
{
    private const int LargestFile = 1;
    private const int LargestCore = 4;

    /// <summary>From now on the process dies when it writes beyond so many bytes of a file.</summary>
    public static void Limit(int process, long bytes)
    {
        Set(process, LargestCore, 0);
        Set(process, LargestFile, (ulong)bytes);
    }

    private static void Set(int process, int what, ulong value)
    {
        var limit = new Bounds { Soft = value, Hard = value };
        if (ChangeLimit(process, what, ref limit, IntPtr.Zero) != 0)
            throw new InvalidOperationException($"The limit could not be set: {Marshal.GetLastPInvokeErrorMessage()}.");
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Bounds
    {
        public ulong Soft;
        public ulong Hard;
    }

    [DllImport("libc", EntryPoint = "prlimit", SetLastError = true)]
    private static extern int ChangeLimit(int process, int what, ref Bounds limit, IntPtr old);
}
