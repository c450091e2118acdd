using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.Policies;
using Feedback.Grains.Organisation;

namespace Feedback.Api.Tests.Support;

/// <summary>The rule by which silence counts as a grade; it is off where nobody sets it.</summary>
internal static class SilenceRule
{
    /// <summary>Sets the rule at a node.</summary>
    /// <param name="site">The site.</param>
    /// <param name="node">The node.</param>
    /// <param name="grade">As which grade silence counts.</param>
    /// <param name="ago">Since how many days.</param>
    /// <param name="used">Whether silence is counted from then on.</param>
    public static Task CountSilenceAsync(this RunningSite site, string node, int grade = 5, int ago = 30, bool used = true) =>
        site.Bureau.DecideAsync(StreamName.Policies, _ => new Decision([new PolicySet
        {
            Salt = Some.Salt(),
            Node = new NodeId(node),
            Subject = PolicySubjects.DefaultRule.Word,
            From = Some.Day(ago),
            Text = PolicySubjects.DefaultRule.Write(new DefaultRulePolicy(used, 7, (Grade)grade)),
        }]));
}
