using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Grains.Personal;

namespace Feedback.Storage.Personal;

/// <summary>
/// The ledger as a file that is only appended to: a line per erasure, <c>NUMBER AT WINDOW VERSION REF[,REF] SUBJECT|- DIGEST</c>.
/// The digest is SHA-256 over the digest of the line before (64 zeros before the first) and the line's own text before it,
/// as lower-case hexadecimal: a line that is changed or left out breaks every later one.
/// </summary>
public sealed class ErasureLedgerFile : IErasureLedger
{
    private static readonly string BeforeFirst = new('0', 64);

    private readonly string _path;
    private readonly Lock _appending = new();
    private readonly HashSet<(Opaque, bool)> _known = [];
    private readonly List<ErasedSubject> _lines = [];
    private string _digest = BeforeFirst;
    private long _length;

    private ErasureLedgerFile(string path, bool isWhole) => (_path, IsWhole) = (path, isWhole);

    /// <inheritdoc/>
    public bool IsWhole { get; }

    /// <inheritdoc/>
    public IReadOnlyList<ErasedSubject> Lines
    {
        get
        {
            lock (_appending)
                return [.. _lines];
        }
    }

    /// <summary>Reads the ledger, and changes nothing in it; there is none before the first erasure.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isWhole">Whether every erasure of the journal beside it must be in it.</param>
    /// <exception cref="InvalidDataException">A line was changed, or is missing.</exception>
    public static ErasureLedgerFile Open(string path, bool isWhole = true)
    {
        var ledger = new ErasureLedgerFile(path, isWhole);
        if (File.Exists(path))
            ledger.Load();
        return ledger;
    }

    /// <inheritdoc/>
    public IReadOnlyList<ErasedSubject> ReadAgain() => Open(_path).Lines;

    /// <inheritdoc/>
    public Task AppendAsync(ErasedSubject erased) => Task.Run(() =>
    {
        lock (_appending)
        {
            if (erased.References.All(reference => _known.Contains((reference, erased.Subject is not null))))
                return;
            var text = TextOf(_lines.Count + 1, erased);
            var digest = DigestOf(_digest, text);
            Write($"{text} {digest}\n");
            Keep(erased, digest);
        }
    });

    private void Load()
    {
        var text = File.ReadAllText(_path);
        // A last line without its end is being written by a server, or was when the machine stopped: nothing was erased on its
        // strength yet. Only whoever appends, and so holds the data directory's lock, may write over it.
        var whole = text.LastIndexOf('\n') + 1;
        _length = Encoding.UTF8.GetByteCount(text.AsSpan(0, whole));
        foreach (var line in text[..whole].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var place = line.LastIndexOf(' ');
            if (place < 0 || DigestOf(_digest, line[..place]) != line[(place + 1)..] || Read(line) is not { } erased)
                throw new InvalidDataException($"{_path} is damaged at line {_lines.Count + 1}: it was changed, or a line is missing. Restore it from a backup: without it a restored database brings erased persons back.");
            Keep(erased, line[(place + 1)..]);
        }
    }

    private void Keep(ErasedSubject erased, string digest)
    {
        _lines.Add(erased);
        _digest = digest;
        foreach (var reference in erased.References)
        {
            _known.Add((reference, false));
            if (erased.Subject is not null)
                _known.Add((reference, true));
        }
    }

    private void Write(string line)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(_path, options);
        if (file.Length < _length || HasLineAfter(file, _length))
            throw new IOException($"{_path} was written to by somebody else.");
        var (before, bytes) = (_length, Encoding.UTF8.GetBytes(line));
        try
        {
            file.SetLength(before);
            file.Position = before;
            file.Write(bytes);
            file.Flush(flushToDisk: true);
            // .NET does not tell of every disk that refused to synchronise; what is read back at least is what was meant.
            var kept = new byte[bytes.Length];
            file.Position = before;
            file.ReadExactly(kept);
            if (!kept.AsSpan().SequenceEqual(bytes))
                throw new IOException($"{_path} does not hold what was to be written to it.");
            _length = before + bytes.Length;
        }
        catch (IOException)
        {
            // Half a line in the middle would make the whole ledger unreadable.
            file.SetLength(before);
            throw;
        }
    }

    private static bool HasLineAfter(FileStream file, long length)
    {
        file.Position = length;
        for (int unit; (unit = file.ReadByte()) >= 0;)
        {
            if (unit == '\n')
                return true;
        }

        return false;
    }

    private ErasedSubject? Read(string line)
    {
        try
        {
            return line.Split(' ') is [var number, var at, var window, var version, var references, var subject, _]
                && number == (_lines.Count + 1).ToString(CultureInfo.InvariantCulture)
                ? new ErasedSubject(
                    new NodeId(window), long.Parse(version, CultureInfo.InvariantCulture), long.Parse(at, CultureInfo.InvariantCulture),
                    [.. references.Split(',').Select(Opaque.Parse)], subject == "-" ? null : Opaque.Parse(subject))
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string TextOf(int number, ErasedSubject erased) => string.Create(
        CultureInfo.InvariantCulture,
        $"{number} {erased.At} {erased.Window.Value} {erased.Version} {string.Join(',', erased.References)} {erased.Subject?.ToString() ?? "-"}");

    private static string DigestOf(string before, string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(before + text)));
}
