namespace Feedback.Grains.Checkpoints;

/// <summary>
/// Where checkpoints are kept outside the database: a directory that may lie on another disk or on a share that can be written
/// once only. A file is never changed and never deleted by this program.
/// </summary>
public interface ICheckpointFiles
{
    /// <summary>Where that is, for people.</summary>
    string Place { get; }

    /// <summary>The files that are there; none when the place does not exist yet. Files of other names are nobody's business.</summary>
    IReadOnlyList<CheckpointFileName> Names();

    /// <summary>The bytes of a file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    byte[] Read(CheckpointFileName name);

    /// <summary>Keeps a file: whole or not at all, and read back before this returns.</summary>
    /// <exception cref="IOException">It cannot be written, or holds other bytes than were written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    void Write(CheckpointFileName name, ReadOnlySpan<byte> content);
}

/// <summary>The name of a checkpoint's file. After a restore numbers come again, in another life of the database.</summary>
/// <param name="Number">The checkpoint's number.</param>
/// <param name="Generation">The id of the database's life.</param>
public readonly record struct CheckpointFileName(long Number, string Generation)
{
    private const string Ending = ".checkpoint";

    /// <summary>Reads a file's name; null when it is not a checkpoint's.</summary>
    public static CheckpointFileName? Parse(string name)
    {
        if (!name.EndsWith(Ending, StringComparison.Ordinal) || name[..^Ending.Length].Split('-') is not [var number, { Length: > 0 } generation])
            return null;
        return long.TryParse(number, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var parsed)
            && new CheckpointFileName(parsed, generation) is var file && file.ToString() == name ? file : null;
    }

    /// <summary>Such as <c>00000007-5f0c….checkpoint</c>.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Number:D8}-{Generation}{Ending}");
}
