using System.Diagnostics;
using Feedback.TestSupport;
using Xunit;

namespace Feedback.System.Tests.Support;

/// <summary>A file system of a few megabytes in memory, which only root may make.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private SmallDisk()
    {
    }

    public string Path => _folder.Path;

    /// <summary>A file that takes room away.</summary>
    public string Ballast => _folder["ballast"];

    public static SmallDisk Mount(int megaBytes)
    {
        var disk = new SmallDisk();
        return Run("mount", "-t", "tmpfs", "-o", $"size={megaBytes}m", "tmpfs", disk.Path) == 0
            ? disk
            : throw new InvalidOperationException("A file system in memory cannot be mounted.");
    }

    /// <summary>Whether this machine lets us.</summary>
    public static bool CanMount()
    {
        using var folder = new TemporaryFolder();
        return Run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder.Path) == 0 && Run("umount", folder.Path) == 0;
    }

    public void Dispose()
    {
        _ = Run("umount", "--lazy", Path);
        _folder.Dispose();
    }

    private static int Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (global::System.ComponentModel.Win32Exception)
        {
            return -1;
        }
    }
}

/// <summary>A test that needs a file system of its own.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MountFactAttribute : FactAttribute
{
    public MountFactAttribute()
    {
        if (!SmallDisk.CanMount())
            Skip = "Only root, and not in every container, may mount a file system.";
    }
}
