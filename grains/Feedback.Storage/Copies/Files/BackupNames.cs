using System.Globalization;

namespace Feedback.Storage.Copies.Files;

/// <summary>The names of backups, and which of them are given up for newer ones.</summary>
public static class BackupNames
{
    internal const string Partial = ".partial";
    internal const string TableEnding = ".ndjson.gz";
    private const string Prefix = "feedback-backup-";
    private const string Time = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>Such as <c>feedback-backup-20261126T020000Z</c>.</summary>
    public static string Of(DateTimeOffset made) => Prefix + made.ToUniversalTime().ToString(Time, CultureInfo.InvariantCulture);

    /// <summary>Whole backups in a directory, oldest first. Only what has the name of one and its manifest counts.</summary>
    public static IReadOnlyList<string> In(string parent) =>
    [
        .. Directory.GetDirectories(parent, Prefix + "*").Where(IsWhole).Order(StringComparer.Ordinal),
    ];

    /// <summary>When the newest backup in a directory was made, UTC; null when there is none, or the directory cannot be read.</summary>
    /// <remarks>Names and the presence of a manifest are all that is looked at: it may be asked often.</remarks>
    public static DateTimeOffset? NewestIn(string parent)
    {
        try
        {
            return Directory.EnumerateDirectories(parent, Prefix + "*").Where(path => File.Exists(Path.Combine(path, BackupManifest.FileName))).Select(TimeOf).Max();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>What runs that were killed left behind.</summary>
    public static IReadOnlyList<string> UnfinishedIn(string parent) => [.. Directory.GetDirectories(parent, Prefix + "*" + Partial).Order(StringComparer.Ordinal)];

    /// <summary>Deletes the oldest whole backups beyond a number.</summary>
    /// <param name="parent">The directory that holds them.</param>
    /// <param name="keep">How many stay; at least 1.</param>
    /// <returns>Those that are gone.</returns>
    public static IReadOnlyList<string> DeleteBeyond(string parent, int keep)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(keep, 1);
        var whole = In(parent);
        var gone = whole.Take(Math.Max(0, whole.Count - keep)).ToList();
        foreach (var one in gone)
        {
            // Without its manifest it is no backup any more, should the rest of the deletion be interrupted.
            File.Delete(Path.Combine(one, BackupManifest.FileName));
            Directory.Delete(one, recursive: true);
        }

        return gone;
    }

    private static DateTimeOffset? TimeOf(string path) =>
        DateTimeOffset.TryParseExact(Path.GetFileName(path)[Prefix.Length..], Time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var made) ? made : null;

    private static bool IsWhole(string path)
    {
        if (TimeOf(path) is null)
            return false;
        try
        {
            return BackupManifest.Read(path).Files.All(file => File.Exists(Path.Combine(path, file.Name)));
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
