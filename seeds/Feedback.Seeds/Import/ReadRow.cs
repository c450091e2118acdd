using System.Security.Cryptography;
using System.Text;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;

namespace Feedback.Seeds.Import;

/// <summary>A row that could be read: what one respondent said, at a place that is known by its names only.</summary>
/// <param name="Row">The row as a spreadsheet counts: the header is row 1.</param>
/// <param name="Hall">The hall's name; null for windows directly under the node.</param>
/// <param name="Window">The window's name.</param>
/// <param name="Day">The local day.</param>
/// <param name="Said">What was said; its window is still empty.</param>
/// <param name="Matter">The matter's number, or null.</param>
/// <param name="Comment">The comment, or null.</param>
internal sealed record ReadRow(long Row, string? Hall, string Window, DateOnly Day, Evaluation Said, string? Matter, string? Comment)
{
    /// <summary>The field in which another row of the same respondent says something else, comments aside; null when they agree.</summary>
    public string? DiffersIn(ReadRow other) =>
        Hall != other.Hall ? "hall"
        : Window != other.Window ? "window"
        : Said.OccurredAt != other.Said.OccurredAt ? "date"
        : Said.Grade != other.Said.Grade ? "grade"
        : Matter != other.Matter ? "matter"
        : Said.SaysTheSameAs(other.Said) ? null : "evaluation";

    /// <summary>Everything that rows of one respondent must agree in, as 128 bits.</summary>
    public Opaque Agreement()
    {
        var place = Encoding.UTF8.GetBytes($"{Hall?.Length}:{Hall}{Window.Length}:{Window}{Matter?.Length}:{Matter}");
        return Opaque.FromBytes(SHA256.HashData([.. place, .. EvaluationTexts.ClaimBytes(Said)]));
    }
}
