using System.Globalization;
using Feedback.Api.Evaluations;
using Feedback.Api.Intake;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Time;

namespace Feedback.Api.Ratings;

/// <summary>Reads a rating that a page's form sent: no more than the page asks for.</summary>
public static class RatingForm
{
    /// <summary>What the name of a dimension's field begins with.</summary>
    public const string DimensionPrefix = "dimension-";

    /// <summary>Reads a form.</summary>
    /// <param name="form">The form.</param>
    /// <param name="blank">The rating as far as the page knows it: its token, or its window; and the language.</param>
    /// <returns>The rating; or why it is none, and in which field.</returns>
    public static (Rating? Rating, Refusal? Refusal) Read(IFormCollection form, Rating blank)
    {
        try
        {
            var comment = form["comment"].ToString().ReplaceLineEndings("\n").Trim();
            return (blank with
            {
                Id = form["id"].ToString() is { Length: > 0 } id ? Members.Kept(id, "id", RatingReader.LongestDraw, multiline: false) : RatingIntake.Draw(),
                OccurredAt = blank.Window is null ? null : Moment.TryParse(form["at"].ToString(), out var at) ? at : throw Members.Refuse("time-invalid", "at"),
                Grade = GradeOf(form["grade"].ToString()) ?? throw Members.Refuse("grade-missing", "grade"),
                Dimensions =
                [
                    .. from field in form
                       where field.Key.StartsWith(DimensionPrefix, StringComparison.Ordinal) && field.Value.ToString().Length > 0
                       let code = Members.Kept(field.Key[DimensionPrefix.Length..], "dimensions", EvaluationReader.LongestCode, multiline: false)
                       let grade = GradeOf(field.Value.ToString()) ?? throw Members.Refuse("grade-out-of-range", "dimensions." + code)
                       orderby code
                       select new DimensionGrade(code, grade),
                ],
                Comment = comment.Length == 0 ? null : Members.Kept(comment, "comment", EvaluationReader.LongestComment, multiline: true),
            }, null);
        }
        catch (RefusedException e)
        {
            return (null, e.Refusal);
        }
    }

    private static Grade? GradeOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var grade) && grade is >= 1 and <= 5 ? (Grade)grade : null;
}
