using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Feedback.Silo.Hosting;

/// <summary>Files with secrets: readable by their owner only, and whole or not there at all.</summary>
internal static class OwnerFile
{
    /// <summary>Writes a file beside its place, synchronises it, and only then moves it there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="text">Its text.</param>
    /// <param name="replace">Whether a file that is there already is replaced.</param>
    /// <exception cref="IOException">The file is there already and is not to be replaced, or it cannot be written.</exception>
    public static void Write(string path, string text, bool replace)
    {
        // A name of its own: another silo with the same directory may be writing the same file.
        var temporary = $"{path}.{RandomNumberGenerator.GetHexString(16, lowercase: true)}.new";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            using (var file = new StreamWriter(temporary, options))
            {
                file.Write(text);
                file.Flush();
                ((FileStream)file.BaseStream).Flush(flushToDisk: true);
            }

            if (replace || OperatingSystem.IsWindows())
                File.Move(temporary, path, replace);
            else
                Place(temporary, path);
        }
        catch (IOException)
        {
            File.Delete(temporary);
            throw;
        }
    }

    // Moving looks whether the file is there, and then replaces what has come meanwhile; linking does both at once.
    private static void Place(string temporary, string path)
    {
        if (Link(temporary, path) == 0)
            File.Delete(temporary);
        else if (File.Exists(path))
            throw new IOException($"{path} is there already.");
        else // no file system that links
            File.Move(temporary, path, overwrite: false);
    }

    [DllImport("libc", EntryPoint = "link", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link([MarshalAs(UnmanagedType.LPUTF8Str)] string present, [MarshalAs(UnmanagedType.LPUTF8Str)] string name);

    /// <summary>Writes a file that may be there already: another silo with the same directory may have made it a moment ago, and then that one stays.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void WriteOnce(string path, string text)
    {
        try
        {
            Write(path, text, replace: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // It was made meanwhile.
        }
    }
}
