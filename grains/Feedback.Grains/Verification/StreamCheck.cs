using System.Text.Json;
using Feedback.Domain.Journal;
using Feedback.Grains.Journal;

namespace Feedback.Grains.Verification;

/// <summary>Reads a stream from its first event and checks versions, times and the hash chain on the way.</summary>
internal sealed class StreamCheck(IJournal journal, StreamName stream, ICollection<Finding> findings)
{
    private const int RowsAtOnce = 500;

    /// <summary>How many events were read.</summary>
    public long Events { get; private set; }

    /// <summary>The events that could be read, up to the first one that could not.</summary>
    public async IAsyncEnumerable<(long Version, long At, JournalEvent Happened)> ReadAsync()
    {
        var tail = StreamTail.Of(stream);
        while (await journal.ReadAsync(stream, tail.Version, RowsAtOnce) is { Count: > 0 } rows)
        {
            foreach (var row in rows)
            {
                if (row.Version != tail.Version + 1)
                    Find($"version {tail.Version + 1} is missing: the next row begins at {row.Version}");
                if (row.At < tail.At)
                    Find($"the row at version {row.Version} is older than the one before");
                if (Check(row, tail) is not { } events)
                    yield break;
                foreach (var (version, happened) in events)
                {
                    Events++;
                    yield return (version, row.At, happened);
                }

                tail = StreamTail.After(row);
            }
        }
    }

    private List<(long Version, JournalEvent Happened)>? Check(JournalRow row, StreamTail tail)
    {
        try
        {
            var elements = row.Elements();
            if (elements.Count != row.Count)
                Find($"the row at version {row.Version} says {row.Count} events and holds {elements.Count}");
            var digest = elements.Aggregate(tail.Digest, (before, element) => before.After(element.Span));
            if (digest != row.Digest)
                Find($"the hash chain breaks at version {row.Version}: something at or before it was changed");
            return [.. EventText.Read(row)];
        }
        catch (Exception e) when (e is JsonException or FormatException or UnknownKindException or InvalidOperationException or KeyNotFoundException)
        {
            Find($"the row at version {row.Version} cannot be read: {e.Message}");
            return null;
        }
    }

    private void Find(string what) => findings.Add(new Finding(stream.Value, what));
}
