using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Feedback.Storage.Copies.Files;

/// <summary>Files that must have reached the disk, and nobody's but their owner's.</summary>
internal static class Durable
{
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnersFolder = OwnersFile | UnixFileMode.UserExecute;

    /// <summary>Makes a file that must not be there yet.</summary>
    public static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 1 << 16 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnersFile;
        return new FileStream(path, options);
    }

    /// <summary>Makes a directory that is its owner's only.</summary>
    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, OwnersFolder);
    }

    /// <summary>Returns when a file, or the names in a directory, are on the disk. .NET's own way hides what the disk answers.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    public static void Synchronise(string path)
    {
        if (!OperatingSystem.IsWindows())
            SynchroniseOnUnix(path);
    }

    [UnsupportedOSPlatform("windows")]
    private static void SynchroniseOnUnix(string path)
    {
        var file = Open(path, 0);
        if (file < 0)
            throw Failure(path);
        try
        {
            if (Synchronise(file) != 0)
                throw Failure(path);
        }
        finally
        {
            _ = Close(file);
        }
    }

    private static IOException Failure(string path) => new($"{path} cannot be brought to the disk: {Marshal.GetLastPInvokeErrorMessage()}.");

    [DllImport("libc", EntryPoint = "open", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int Synchronise(int file);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    private static extern int Close(int file);
}
