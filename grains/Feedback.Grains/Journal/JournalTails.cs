using Feedback.Domain.Journal;

namespace Feedback.Grains.Journal;

/// <summary>Finds where a stream ends, for those who hold no fold of it.</summary>
public static class JournalTails
{
    /// <summary>The tail that the next append builds on.</summary>
    public static async Task<StreamTail> TailAsync(this IJournal journal, StreamName stream)
    {
        var head = (await journal.HeadsAsync([stream]))[stream];
        return head > 0 && await journal.FindAsync(stream, head) is { } last ? StreamTail.After(last.Row) : StreamTail.Of(stream);
    }
}
