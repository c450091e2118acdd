using System.Text;
using Feedback.Domain.Checkpoints;
using Feedback.Domain.Journal;
using Feedback.Grains.Journal;
using Feedback.Grains.Windows;

namespace Feedback.Grains.Checkpoints;

/// <summary>
/// Makes checkpoints: signs where the streams end, appends that to <see cref="StreamName.Checkpoints"/>, then keeps the same
/// bytes outside the database. Of several silos the fence lets one make each; all of them keep its file.
/// </summary>
public sealed class CheckpointMaker(IJournal journal, ICheckpointFiles files, CheckpointKey key, TimeProvider clock)
{
    private const int RowsAtOnce = 50;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Dictionary<StreamName, CheckedStream> _known = [];
    private StreamTail _tail = StreamTail.Of(StreamName.Checkpoints);
    private string? _previous;
    private long _filed;
    private long _noticedAt;
    private long _newestAt;

    /// <summary>When the newest checkpoint was made that this silo knows of, UTC milliseconds; 0 when there is none, or nobody has looked yet.</summary>
    public long NewestAt => Volatile.Read(ref _newestAt);

    /// <summary>Makes a checkpoint unless the newest one is younger than <paramref name="age"/>, and keeps the files that are not kept yet.</summary>
    /// <returns>The checkpoint; null when it is not time yet, or nothing has changed since the newest one.</returns>
    /// <exception cref="JournalBusyException">It cannot be stored now.</exception>
    /// <exception cref="IOException">It is stored, and its file could not be written; the next call tries again.</exception>
    public Task<Checkpoint?> MakeAsync(TimeSpan age, CancellationToken cancellation = default) => MakeAsync(age, former: null, cancellation);

    /// <summary>Makes the checkpoint that says that the operator restored the database, whether or not anything has changed.</summary>
    /// <param name="former">The id of the life that ended.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <inheritdoc cref="MakeAsync(TimeSpan, CancellationToken)"/>
    public async Task<Checkpoint> MakeAfterRestoreAsync(string former, CancellationToken cancellation = default) =>
        (await MakeAsync(TimeSpan.Zero, former, cancellation))!;

    private async Task<Checkpoint?> MakeAsync(TimeSpan age, string? former, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            var made = await AppendAsync(age, former, cancellation);
            await KeepFilesAsync(cancellation);
            return made;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<Checkpoint?> AppendAsync(TimeSpan age, string? former, CancellationToken cancellation)
    {
        while (true)
        {
            var known = _tail.Version;
            await CatchUpAsync(cancellation);
            var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
            if (known > 0 && _tail.Version > known)
                _noticedAt = now;
            // Where a clock ran ahead and came back, the newest one says nothing of its age but when it was first seen.
            var since = _tail.At <= now ? _tail.At : _noticedAt;
            if (_tail.Version > 0 && since <= now && now - since < (long)age.TotalMilliseconds)
                return null;
            var changed = await ChangedAsync(cancellation);
            if (changed.Count == 0 && former is null)
                return null;
            var checkpoint = new Checkpoint(
                _tail.Version + 1, Math.Max(_tail.At, now), await journal.GenerationAsync(cancellation), _previous, changed)
            { Former = former };
            var text = CheckpointText.Write(checkpoint);
            var made = new CheckpointMade { Salt = EventMint.NewSalt(), Text = Encoding.UTF8.GetString(text), Signature = key.Sign(text) };
            try
            {
                await journal.WriteAsync(new JournalUnit { Append = new Append(StreamName.Checkpoints, _tail.Next([EventText.Write(made)], checkpoint.At)) });
                _noticedAt = now;
                Volatile.Write(ref _newestAt, checkpoint.At);
                return checkpoint;
            }
            catch (VersionConflictException)
            {
                // Another silo made this one; what it left decides whether there is anything to do.
            }
        }
    }

    private async Task<List<CheckedStream>> ChangedAsync(CancellationToken cancellation)
    {
        var changed = new List<CheckedStream>();
        foreach (var (stream, tail) in await journal.TailsAsync(cancellation))
        {
            // A stream that got shorter is not attested anew: what was attested stays, and verify says what is missing.
            var until = _known.TryGetValue(stream, out var known) ? known.Version : 0;
            if (stream == StreamName.Checkpoints || tail.Version <= until)
                continue;
            changed.Add(new CheckedStream(stream, tail.Version, tail.Digest,
                RowShapes.HashOf(await journal.ShapesAsync(stream, until, tail.Version, cancellation))));
        }

        return changed;
    }

    private async Task CatchUpAsync(CancellationToken cancellation)
    {
        while (await journal.ReadAsync(StreamName.Checkpoints, _tail.Version, RowsAtOnce, cancellation) is { Count: > 0 } rows)
        {
            foreach (var row in rows)
            {
                foreach (var (_, happened) in EventText.Read(row))
                {
                    var text = Encoding.UTF8.GetBytes(((CheckpointMade)happened).Text);
                    foreach (var stream in CheckpointText.Read(text).Streams)
                        _known[stream.Stream] = stream;
                    _previous = Checkpoint.HashOf(text);
                }

                _tail = StreamTail.After(row);
                Volatile.Write(ref _newestAt, _tail.At);
            }
        }
    }

    // Only what is newer than everything that is there: a file that has vanished is for verify to miss, not for us to replace.
    private async Task KeepFilesAsync(CancellationToken cancellation)
    {
        var newest = files.Names().GroupBy(name => name.Generation).ToDictionary(names => names.Key, names => names.Max(name => name.Number));
        // They are kept in their order: where one of this life of the database is there, all before it were kept.
        if (_filed == 0)
            _filed = newest.GetValueOrDefault(await journal.GenerationAsync(cancellation));
        while (await journal.ReadAsync(StreamName.Checkpoints, _filed, RowsAtOnce, cancellation) is { Count: > 0 } rows)
        {
            foreach (var row in rows)
            {
                foreach (var element in row.Elements())
                {
                    var checkpoint = CheckpointText.Read(Encoding.UTF8.GetBytes(((CheckpointMade)EventText.Read(element)).Text));
                    if (checkpoint.Number > newest.GetValueOrDefault(checkpoint.Generation))
                        files.Write(new CheckpointFileName(checkpoint.Number, checkpoint.Generation), [.. element.Span, (byte)'\n']);
                }

                _filed = row.LastVersion;
            }
        }
    }
}
