using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;

namespace Feedback.Domain.Policies;

/// <summary>
/// 默认评价: whether silence counts as a grade, as one province tried from 2019 on. Historical, and off by default: silence is not praise, and
/// what is counted so bears the origin <see cref="Origin.Default"/>, apart from what citizens chose.
/// </summary>
/// <param name="Used">Whether silence is counted at all.</param>
/// <param name="Days">After how many natural days without an answer, 1 to 365: what whoever counts it keeps to; an evaluation does not tell when it was asked for.</param>
/// <param name="Grade">As which grade, 1 to 5.</param>
public sealed record DefaultRulePolicy(bool Used, int Days, Grade Grade)
{
    /// <summary>By default not used; where it is, the rule of that trial: after 7 days as 基本满意.</summary>
    public static readonly DefaultRulePolicy Default = new(false, 7, Grade.FairlySatisfied);

    internal static DefaultRulePolicy Read(PolicyReader text) => new(
        text.Yes("used") ?? Default.Used, text.Number("days", 1, 365) ?? Default.Days, (Grade)(text.Number("grade", 1, 5) ?? (int)Default.Grade));

    internal static void Write(CanonicalWriter text, DefaultRulePolicy document) => text
        .Member("used"u8, document.Used ? "yes" : "no").Member("days"u8, document.Days).Member("grade"u8, (int)document.Grade);
}
