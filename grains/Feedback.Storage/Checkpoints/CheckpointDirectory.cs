using System.Security.Cryptography;
using Feedback.Grains.Checkpoints;

namespace Feedback.Storage.Checkpoints;

/// <summary>Checkpoints as files of a directory, readable by their owner only.</summary>
/// <param name="path">The directory; made when the first file is written.</param>
public sealed class CheckpointDirectory(string path) : ICheckpointFiles
{
    /// <inheritdoc/>
    public string Place => path;

    /// <inheritdoc/>
    public IReadOnlyList<CheckpointFileName> Names() => !Directory.Exists(path) ? []
        : [.. Directory.EnumerateFiles(path).Select(file => CheckpointFileName.Parse(Path.GetFileName(file))).OfType<CheckpointFileName>()];

    /// <inheritdoc/>
    public byte[] Read(CheckpointFileName name) => File.ReadAllBytes(PathOf(name));

    /// <inheritdoc/>
    public void Write(CheckpointFileName name, ReadOnlySpan<byte> content)
    {
        Directory.CreateDirectory(path);
        var file = PathOf(name);
        if (!File.Exists(file))
            Move(WriteBeside(file, content), file);
        // .NET does not tell when the disk refused to synchronise; what is read back at least is what was meant.
        if (!content.SequenceEqual(File.ReadAllBytes(file)))
            throw new IOException($"{file} does not hold what was to be written to it.");
    }

    private static string WriteBeside(string file, ReadOnlySpan<byte> content)
    {
        var temporary = $"{file}.{RandomNumberGenerator.GetHexString(16, lowercase: true)}.new";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var stream = new FileStream(temporary, options);
        stream.Write(content);
        stream.Flush(flushToDisk: true);
        return temporary;
    }

    // Never over a file that is there: another silo on the same share kept it a moment ago.
    private static void Move(string temporary, string file)
    {
        try
        {
            File.Move(temporary, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(temporary);
        }
    }

    private string PathOf(CheckpointFileName name) => Path.Combine(path, name.ToString());
}
