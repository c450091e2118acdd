using Feedback.Domain.Evaluations;
using Feedback.Domain.Organisation;

namespace Feedback.Grains.Evaluations;

/// <summary>Whether personal text that an event points to can be read.</summary>
public enum TextState
{
    /// <summary>It was never given.</summary>
    None,

    /// <summary>It can be read.</summary>
    Kept,

    /// <summary>It was erased for good.</summary>
    Erased,

    /// <summary>It is there, and the master keys at hand do not open it.</summary>
    Unreadable,
}

/// <summary>Personal text, opened.</summary>
/// <param name="State">Whether it can be read.</param>
/// <param name="Plain">The text; null unless it is kept.</param>
public readonly record struct OpenedText(TextState State, string? Plain)
{
    /// <summary>Text that was never given.</summary>
    public static readonly OpenedText None = new(TextState.None, null);
}

/// <summary>One evaluation as it is stored, with its personal text opened: for the eyes of callers who mask what their readers may not see.</summary>
/// <param name="Version">Its version in the window's stream.</param>
/// <param name="Accepted">What was stored.</param>
/// <param name="Excluded">Whether it was taken out of the figures.</param>
/// <param name="Comment">The comment.</param>
/// <param name="Number">The matter's number.</param>
public sealed record StoredEvaluation(long Version, EvaluationAccepted Accepted, bool Excluded, OpenedText Comment, OpenedText Number);

/// <summary>Which evaluations of a window are asked for.</summary>
/// <param name="Window">The window.</param>
/// <param name="From">Received at or after, milliseconds UTC.</param>
/// <param name="To">Received before, milliseconds UTC.</param>
/// <param name="After">The cursor of the page before; null for the first.</param>
/// <param name="Limit">At most so many.</param>
/// <param name="OldestFirst">The order: by version, ascending or descending.</param>
public sealed record EvaluationsAsked(NodeId Window, long From, long To, long? After, int Limit, bool OldestFirst);

/// <summary>A page of evaluations.</summary>
/// <param name="Evaluations">In the order asked for.</param>
/// <param name="Next">Where the next page goes on; null after the last. A page may hold fewer than asked for and still have a next one.</param>
public sealed record EvaluationsFound(IReadOnlyList<StoredEvaluation> Evaluations, long? Next);
