using Xunit;

namespace Feedback.TestSupport.Running;

/// <summary>A file system of a few megabytes, which only root may make.</summary>
public sealed class SmallDisk : IDisposable
{
    // What is left when it is full, for a few more transactions.
    private const int Rest = 3 * 512 * 1024;
    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _image = new();

    private SmallDisk()
    {
    }

    public string Path => _folder.Path;

    /// <summary>A file that takes room away.</summary>
    public string Ballast => _folder["ballast"];

    /// <summary>One in memory.</summary>
    public static SmallDisk Mount(int megaBytes)
    {
        var disk = new SmallDisk();
        return Tool.Run("mount", "-t", "tmpfs", "-o", $"size={megaBytes}m", "tmpfs", disk.Path) == 0
            ? disk
            : throw new InvalidOperationException("A file system in memory cannot be mounted.");
    }

    /// <summary>One of ext4 in a file, open to every user.</summary>
    public static SmallDisk MountExt4(int megaBytes)
    {
        var disk = new SmallDisk();
        using (var image = File.Create(disk._image["disk"]))
            image.SetLength(megaBytes * 1024L * 1024);
        return Tool.Run("mkfs.ext4", "-q", "-m", "0", "-F", disk._image["disk"]) == 0
            && Tool.Run("mount", "-o", "loop", disk._image["disk"], disk.Path) == 0
            && Tool.Run("chmod", "777", disk.Path) == 0
                ? disk
                : throw new InvalidOperationException("A file system in a file cannot be mounted.");
    }

    /// <summary>Whether this machine lets us.</summary>
    public static bool CanMount()
    {
        using var folder = new TemporaryFolder();
        return Tool.Run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder.Path) == 0 && Tool.Run("umount", folder.Path) == 0;
    }

    /// <summary>Whether this machine lets us mount a file.</summary>
    public static bool CanMountExt4()
    {
        try
        {
            MountExt4(8).Dispose();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Leaves a megabyte and a half.</summary>
    public async Task FillAsync()
    {
        await using var ballast = File.Create(Ballast);
        var free = new DriveInfo(Path).AvailableFreeSpace - Rest;
        var block = new byte[64 * 1024];
        for (var written = 0L; written < free; written += block.Length)
            await ballast.WriteAsync(block);
    }

    public void Dispose()
    {
        _ = Tool.Run("umount", "--lazy", Path);
        _folder.Dispose();
        _image.Dispose();
    }
}

/// <summary>A test that needs a file system of its own.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MountFactAttribute : FactAttribute
{
    public MountFactAttribute()
    {
        if (!SmallDisk.CanMount())
            Skip = "Only root, and not in every container, may mount a file system.";
    }
}

/// <summary>A test that needs a file system of ext4 of its own.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class Ext4FactAttribute : FactAttribute
{
    public Ext4FactAttribute()
    {
        if (!SmallDisk.CanMountExt4())
            Skip = "Only root, and not in every container, may mount a file; mkfs.ext4 is needed, too.";
    }
}
