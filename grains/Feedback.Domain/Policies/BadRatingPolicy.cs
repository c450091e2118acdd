using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.WorkingTime;

namespace Feedback.Domain.Policies;

/// <summary>Who does a step that must not be done by whom it concerns.</summary>
public enum Reviewer
{
    /// <summary>Somebody outside of the rated unit, such as supervision of the node above it: <c>parent-supervision</c>.</summary>
    ParentSupervision = 1,

    /// <summary>Whoever manages the lead unit, except those who are concerned, and supervision outside of the rated unit: <c>lead-manager</c>.</summary>
    LeadManager,

    /// <summary>The handling unit itself, except those who are concerned (谁办理谁负责): <c>handling-unit</c>.</summary>
    HandlingUnit,
}

/// <summary>差评: which ratings open a case, and how it is followed up.</summary>
/// <param name="OpensUpTo">The best overall grade that opens a case, 1 or 2; 0 when none does.</param>
/// <param name="DimensionsUpTo">The best grade of a dimension that opens a case, 1 or 2; 0 when none does.</param>
/// <param name="CallBackShare">How many in a hundred are called back, 0 to 100.</param>
/// <param name="VerifiedBy">Who looks into whether the rating is true.</param>
/// <param name="CalledBackBy">Who makes the closing call back; where it is not the handling unit, always somebody outside of the rated unit.</param>
/// <param name="Rectification">How long putting it right may take.</param>
public sealed record BadRatingPolicy(int OpensUpTo, int DimensionsUpTo, int CallBackShare, Reviewer VerifiedBy, Reviewer CalledBackBy, Limit Rectification)
{
    /// <summary>By default grades 1 and 2 open a case, of dimensions too; everybody is called back, by the parent's supervision; 15 working days.</summary>
    public static readonly BadRatingPolicy Default = new(2, 2, 100, Reviewer.ParentSupervision, Reviewer.ParentSupervision, Limit.WorkingDays(15));

    private static readonly string[] Reviewers = ["parent-supervision", "lead-manager", "handling-unit"];

    /// <summary>Whether a rating opens a case.</summary>
    /// <param name="overall">The overall grade; null for none.</param>
    /// <param name="dimensions">The grades of the dimensions.</param>
    public bool Opens(Grade? overall, params IEnumerable<Grade> dimensions) =>
        (overall is { } grade && (int)grade <= OpensUpTo) || dimensions.Any(dimension => (int)dimension <= DimensionsUpTo);

    internal static BadRatingPolicy Read(PolicyReader text) => new(
        text.Number("opensUpTo", 0, 2) ?? Default.OpensUpTo,
        text.Number("dimensionsUpTo", 0, 2) ?? Default.DimensionsUpTo,
        text.Number("callBackShare", 0, 100) ?? Default.CallBackShare,
        ReviewerOf(text, "verifiedBy") ?? Default.VerifiedBy,
        ReviewerOf(text, "calledBackBy") ?? Default.CalledBackBy,
        text.Limit("rectification") ?? Default.Rectification);

    internal static void Write(CanonicalWriter text, BadRatingPolicy document) => text
        .Member("opensUpTo"u8, document.OpensUpTo).Member("dimensionsUpTo"u8, document.DimensionsUpTo).Member("callBackShare"u8, document.CallBackShare)
        .Member("verifiedBy"u8, Reviewers[(int)document.VerifiedBy - 1]).Member("calledBackBy"u8, Reviewers[(int)document.CalledBackBy - 1])
        .Member("rectification"u8, document.Rectification.ToString());

    private static Reviewer? ReviewerOf(PolicyReader text, string name) =>
        text.Word(name, Reviewers) is { } word ? (Reviewer)(Array.IndexOf(Reviewers, word) + 1) : null;
}
