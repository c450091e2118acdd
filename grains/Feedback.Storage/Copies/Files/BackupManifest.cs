using System.Text.Json;
using System.Text.Json.Serialization;

namespace Feedback.Storage.Copies.Files;

/// <summary>What a backup is: <c>manifest.json</c>. Without it, or with another format, a directory is no backup.</summary>
/// <remarks>
/// <para>
/// Version 1 of the format, to be read for ten years: one file per table, <c>NAME.ndjson.gz</c>, gzip (RFC 1952) of lines in
/// UTF-8, each a JSON object with the columns in a fixed order and a line feed behind it. Bytes are base64, texts are JSON strings;
/// the text of a journal row's <c>events</c>, once unescaped, is the JSON array whose elements were hashed. Rows of
/// <c>journal</c> come by stream and version. In <c>outside/</c> lies what is kept outside of the database: <c>erasures.log</c> and
/// <c>checkpoints/</c>. <c>SHA256SUMS</c> names every file, the manifest included, for <c>sha256sum -c</c>.
/// </para>
/// <para>A later version keeps reading this one; a member or file that is added gets a new number.</para>
/// </remarks>
/// <param name="Format">Always <see cref="FormatName"/>.</param>
/// <param name="Version">The version of the format.</param>
/// <param name="Product">The release that made it.</param>
/// <param name="Made">The moment that it shows, UTC.</param>
/// <param name="Generation">The id of the life of the database.</param>
/// <param name="Events">All events.</param>
/// <param name="NewestAt">When the newest row of a window was stored, UTC; null when there is none.</param>
/// <param name="Files">Its files.</param>
/// <param name="Streams">Where every stream ends.</param>
public sealed record BackupManifest(
    string Format,
    int Version,
    string Product,
    DateTimeOffset Made,
    string Generation,
    long Events,
    DateTimeOffset? NewestAt,
    IReadOnlyList<BackupFile> Files,
    IReadOnlyList<CopiedHead> Streams)
{
    /// <summary>The name of the format.</summary>
    public const string FormatName = "feedback-backup";

    /// <summary>The version that this release writes.</summary>
    public const int FormatVersion = 1;

    /// <summary>The file's name.</summary>
    public const string FileName = "manifest.json";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = false,
    };

    /// <summary>The text of the file.</summary>
    internal byte[] Write() => [.. JsonSerializer.SerializeToUtf8Bytes(this, Options), (byte)'\n'];

    /// <summary>Reads the manifest of a directory.</summary>
    /// <exception cref="InvalidDataException">It is no backup, or one that this release cannot read.</exception>
    public static BackupManifest Read(string directory)
    {
        var path = Path.Combine(directory, FileName);
        try
        {
            var manifest = JsonSerializer.Deserialize<BackupManifest>(File.ReadAllBytes(path), Options);
            if (manifest is not { Format: FormatName, Files: not null, Streams: not null, Generation: not null })
                throw new InvalidDataException($"{path} is not the manifest of a backup.");
            return manifest.Version == FormatVersion
                ? manifest
                : throw new InvalidDataException($"{directory} has format {manifest.Version}, and this release reads format {FormatVersion}: restore it with the release that made it, {manifest.Product}, or a newer one.");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InvalidDataException($"{directory} is no backup: it has no {FileName}. Name a directory feedback-backup-… that 'feedback backup' made.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} is damaged: {e.Message} Take another backup, or another copy of this one.");
        }
    }
}

/// <summary>A file of a backup.</summary>
/// <param name="Name">Its path below the backup's directory.</param>
/// <param name="Rows">How many rows it holds; null where it is no table.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">SHA-256 of its bytes, 64 hexadecimal digits.</param>
public sealed record BackupFile(string Name, long? Rows, long Bytes, string Sha256);
