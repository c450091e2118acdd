using Feedback.Domain.Journal;
using Feedback.Domain.ServiceMatters;
using Feedback.Grains.Journal;

namespace Feedback.Grains.ServiceMatters;

/// <summary>What an activation holds of its matter: the fold of its stream, and where that ends.</summary>
internal sealed class MatterBook(MatterId id)
{
    private const int RowsAtOnce = 500;

    private readonly Dictionary<Opaque, long> _answered = [];

    /// <summary>The matter.</summary>
    public MatterState State { get; private set; } = new(id);

    /// <summary>Where the stream ends.</summary>
    public StreamTail Tail { get; private set; } = StreamTail.Of(StreamName.Matter(id));

    /// <summary>Reads the stream.</summary>
    public static async Task<MatterBook> ReadAsync(MatterId id, IJournal journal, CancellationToken cancellation = default)
    {
        var book = new MatterBook(id);
        while (await journal.ReadAsync(StreamName.Matter(id), book.Tail.Version, RowsAtOnce, cancellation) is { Count: > 0 } rows)
        {
            foreach (var row in rows)
                book.Take(row, [.. EventText.Read(row).Select(one => one.Happened)]);
        }

        return book;
    }

    /// <summary>Folds a row that is stored.</summary>
    public void Take(JournalRow row, IReadOnlyList<JournalEvent> events)
    {
        // The first event of a row bears the salt of the request that led to it.
        _answered[events[0].Salt] = row.LastVersion;
        State = events.Aggregate(State, (state, happened) => state.Apply(happened));
        Tail = StreamTail.After(row);
    }

    /// <summary>The version after what a request did, by its salt; null for one that did nothing yet.</summary>
    public long? AnswerOf(Opaque salt) => _answered.TryGetValue(salt, out var version) ? version : null;
}
