using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Feedback.Storage.Copies.Files;

/// <summary>Reads a backup. Opening it checks every byte against the manifest and SHA256SUMS.</summary>
public sealed class BackupSource : CopySource
{
    private const int LongestLine = 1 << 28;

    private readonly string _path;

    private BackupSource(string path, BackupManifest manifest) => (_path, Manifest) = (path, manifest);

    /// <summary>What it is.</summary>
    public BackupManifest Manifest { get; }

    /// <inheritdoc/>
    public override string Generation => Manifest.Generation;

    /// <summary>The ledger of erasures in it; null when there is none.</summary>
    public string? Erasures => Manifest.Files.Any(file => file.Name == $"{BackupTarget.Outside}/erasures.log") ? Path.Combine(_path, BackupTarget.Outside, "erasures.log") : null;

    /// <summary>The files of checkpoints in it.</summary>
    public IReadOnlyList<string> Checkpoints =>
        [.. Manifest.Files.Where(file => file.Name.StartsWith($"{BackupTarget.Outside}/checkpoints/", StringComparison.Ordinal)).Select(file => Path.Combine(_path, file.Name))];

    /// <summary>Opens a backup.</summary>
    /// <exception cref="InvalidDataException">It is no backup, is of another format, or is not as it was made.</exception>
    public static BackupSource Open(string path, CancellationToken cancellation = default)
    {
        var full = Path.GetFullPath(path);
        var manifest = BackupManifest.Read(full);
        CheckManifest(full);
        foreach (var file in manifest.Files)
        {
            cancellation.ThrowIfCancellationRequested();
            // Names come from a file that somebody may have written: nothing outside of the backup is read.
            if (Path.IsPathRooted(file.Name) || file.Name.Split('/', '\\').Contains(".."))
                throw new InvalidDataException($"{full}: the manifest names the file {file.Name}, which is none of a backup.");
            Check(Path.Combine(full, file.Name), file.Bytes, file.Sha256);
        }

        foreach (var table in CopiedTables.All.Where(table => !table.IsNewer && manifest.Files.All(file => file.Name != table.Name + BackupNames.TableEnding)))
            throw new InvalidDataException($"{full}: the manifest does not name {table.Name}{BackupNames.TableEnding}; it is no whole backup.");
        return new BackupSource(full, manifest);
    }

    /// <inheritdoc/>
    internal override async IAsyncEnumerable<object?[]> ReadAsync(CopiedTable table, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var name = table.Name + BackupNames.TableEnding;
        if (table.IsNewer && Manifest.Files.All(file => file.Name != name))
            yield break;
        await using var packed = File.OpenRead(Path.Combine(_path, name));
        await using var text = new GZipStream(packed, CompressionMode.Decompress);
        var (buffer, start, end, number) = (new byte[1 << 18], 0, 0, 0L);
        while (true)
        {
            var length = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
            if (length >= 0)
            {
                yield return Row(buffer.AsSpan(start, length), table, ++number);
                start += length + 1;
                continue;
            }

            if (start == 0 && end == buffer.Length)
                Array.Resize(ref buffer, buffer.Length < LongestLine ? 2 * buffer.Length : throw new InvalidDataException($"{name} has a line that is too long to be a row."));
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
            var read = await text.ReadAsync(buffer.AsMemory(end), cancellation);
            end += read;
            if (read > 0)
                continue;
            if (end > 0)
                throw new InvalidDataException($"{name} ends in the middle of a line.");
            yield break;
        }
    }

    /// <inheritdoc/>
    internal override Task<long> CountAsync(CopiedTable table, CancellationToken cancellation) => Task.FromResult(RowsOf(table.Name));

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Compares what was read with what the manifest says.</summary>
    /// <exception cref="InvalidDataException">It is not the same.</exception>
    internal void Compare(CopyReport copied)
    {
        foreach (var (table, rows) in copied.Rows.Where(one => one.Value != RowsOf(one.Key)))
            throw new InvalidDataException($"{_path}: {table} has {rows} rows, and the manifest says {RowsOf(table)}.");
        if (!copied.Heads.SequenceEqual(Manifest.Streams))
            throw new InvalidDataException($"{_path}: the streams do not end where the manifest says.");
    }

    private long RowsOf(string table) => Manifest.Files.FirstOrDefault(file => file.Name == table + BackupNames.TableEnding)?.Rows ?? 0;

    private static object?[] Row(ReadOnlySpan<byte> line, CopiedTable table, long number)
    {
        try
        {
            return CopyLine.Read(line, table);
        }
        catch (FormatException e)
        {
            throw new InvalidDataException($"{table.Name}{BackupNames.TableEnding}, line {number}: {e.Message}");
        }
    }

    private static void CheckManifest(string path)
    {
        var sums = Path.Combine(path, BackupTarget.SumsFile);
        var line = File.Exists(sums) ? File.ReadLines(sums).FirstOrDefault(line => line.EndsWith("  " + BackupManifest.FileName, StringComparison.Ordinal)) : null;
        if (line is null)
            throw new InvalidDataException($"{sums} is missing or does not name {BackupManifest.FileName}: the backup is not whole. Take another copy of it.");
        var manifest = Path.Combine(path, BackupManifest.FileName);
        Check(manifest, new FileInfo(manifest).Length, line[..line.IndexOf(' ', StringComparison.Ordinal)]);
    }

    private static void Check(string path, long bytes, string sha256)
    {
        if (!File.Exists(path))
            throw new InvalidDataException($"{path} is missing: the backup is not whole. Take another copy of it.");
        if (new FileInfo(path).Length is var length && length != bytes)
            throw new InvalidDataException($"{path} has {length} bytes instead of {bytes}: it was cut off or changed. Take another copy of the backup, or an older one.");
        using var file = File.OpenRead(path);
        if (Convert.ToHexStringLower(SHA256.HashData(file)) != sha256)
            throw new InvalidDataException($"{path} was changed since it was made: its SHA-256 is another one. Take another copy of the backup, or an older one.");
    }
}
