using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Feedback.Domain.Paper;

namespace Feedback.Grains.Paper;

/// <summary>What a list tells of a batch.</summary>
/// <param name="Id">The batch.</param>
/// <param name="Version">Its version.</param>
/// <param name="Opened">The opening.</param>
/// <param name="Counted">The count of the forms that came back; null before it.</param>
/// <param name="Closed">The closing; null before it.</param>
/// <param name="Valid">Forms that are stored as evaluations.</param>
/// <param name="Spoilt">Forms that cannot be counted.</param>
/// <param name="Difference">How many more were counted than are keyed or spoilt; negative for fewer.</param>
public sealed record PaperLine(
    PaperBatchId Id, long Version, PaperBatchOpened Opened, PaperFormsCounted? Counted, PaperBatchClosed? Closed, int Valid, int Spoilt, int Difference)
{
    internal static PaperLine Of(PaperState state) =>
        new(state.Id, state.Version, state.Opened!, state.Counted, state.Closed, state.Valid, state.Spoilt, state.Difference);
}

/// <summary>One page of batches, those opened last first.</summary>
/// <param name="Batches">The batches.</param>
/// <param name="Next">After which the next page begins; null when there is none.</param>
public sealed record PaperPage(IReadOnlyList<PaperLine> Batches, PaperCursor? Next)
{
    /// <summary>The most batches of a page.</summary>
    public const int Most = 200;
}

/// <summary>A place in the list of batches: just after one of them.</summary>
/// <param name="At">When it was opened, milliseconds UTC.</param>
/// <param name="Batch">The batch.</param>
public readonly record struct PaperCursor(long At, PaperBatchId Batch) : IComparable<PaperCursor>
{
    /// <summary>The place just after a batch.</summary>
    public static PaperCursor After(PaperBatchOpened opened, PaperBatchId batch) => new(opened.Stamp.At, batch);

    /// <summary>Reads what <see cref="ToString"/> wrote; false for any other text.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out PaperCursor cursor)
    {
        cursor = default;
        if (text?.Split('.') is not [var at, var id] || !long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var time) || !PaperBatchId.IsId(id))
            return false;
        cursor = new PaperCursor(time, new PaperBatchId(id));
        return true;
    }

    /// <summary>Those opened last come first; of one moment and node, those with a greater number.</summary>
    public int CompareTo(PaperCursor other) => At != other.At ? other.At.CompareTo(At)
        : Batch.Node != other.Batch.Node ? string.CompareOrdinal(other.Batch.Node.Value, Batch.Node.Value)
        : other.Batch.Ordinal.CompareTo(Batch.Ordinal);

    /// <summary>A text that goes into an address as it is.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At}.{Batch.Value}");
}
