using System.Text;
using System.Text.Json;
using Feedback.Domain.Journal;

namespace Feedback.Storage.Copies;

/// <summary>Follows the hash chain of every stream while the journal's rows go by: a copy that passes is the journal, and whole.</summary>
internal sealed class ChainFold
{
    private readonly Dictionary<long, (StreamName Name, StreamTail Tail)> _streams = [];

    /// <summary>When the newest row of a window was stored, milliseconds UTC; null when there is none.</summary>
    public long? NewestAt { get; private set; }

    /// <summary>Where every stream ends, ascending by name.</summary>
    public IReadOnlyList<CopiedHead> Heads =>
    [
        .. _streams.Values.OrderBy(stream => stream.Name.Value, StringComparer.Ordinal)
            .Select(stream => new CopiedHead(stream.Name.Value, stream.Tail.Version, stream.Tail.Digest.ToString())),
    ];

    /// <summary>Takes a row of <see cref="CopiedTables.Streams"/> or <see cref="CopiedTables.Journal"/>; others are of no concern.</summary>
    /// <exception cref="InvalidDataException">The journal is not whole.</exception>
    public void Take(CopiedTable table, object?[] row)
    {
        if (table == CopiedTables.Streams)
        {
            var name = new StreamName(Encoding.UTF8.GetString((byte[])row[1]!));
            if (!_streams.TryAdd((long)row[0]!, (name, StreamTail.Of(name))))
                throw new InvalidDataException($"The stream {name} shares its number with another one.");
        }
        else if (table == CopiedTables.Journal)
        {
            TakeRow((long)row[0]!, (long)row[1]!, (long)row[2]!, (long)row[3]!, (byte[])row[4]!, (byte[])row[5]!);
        }
    }

    private void TakeRow(long stream, long version, long count, long at, byte[] events, byte[] digest)
    {
        if (!_streams.TryGetValue(stream, out var known))
            throw new InvalidDataException($"The journal has a row of a stream that has no name: number {stream}.");
        var (name, tail) = known;
        if (version != tail.Version + 1)
            throw Broken(name, $"version {tail.Version + 1} is missing: the next row begins at {version}");
        if (at < tail.At)
            throw Broken(name, $"the row at version {version} is older than the one before");
        try
        {
            var row = new JournalRow(version, checked((int)count), at, events, Digest.FromBytes(digest));
            var elements = row.Elements();
            var end = tail.Digest;
            foreach (var element in elements)
                end = end.After(element.Span);
            // Brackets and one comma between two events: whatever else stands there is in nobody's digest.
            if (elements.Count != row.Count || events.Length != 1 + elements.Count + elements.Sum(element => element.Length) || end != row.Digest)
                throw Broken(name, $"the hash chain breaks at version {version}");
            _streams[stream] = (name, StreamTail.After(row));
        }
        catch (Exception e) when (e is JsonException or FormatException or OverflowException)
        {
            throw Broken(name, $"the row at version {version} cannot be read: {e.Message}");
        }

        if (name.AsWindow is not null)
            NewestAt = Math.Max(NewestAt ?? 0, at);
    }

    private static InvalidDataException Broken(StreamName stream, string what) =>
        new($"The journal is not whole: {stream}: {what}. Run 'feedback verify' where it came from.");
}
