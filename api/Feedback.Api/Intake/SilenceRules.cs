using System.Globalization;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Policies;
using Feedback.Grains.Organisation;

namespace Feedback.Api.Intake;

/// <summary>
/// Lets silence count as a grade only where a rule says so (默认评价): by the policy in force at the window on the local day on which it counts.
/// Looked up is nothing but what this silo holds in memory, and only for evaluations of that origin.
/// </summary>
internal sealed class SilenceRules(IBureau bureau)
{
    /// <summary>At the window silence counts as no grade.</summary>
    public const string Off = "default-rule-off";

    /// <summary>Silence counts as another grade.</summary>
    public const string OtherGrade = "default-rule-grade";

    /// <summary>Why an evaluation cannot be taken as silence that is counted; null where it can, or is none.</summary>
    public Refusal? Refused(Evaluation said)
    {
        if (said.Origin != Origin.Default)
            return null;
        var state = bureau.Current;
        if (state.Tree.Find(said.Window) is not { } window)
            return null;
        var day = window.Zone.LocalTime(said.OccurredAt.UtcMilliseconds).Day;
        var rule = state.Policies.Find(state.Tree.LineOn(window.Id, day), PolicySubjects.DefaultRule, day).Document;
        return !rule.Used ? new Refusal(Off, "origin")
            // One without a grade is refused where evaluations are checked.
            : said.Grade is { } grade && grade != rule.Grade ? new Refusal(OtherGrade, "grade", ((int)rule.Grade).ToString(CultureInfo.InvariantCulture))
            : null;
    }
}
