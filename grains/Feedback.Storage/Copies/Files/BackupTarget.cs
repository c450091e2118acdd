using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Feedback.Storage.Copies.Files;

/// <summary>Writes a new backup: a directory that is there whole, or not at all.</summary>
public sealed class BackupTarget : CopyTarget
{
    /// <summary>Where <c>sha256sum -c</c> finds all files.</summary>
    public const string SumsFile = "SHA256SUMS";

    /// <summary>The folder of what is kept outside the database.</summary>
    public const string Outside = "outside";

    private const int FlushAt = 1 << 18;

    private readonly string _partial;
    private readonly string _product;
    private readonly DateTimeOffset _made;
    private readonly List<BackupFile> _files = [];
    private bool _committed;

    private BackupTarget(string path, string product, DateTimeOffset made) =>
        (Path, _partial, _product, _made) = (path, path + BackupNames.Partial, product, made);

    /// <summary>The backup's directory.</summary>
    public string Path { get; }

    /// <summary>The manifest, once it is written.</summary>
    public BackupManifest? Manifest { get; private set; }

    /// <summary>Begins a backup.</summary>
    /// <param name="parent">The directory that holds backups; made when there is none.</param>
    /// <param name="product">The release.</param>
    /// <param name="made">The moment that it shows.</param>
    /// <exception cref="IOException">One of this second is there, or nothing can be written there.</exception>
    public static BackupTarget Create(string parent, string product, DateTimeOffset made)
    {
        var target = new BackupTarget(System.IO.Path.Combine(System.IO.Path.GetFullPath(parent), BackupNames.Of(made)), product, made);
        if (Directory.Exists(target.Path) || Directory.Exists(target._partial))
            throw new IOException($"{target.Path} is there already: another backup was made in the same second.");
        Durable.CreateFolder(target._partial);
        return target;
    }

    /// <summary>Takes what is kept outside the database, after the database's moment: so it knows everything that the copy knows.</summary>
    /// <param name="erasures">The ledger of erasures; there may be none.</param>
    /// <param name="checkpoints">The directory of checkpoints; there may be none.</param>
    public void TakeOutside(string erasures, string checkpoints)
    {
        if (File.Exists(erasures))
        {
            var text = File.ReadAllBytes(erasures);
            // A last line without its end is being written; nothing was erased on its strength yet.
            Add($"{Outside}/erasures.log", text.AsSpan(0, text.AsSpan().LastIndexOf((byte)'\n') + 1));
        }

        foreach (var file in Directory.Exists(checkpoints) ? Directory.GetFiles(checkpoints, "*.checkpoint").Order(StringComparer.Ordinal) : Enumerable.Empty<string>())
            Add($"{Outside}/checkpoints/{System.IO.Path.GetFileName(file)}", File.ReadAllBytes(file));
    }

    /// <inheritdoc/>
    internal override async Task WriteAsync(CopiedTable table, IAsyncEnumerable<object?[]> rows, CancellationToken cancellation)
    {
        var (name, count) = (table.Name + BackupNames.TableEnding, 0L);
        var path = System.IO.Path.Combine(_partial, name);
        using var hashed = new HashedStream(Durable.Create(path));
        using (var packed = new GZipStream(hashed, CompressionLevel.Optimal, leaveOpen: true))
        {
            var lines = new ArrayBufferWriter<byte>(2 * FlushAt);
            using var json = CopyLine.NewWriter(lines);
            await foreach (var row in rows.WithCancellation(cancellation))
            {
                CopyLine.Write(json, table, row);
                json.Reset();
                lines.Write("\n"u8);
                count++;
                if (lines.WrittenCount < FlushAt)
                    continue;
                packed.Write(lines.WrittenSpan);
                lines.ResetWrittenCount();
            }

            packed.Write(lines.WrittenSpan);
        }

        hashed.Flush();
        Durable.Synchronise(path);
        _files.Add(new BackupFile(name, count, hashed.Length, hashed.Sha256()));
    }

    /// <inheritdoc/>
    internal override Task CommitAsync(CopyReport copied, CancellationToken cancellation)
    {
        Manifest = new BackupManifest(
            BackupManifest.FormatName, BackupManifest.FormatVersion, _product, _made, copied.Generation, copied.Events,
            copied.NewestAt is { } newest ? DateTimeOffset.FromUnixTimeMilliseconds(newest) : null, [.. _files], copied.Heads);
        Add(BackupManifest.FileName, Manifest.Write());
        Add(SumsFile, Encoding.UTF8.GetBytes(string.Concat(_files.Select(file => string.Create(CultureInfo.InvariantCulture, $"{file.Sha256}  {file.Name}\n")))));
        foreach (var folder in Directory.GetDirectories(_partial, "*", SearchOption.AllDirectories).Append(_partial))
            Durable.Synchronise(folder);
        Directory.Move(_partial, Path);
        _committed = true;
        Durable.Synchronise(System.IO.Path.GetDirectoryName(Path)!);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        if (!_committed && Directory.Exists(_partial))
            Directory.Delete(_partial, recursive: true);
        return ValueTask.CompletedTask;
    }

    private void Add(string name, ReadOnlySpan<byte> content)
    {
        var path = System.IO.Path.Combine(_partial, name);
        Durable.CreateFolder(System.IO.Path.GetDirectoryName(path)!);
        using (var hashed = new HashedStream(Durable.Create(path)))
        {
            hashed.Write(content);
            hashed.Flush();
            _files.Add(new BackupFile(name, null, hashed.Length, hashed.Sha256()));
        }

        Durable.Synchronise(path);
    }
}
