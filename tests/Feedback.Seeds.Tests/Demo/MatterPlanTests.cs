using Feedback.Domain.Journal;
using Feedback.Domain.ServiceMatters;
using Feedback.Grains.Organisation;
using Feedback.Grains.Personal;
using Feedback.Seeds.Demo;
using Feedback.Seeds.Demo.Matters;
using Feedback.Seeds.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Feedback.Seeds.Tests.Demo;

public sealed class MatterPlanTests
{
    private static async Task<List<MatterState>> TellAsync(string begun)
    {
        var bureau = new BureauInMemory();
        var site = await DemoDistrict.EnsureAsync(bureau, new PersonalCipher(BureauSecrets.Generate()), new FakeTimeProvider(DateTimeOffset.Parse("2026-03-02T01:00:00Z")));
        var day = DateOnly.ParseExact(begun, "yyyy-MM-dd");
        var plan = new MatterPlan(site, 1, day, day.AddDays(-365));
        Assert.Equal(plan.Matters.Select(one => one.Number), new MatterPlan(site, 1, day, day.AddDays(-365)).Matters.Select(one => one.Number).Distinct());
        return [.. plan.Matters.Select((planned, index) => Tell(planned, (ulong)index, bureau.Current))];
    }

    private static MatterState Tell(PlannedMatter planned, ulong number, BureauState bureau)
    {
        var (state, salts) = (new MatterState(MatterId.Of(new Opaque(number))), number << 32);
        foreach (var step in planned.Steps)
        {
            var times = new MatterTimes(state, planned.Node, bureau.Tree, bureau.Policies, step.At);
            var decision = MatterRules.Decide(state, step.Command, new MatterContext
            {
                Now = step.At,
                Today = times.Today,
                By = step.By,
                Salt = () => new Opaque(++salts),
                Deadline = times.DeadlineNow,
            });
            Assert.True(decision.Refusal is null, $"{step}: {decision.Refusal}");
            state = decision.State;
        }

        return state;
    }

    // Before the second and the third lie the Spring Festival and the National Day.
    [Theory]
    [InlineData("2026-11-25")]
    [InlineData("2026-03-04")]
    [InlineData("2026-10-12")]
    public async Task Most_matters_are_completed_in_two_visits_and_one_broke_the_rule(string begun)
    {
        var states = await TellAsync(begun);

        Assert.InRange(states.Count, 20, 60);
        var broken = Assert.Single(states, state => state.Accountable.Any(one => one.Reason == MatterRules.ThirdVisit));
        Assert.Equal([MatterRules.LateDemand, MatterRules.ThirdVisit], broken.Accountable.Select(one => one.Reason).Where(reason => reason != MatterRules.Overdue));
        Assert.True(states.Count(state => state.Stage == MatterStage.Completed) > 0.7 * states.Count);
        Assert.Contains(states, state => state.Stage == MatterStage.Open);
        Assert.Contains(states, state => state.Completion?.Visits == 2);
    }
}
