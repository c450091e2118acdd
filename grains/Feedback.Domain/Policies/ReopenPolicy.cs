using Feedback.Domain.Journal;
using Feedback.Domain.WorkingTime;

namespace Feedback.Domain.Policies;

/// <summary>重新打开: until when and how often a citizen may open a closed case again.</summary>
/// <param name="Within">How long after the closing; in days.</param>
/// <param name="Times">How often, 0 to 20.</param>
public sealed record ReopenPolicy(Limit Within, int Times)
{
    /// <summary>By default within 30 days, twice.</summary>
    public static readonly ReopenPolicy Default = new(new Limit(30, LimitUnit.Days), 2);

    internal static ReopenPolicy Read(PolicyReader text) => new(
        text.Limit("within", LimitUnit.Days, LimitUnit.WorkingDays) ?? Default.Within, text.Number("times", 0, 20) ?? Default.Times);

    internal static void Write(CanonicalWriter text, ReopenPolicy document) =>
        text.Member("within"u8, document.Within.ToString()).Member("times"u8, document.Times);
}
