using System.Globalization;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Personal.FreeText;
using Feedback.Grains.Evaluations;

namespace Feedback.Api.Evaluations;

/// <summary>A page of single evaluations of a window.</summary>
/// <param name="Window">The window's immutable id.</param>
/// <param name="From">The first local day on which they were received.</param>
/// <param name="To">The local day after the last.</param>
/// <param name="Order">newest or oldest first.</param>
/// <param name="CommentsAsWritten">Whether the reader may read comments as they were written; masked else.</param>
/// <param name="Evaluations">The evaluations.</param>
/// <param name="Next">Send it as <c>after</c> for the next page; null after the last. A page may be short and still have a next one.</param>
public sealed record EvaluationPage(
    string Window, DateOnly From, DateOnly To, string Order, bool CommentsAsWritten, IReadOnlyList<EvaluationView> Evaluations, long? Next);

/// <summary>One evaluation as managers read it: everything but who gave it.</summary>
/// <param name="Version">Its version in the window's stream; it names the evaluation for good.</param>
/// <param name="ReceivedAt">When the server received it, UTC; null for whoever was rated.</param>
/// <param name="OccurredAt">When the device says it happened, with its offset; null for whoever was rated.</param>
/// <param name="Day">The local day on which it counts.</param>
/// <param name="Grade">5 to 1; null when nobody gave one.</param>
/// <param name="Origin">active, default, callback or declined.</param>
/// <param name="Dimensions">Grades by dimension code.</param>
/// <param name="ServiceItem">The service item's code.</param>
/// <param name="Staff">The member of staff to whom it is attributed.</param>
/// <param name="Channel">The way on which it came.</param>
/// <param name="Reasons">Codes of the reasons chosen.</param>
/// <param name="Flags">Coded remarks; a flagged evaluation still counts.</param>
/// <param name="Excluded">Whether a person took it out of the figures.</param>
/// <param name="Comment">The comment; null when there is none, it cannot be read, or the reader was rated.</param>
/// <param name="CommentState">none, kept, erased or unreadable; withheld where one is kept from whoever was rated.</param>
/// <param name="Matter">The matter's number with at most four of its characters; null when there is none, it cannot be read, or the reader was rated.</param>
/// <param name="MatterState">none, kept, erased or unreadable; withheld where one is kept from whoever was rated.</param>
public sealed record EvaluationView(
    long Version, DateTimeOffset? ReceivedAt, string? OccurredAt, DateOnly Day, int? Grade, string Origin,
    IReadOnlyDictionary<string, int> Dimensions, string? ServiceItem, string? Staff, string Channel, IReadOnlyList<string> Reasons,
    IReadOnlyList<string> Flags, bool Excluded, string? Comment, string CommentState, string? Matter, string MatterState)
{
    /// <summary>What a reader sees of an evaluation.</summary>
    /// <param name="stored">The evaluation.</param>
    /// <param name="asWritten">Whether they may read the comment as it was written.</param>
    /// <param name="isRated">Whether they are who was rated: not told by whom, exactly when, and in which words.</param>
    /// <param name="culture">The language of the words that mask.</param>
    public static EvaluationView Of(StoredEvaluation stored, bool asWritten, bool isRated, CultureInfo culture)
    {
        var (said, set) = (stored.Accepted.Evaluation, stored.Accepted.Admission);
        var comment = isRated ? null : stored.Comment.Plain;
        var number = isRated ? null : stored.Number.Plain;
        return new EvaluationView(
            stored.Version, isRated ? null : DateTimeOffset.FromUnixTimeMilliseconds(set.ReceivedAt), isRated ? null : said.OccurredAt.ToString(), set.Day, (int?)said.Grade, said.Origin.Word(),
            said.Dimensions.ToDictionary(dimension => dimension.Code, dimension => (int)dimension.Grade), said.ServiceItem, set.Staff, said.Channel.Word(),
            said.Reasons, set.Flags, stored.Excluded,
            comment is not null && !asWritten ? MaskWords.Mask(comment, culture) : comment,
            Word(stored.Comment.State, isRated),
            number is not null ? FreeTextMask.MaskNumber(number) : null,
            Word(stored.Number.State, isRated));
    }

    private static string Word(TextState state, bool isRated) => state switch
    {
        TextState.Kept => isRated ? "withheld" : "kept",
        TextState.Erased => "erased",
        TextState.Unreadable => "unreadable",
        _ => "none",
    };
}

/// <summary>Why something is done.</summary>
/// <param name="Reason">In the actor's own words; kept without what gives persons away.</param>
public sealed record ReasonBody(string Reason);

/// <summary>What an officer is told for a reason that is kept.</summary>
/// <param name="Window">The window's immutable id.</param>
/// <param name="Version">The evaluation's version.</param>
/// <param name="Matter">The matter's number; null when there is none, or it cannot be read.</param>
/// <param name="Comment">The comment as it was written; null when there is none, or it cannot be read.</param>
public sealed record UnmaskedEvaluation(string Window, long Version, string? Matter, string? Comment);

/// <summary>What became of an evaluation.</summary>
/// <param name="Window">The window's immutable id.</param>
/// <param name="Version">The evaluation's version.</param>
/// <param name="Changed">False when it was so already.</param>
public sealed record ChangedEvaluation(string Window, long Version, bool Changed);
