using System.Text;
using System.Text.Json;
using Feedback.Domain.Checkpoints;
using Feedback.Domain.Journal;
using Feedback.Grains.Checkpoints;
using Feedback.Grains.Journal;

namespace Feedback.Grains.Verification;

/// <summary>
/// Checks the checkpoints themselves: their signatures, their chain, and that the journal and the files outside of it hold the
/// same ones. What those that can be believed say of streams is then compared with the streams.
/// </summary>
/// <param name="journal">The journal.</param>
/// <param name="files">The files outside of it.</param>
/// <param name="trust">The public key; null when there is none, and so nothing can be believed.</param>
/// <param name="clock">A file may follow its event by a minute or two.</param>
public sealed class CheckpointCheck(IJournal journal, ICheckpointFiles files, CheckpointTrust? trust, TimeProvider clock)
{
    private const int RowsAtOnce = 50;
    private const long FilesFollowWithin = 2 * 60_000;

    private readonly Attestations _attestations = new();
    private readonly HashSet<CheckpointFileName> _files = [];
    private readonly HashSet<string> _givenUp = [];
    private readonly List<(long Number, long At)> _missing = [];
    private readonly List<string> _notes = [];
    private ICollection<Finding> _findings = [];

    /// <summary>How many checkpoints the journal holds.</summary>
    public long Count { get; private set; }

    /// <summary>When the newest believed checkpoint was made, milliseconds UTC; null when there is none. What was appended later, nothing attests yet.</summary>
    public long? NewestAt { get; private set; }

    /// <summary>What is no difference and yet worth knowing, in words.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Whether the files are somebody's copies, which need not hold the newest checkpoints yet.</summary>
    public bool AreCopies { get; init; }

    internal IReadOnlyList<Attestation> Of(StreamName stream) => _attestations.Of(stream);

    /// <summary>Reads and checks all checkpoints. The files come first: each is written after its event.</summary>
    internal async Task LoadAsync(ICollection<Finding> findings, CancellationToken cancellation)
    {
        _findings = findings;
        _files.UnionWith(files.Names());
        await ReadEventsAsync(cancellation);
        TellMissing();
        TakeOrphans();
        if (Count > 0 && trust is null)
            Find(StreamName.Checkpoints.Value, "there is no key to check their signatures by");
    }

    /// <summary>Tells which attested streams are gone.</summary>
    internal void FindVanished(IReadOnlyCollection<StreamName> streams)
    {
        foreach (var stream in _attestations.Streams.Except(streams))
            Find(stream.Value, $"the stream has vanished; checkpoint {_attestations.Of(stream)[^1].Checkpoint} attests its version {_attestations.Of(stream)[^1].Stream.Version}");
    }

    private async Task ReadEventsAsync(CancellationToken cancellation)
    {
        string? previous = null;
        HashSet<string> generations = [];
        string? generation = null;
        long version = 0;
        while (await RowsAfterAsync(version, cancellation) is { Count: > 0 } rows)
        {
            foreach (var row in rows)
            {
                version = row.LastVersion;
                Count++;
                if (Read(row.Events.Span is [(byte)'[', .. var inner, (byte)']'] ? inner.ToArray() : [], $"checkpoint {row.Version}") is not { } read)
                    continue;
                var (checkpoint, text) = read;
                if (checkpoint.Number != row.Version || checkpoint.At != row.At || row.Count != 1)
                    Find($"checkpoint {row.Version}", $"says that it is number {checkpoint.Number}, made at {checkpoint.At}, and its row says otherwise");
                if (checkpoint.Previous != previous)
                    Find($"checkpoint {row.Version}", "does not follow the one before: one of them was changed");
                if (generation is not null && checkpoint.Generation != generation && checkpoint.Former is null)
                    Find($"checkpoint {row.Version}", "begins another life of the database, and nobody signed that it was restored");
                if (checkpoint.Generation != generation && !generations.Add(generation = checkpoint.Generation))
                    Find($"checkpoint {row.Version}", "belongs to an earlier life of the database than the one before");
                if (checkpoint.Former is { } former)
                    _givenUp.Add(former);
                previous = Checkpoint.HashOf(text);
                Compare(checkpoint, row);
                _attestations.Add(checkpoint);
                NewestAt = checkpoint.At;
            }
        }
    }

    private async Task<IReadOnlyList<JournalRow>?> RowsAfterAsync(long version, CancellationToken cancellation)
    {
        try
        {
            return await journal.ReadAsync(StreamName.Checkpoints, version, RowsAtOnce, cancellation);
        }
        catch (Exception e) when (e is FormatException or InvalidCastException or OverflowException)
        {
            // The check of the stream says so.
            return null;
        }
    }

    private void Compare(Checkpoint checkpoint, JournalRow row)
    {
        var name = new CheckpointFileName(checkpoint.Number, checkpoint.Generation);
        if (!_files.Remove(name))
            _missing.Add((checkpoint.Number, checkpoint.At));
        else if (files.Read(name) is var file && (file.Length == 0 || file[^1] != '\n' || !file.AsSpan(0, file.Length - 1).SequenceEqual(row.Events.Span[1..^1])))
            Find($"checkpoint {checkpoint.Number}", "its file and its event are not the same");
    }

    private void TellMissing()
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var newest = AreCopies ? files.Names().Select(name => name.Number).DefaultIfEmpty().Max() : long.MaxValue;
        // A time that lies ahead of the clock is that of a clock that ran ahead: the file had long enough to follow.
        var gone = _missing.Where(one => Math.Abs(now - one.At) > FilesFollowWithin && one.Number <= newest).Select(one => one.Number).ToList();
        if (_missing.Count(one => one.Number > newest) is > 0 and var newer)
            _notes.Add($"{files.Place} does not hold the newest {newer} checkpoints; they are compared with the journal only.");
        if (gone.Count > 0)
            Find(files.Place, $"the files of {gone.Count} checkpoints are missing, the first of checkpoint {gone[0]}, the last of checkpoint {gone[^1]}");
    }

    // Files that no event of the journal belongs to. They prove that something was cut off, unless they are of a life of the
    // database of which the key's owner signed that a restore ended it.
    private void TakeOrphans()
    {
        long lost = 0;
        foreach (var name in _files.OrderBy(name => name.Number))
        {
            if (Read(files.Read(name) is [.. var inner, (byte)'\n'] ? inner.ToArray() : [], $"{files.Place}, {name}") is not { } read)
                continue;
            if (new CheckpointFileName(read.Checkpoint.Number, read.Checkpoint.Generation) != name)
                Find($"{files.Place}, {name}", "is the file of another checkpoint");
            else if (!_givenUp.Contains(name.Generation))
            {
                Find($"checkpoint {name.Number}", $"is missing in the journal; {files.Place} holds its file");
                _attestations.Add(read.Checkpoint);
            }
            else
                lost++;
        }

        if (lost > 0)
            _notes.Add($"The database was restored: {lost} checkpoints in {files.Place} attest what came after the point it was restored to, as is signed.");
    }

    private (Checkpoint Checkpoint, byte[] Text)? Read(byte[] element, string place)
    {
        try
        {
            var made = EventText.Read(element) as CheckpointMade ?? throw new FormatException("It is another kind of event.");
            var text = Encoding.UTF8.GetBytes(made.Text);
            if (trust is not null && !trust.Believes(text, made.Signature))
                throw new FormatException("Its signature is not that of the key.");
            return (CheckpointText.Read(text), text);
        }
        catch (Exception e) when (e is JsonException or FormatException or UnknownKindException or InvalidOperationException or KeyNotFoundException)
        {
            Find(place, $"is not to be believed: {e.Message}");
            return null;
        }
    }

    private void Find(string place, string what) => _findings.Add(new Finding(place, what));
}
