using System.Text.Json;
using Feedback.Domain.Checkpoints;
using Feedback.Domain.Journal;
using Feedback.Grains.Journal;

namespace Feedback.Grains.Verification;

/// <summary>
/// Reads a stream from its first event and checks versions, times and the hash chain on the way, and that it is what checkpoints
/// attest.
/// </summary>
/// <param name="journal">The journal.</param>
/// <param name="stream">The stream.</param>
/// <param name="findings">Takes what is wrong.</param>
/// <param name="attested">What checkpoints say of the stream, by version.</param>
internal sealed class StreamCheck(IJournal journal, StreamName stream, ICollection<Finding> findings, IReadOnlyList<Attestation> attested)
{
    private const int RowsAtOnce = 500;

    private int _next;
    private bool _unreadable;

    /// <summary>How many events were read.</summary>
    public long Events { get; private set; }

    /// <summary>The events that could be read, up to the first one that could not.</summary>
    public async IAsyncEnumerable<(long Version, long At, JournalEvent Happened)> ReadAsync()
    {
        using var shapes = new RowShapes();
        var tail = StreamTail.Of(stream);
        while (await ReadAfterAsync(tail.Version) is { Count: > 0 } rows)
        {
            foreach (var row in rows)
            {
                if (row.Version != tail.Version + 1)
                    Find($"version {tail.Version + 1} is missing: the next row begins at {row.Version}");
                if (row.At < tail.At)
                    Find($"the row at version {row.Version} is older than the one before");
                shapes.Add(new RowShape(row.Version, row.Count, row.At));
                if (Check(row, tail, shapes) is not { } events)
                    yield break;
                foreach (var (version, happened) in events)
                {
                    Events++;
                    yield return (version, row.At, happened);
                }

                tail = StreamTail.After(row);
            }
        }

        if (_next < attested.Count && !_unreadable)
            Find($"the stream ends at version {tail.Version}, and checkpoint {attested[^1].Checkpoint} attests version {attested[^1].Stream.Version}: its tail is missing");
    }

    /// <summary>Reads the stream to its end for the sake of the checks alone.</summary>
    public async Task RunAsync()
    {
        await foreach (var _ in ReadAsync())
        {
        }
    }

    private async Task<IReadOnlyList<JournalRow>?> ReadAfterAsync(long version)
    {
        try
        {
            return await journal.ReadAsync(stream, version, RowsAtOnce);
        }
        catch (Exception e) when (e is FormatException or InvalidCastException or OverflowException)
        {
            Find($"the rows after version {version} are not what the journal writes: {e.Message}");
            _unreadable = true;
            return null;
        }
    }

    private List<(long Version, JournalEvent Happened)>? Check(JournalRow row, StreamTail tail, RowShapes shapes)
    {
        try
        {
            var elements = row.Elements();
            if (elements.Count != row.Count)
                Find($"the row at version {row.Version} says {row.Count} events and holds {elements.Count}");
            // Brackets and one comma between two events: whatever else stands there is in nobody's digest.
            if (row.Events.Length != 1 + elements.Count + elements.Sum(element => element.Length))
                Find($"the row at version {row.Version} holds something between its events");
            var digest = tail.Digest;
            for (var i = 0; i < elements.Count; i++)
            {
                digest = digest.After(elements[i].Span);
                Compare(row.Version + i, digest, i == elements.Count - 1 ? shapes : null);
            }

            if (digest != row.Digest)
                Find($"the hash chain breaks at version {row.Version}: something at or before it was changed");
            return [.. EventText.Read(row)];
        }
        catch (Exception e) when (e is JsonException or FormatException or UnknownKindException or InvalidOperationException or KeyNotFoundException)
        {
            Find($"the row at version {row.Version} cannot be read: {e.Message}");
            _unreadable = true;
            return null;
        }
    }

    private void Compare(long version, Digest digest, RowShapes? shapes)
    {
        for (; _next < attested.Count && attested[_next].Stream.Version <= version; _next++)
        {
            var (checkpoint, said) = attested[_next];
            if (said.Version < version || said.Digest != digest)
                Find($"version {said.Version} is not what checkpoint {checkpoint} attests: something at or before it was changed");
            else if (shapes?.Take() != said.Rows)
                Find($"the rows up to version {said.Version} are not as checkpoint {checkpoint} attests: they were cut otherwise, or stored at other times");
        }
    }

    private void Find(string what) => findings.Add(new Finding(stream.Value, what));
}
