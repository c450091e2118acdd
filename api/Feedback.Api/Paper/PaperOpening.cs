using Feedback.Domain.Organisation;
using Feedback.Domain.Paper;

namespace Feedback.Api.Paper;

/// <summary>A batch that somebody wants to open, as they told it.</summary>
/// <param name="Node">The hall or window whose forms they are.</param>
/// <param name="From">The first local day of the period; null for the first of its last day's month.</param>
/// <param name="Through">The last local day of the period; null for today.</param>
/// <param name="Issued">How many forms were handed out.</param>
/// <param name="Count">The count of those that came back; null where they are still out.</param>
public sealed record PaperOpening(NodeId Node, DateOnly? From, DateOnly? Through, int Issued, CountForms? Count)
{
    /// <summary>What is to be done.</summary>
    /// <param name="today">The local day at the node.</param>
    public OpenPaperBatch On(DateOnly today)
    {
        var through = Through ?? today;
        return new OpenPaperBatch(Node, From ?? FirstOf(through), through, Issued, Count);
    }

    /// <summary>Whether a batch was opened with the same. A day that is not told depends on when it was asked, so it is not compared.</summary>
    public bool IsThatOf(PaperState batch)
    {
        var (opened, counted) = (batch.Opened!, batch.CountedAtOpening);
        var from = From ?? (Through is { } told ? FirstOf(told) : opened.From);
        return (Node, from, Through ?? opened.Through, Issued) == (opened.Node, opened.From, opened.Through, opened.Issued)
            && Count?.Collected == counted?.Collected && (Count is null || Count.Counters.SequenceEqual(counted!.Counters));
    }

    private static DateOnly FirstOf(DateOnly day) => new(day.Year, day.Month, 1);
}
