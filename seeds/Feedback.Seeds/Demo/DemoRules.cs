using Feedback.Domain.Evaluations;
using Feedback.Domain.Policies;
using Feedback.Domain.Time;
using Feedback.Grains.Organisation;
using Feedback.Seeds.Organisation;

namespace Feedback.Seeds.Demo;

/// <summary>The rule by which the third hall counted silence, and its end, as policies: so that the default ratings of its history were counted by a rule.</summary>
internal static class DemoRules
{
    // One province's trial began in 2019; no history of the demo goes back so far.
    private static readonly DateOnly Begun = new(2019, 1, 1);

    /// <summary>What is missing of it; nothing where somebody set the rule at that hall already.</summary>
    /// <param name="policies">What is set.</param>
    /// <param name="site">The district.</param>
    /// <param name="now">When the demo is first started.</param>
    public static Decision Missing(PolicyBook policies, DemoSite site, DateTimeOffset now)
    {
        var hall = site.Halls[DemoStory.SilentHall].Id;
        if (policies.At(hall, PolicySubjects.DefaultRule.Word).Any())
            return Decision.Nothing;
        var ended = new DemoStory(HallZone.Get(site.Zone).LocalTime(now.ToUnixTimeMilliseconds()).Day).SilenceEnded;
        return new Decision([Rule(Begun, used: true), Rule(ended, used: false)]);

        PolicySet Rule(DateOnly from, bool used) => new()
        {
            Salt = Salts.New(),
            Node = hall,
            Subject = PolicySubjects.DefaultRule.Word,
            From = from,
            Text = PolicySubjects.DefaultRule.Write(new DefaultRulePolicy(used, DemoStory.SilenceCountsAfter, Grade.FairlySatisfied)),
        };
    }
}
