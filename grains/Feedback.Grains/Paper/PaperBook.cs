using Feedback.Domain.Journal;
using Feedback.Domain.Paper;
using Feedback.Grains.Journal;

namespace Feedback.Grains.Paper;

/// <summary>What an activation holds of its batch: the fold of its stream, and where that ends.</summary>
internal sealed class PaperBook(PaperBatchId id)
{
    private const int RowsAtOnce = 500;

    /// <summary>The batch.</summary>
    public PaperState State { get; private set; } = new(id);

    /// <summary>Where the stream ends.</summary>
    public StreamTail Tail { get; private set; } = StreamTail.Of(StreamName.Paper(id));

    /// <summary>Reads the stream.</summary>
    public static async Task<PaperBook> ReadAsync(PaperBatchId id, IJournal journal, CancellationToken cancellation = default)
    {
        var book = new PaperBook(id);
        while (await journal.ReadAsync(StreamName.Paper(id), book.Tail.Version, RowsAtOnce, cancellation) is { Count: > 0 } rows)
        {
            foreach (var row in rows)
                book.Take(row, [.. EventText.Read(row).Select(one => one.Happened)]);
        }

        return book;
    }

    /// <summary>Folds a row that is stored.</summary>
    public void Take(JournalRow row, IReadOnlyList<JournalEvent> events)
    {
        State = events.Aggregate(State, (state, happened) => state.Apply(happened));
        Tail = StreamTail.After(row);
    }
}
