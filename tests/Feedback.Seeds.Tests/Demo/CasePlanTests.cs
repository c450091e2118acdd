using Feedback.Domain.Cases;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Organisation;
using Feedback.Domain.WorkingTime;
using Feedback.Grains.Organisation;
using Feedback.Grains.Personal;
using Feedback.Seeds.Demo;
using Feedback.Seeds.Demo.Cases;
using Feedback.Seeds.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Feedback.Seeds.Tests.Demo;

public sealed class CasePlanTests
{
    private static async Task<(CasePlan Plan, BureauState Bureau, DemoSite Site)> PlanAsync(string begun = "2026-11-25", int seed = 1, int days = 365)
    {
        var bureau = new BureauInMemory();
        var site = await DemoDistrict.EnsureAsync(bureau, new PersonalCipher(BureauSecrets.Generate()), new FakeTimeProvider(DateTimeOffset.Parse("2026-03-02T01:00:00Z")));
        var day = DateOnly.ParseExact(begun, "yyyy-MM-dd");
        return (new CasePlan(site, seed, day, day.AddDays(-days)), bureau.Current, site);
    }

    // All of it as it stands at noon of the first day.
    private static async Task<(CasePlan Plan, PastInMemory Past, DemoSite Site)> TellAsync(string begun = "2026-11-25", int seed = 1)
    {
        var (plan, bureau, site) = await PlanAsync(begun, seed);
        var past = new PastInMemory(bureau, site, DateTimeOffset.Parse(begun + "T12:00:00+08:00").ToUnixTimeMilliseconds());
        foreach (var planned in plan.Cases.OrderBy(one => one.IsMerged))
        {
            var result = (await past.StoreAsync([planned.Case])).Single();
            Assert.True(result.Stored, $"{planned.Case.Steps[result.Step]}: {result.Refusal}");
            Assert.Equal(planned.Stage, past.States[planned.Case.Id].Stage);
        }

        return (plan, past, site);
    }

    private static IEnumerable<string> Texts(CasePlan plan) =>
        plan.Cases.SelectMany(one => one.Case.Steps.Select(step => $"{one.Case.Id} {step.At} {step.Actor.Name} {CommandText.Write(step.Command)} {step.Words} {step.Contact}"));

    [Fact]
    public async Task The_same_seed_and_first_day_plan_the_same_cases_and_another_seed_others()
    {
        var plan = (await PlanAsync()).Plan;

        Assert.Equal(Texts(plan), Texts((await PlanAsync()).Plan));
        Assert.Equal(plan.Openings.ToList(), (await PlanAsync()).Plan.Openings.ToList());
        Assert.Empty(plan.Cases.Select(one => one.Case.Id).Intersect((await PlanAsync(seed: 2)).Plan.Cases.Select(one => one.Case.Id)));
    }

    [Fact]
    public async Task A_history_that_goes_back_less_far_has_some_of_the_same_cases()
    {
        var whole = Texts((await PlanAsync()).Plan).ToHashSet();
        var part = Texts((await PlanAsync(days: 20)).Plan).ToHashSet();

        Assert.Subset(whole, part);
        Assert.InRange(part.Count, 500, whole.Count - 500);
        Assert.Empty((await PlanAsync(days: 0)).Plan.Cases);
    }

    // Between them lie the Spring Festival, the first of May and the National Day with days made up for them.
    [Theory]
    [InlineData("2026-11-25", 1)]
    [InlineData("2026-11-25", 999_999)]
    [InlineData("2026-03-04", 7)]
    [InlineData("2026-05-06", 3)]
    [InlineData("2026-10-12", 5)]
    [InlineData("2027-02-01", 1)]
    public async Task Every_step_is_possible_by_the_rules_and_each_case_comes_to_where_it_was_planned(string begun, int seed)
    {
        var (plan, past, _) = await TellAsync(begun, seed);

        Assert.Equal(plan.Cases.Length, past.States.Count);
        Assert.Equal(plan.Totals.All, plan.Cases.Length);
        Assert.InRange(plan.Cases.Length, 300, 1200);
        Assert.InRange(plan.Totals.Open, 20, 160);
    }

    [Fact]
    public async Task Cases_of_every_kind_came_in_on_every_way_some_without_a_name()
    {
        var states = (await TellAsync()).Past.States.Values.ToList();

        Assert.Equal(
            ["bad-rating", "complaint", "hotline-order", "praise", "question", "suggestion"], states.Select(state => state.Intake.Kind.Word()).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(
            ["automatic", "box", "hotline", "meeting", "paper", "phone", "qr", "web", "window"], states.Select(state => state.Intake.Channel.Word()).Distinct().Order(StringComparer.Ordinal));
        var suggestions = states.Where(state => state.Intake.Kind == CaseKind.Suggestion).ToLookup(state => state.Intake.Anonymous);
        Assert.True(suggestions[true].Count() > 10 && suggestions[false].Count() > 10);
    }

    [Fact]
    public async Task There_is_something_on_every_list_of_the_board_and_one_of_every_turn()
    {
        var (_, past, site) = await TellAsync();
        var states = past.States.Values.ToList();
        var open = states.Where(state => state.Stage is not (CaseStage.Closed or CaseStage.Merged)).ToList();
        var overdue = open.Where(state => state.Overdue.Keys.Any(state.IsLive)).ToList();

        Assert.All(["admin", "district", "hall", "clerk", "officer"], name => Assert.True(open.Count(state => state.Owner == "account:" + name) >= 2, name));
        Assert.True(overdue.Count(state => !state.Supervised) >= 2);
        Assert.Contains(overdue, state => state.Supervised);
        Assert.InRange(open.Count(state => state.ToCallBack), 3, 40);
        Assert.InRange(open.Count(state => state.Stage == CaseStage.Appealed), 1, 4);
        Assert.Contains(open, state => state.Stage == CaseStage.Dispatched);
        Assert.Contains(open, state => state.Reopened == 1 && state.Stage == CaseStage.Handling);
        var merged = Assert.Single(states, state => state.Stage == CaseStage.Merged);
        Assert.Contains(merged.Id, past.States[merged.Merging!.Into].Absorbed);
        // Received by their head, who does not own it.
        var recused = open.Where(state => state.Opened!.Stamp.By == "account:hall" && state.Persons.Any()).ToList();
        Assert.Equal(["account:officer"], recused.Select(state => state.Owner).Distinct());
        Assert.Contains(site.Halls[0].Windows[3].Staff, recused.SelectMany(state => state.Persons));
    }

    [Fact]
    public async Task Most_is_done_in_time_and_some_is_warned_of_and_told_further_up()
    {
        var (_, past, _) = await TellAsync();
        var states = past.States.Values.ToList();

        var late = states.Count(state => !state.Overdue.IsEmpty);
        Assert.InRange((double)late / states.Count, 0.02, 0.2);
        Assert.True(past.Events.OfType<CaseEscalated>().Select(told => told.Level).Distinct().Count() == 3);
        Assert.True(past.Events.OfType<CaseWarned>().Any());
        var first = states.Where(state => state.Clocks.ContainsKey(ClockKind.FirstResponse)).ToList();
        Assert.True(first.Count(state => !state.Overdue.ContainsKey(ClockKind.FirstResponse)) > 0.97 * first.Count);
    }

    [Fact]
    public async Task Some_who_rated_badly_are_called_back_and_neither_they_nor_the_city_are_always_content()
    {
        var (plan, past, _) = await TellAsync();
        var calls = plan.Cases.ToLookup(one => one.Kind, one => one.Case.Steps.Select(step => step.Command).OfType<CallCitizenBack>().LastOrDefault(call => call.Reached));

        var rated = calls[CaseKind.BadRating].OfType<CallCitizenBack>().ToList();
        Assert.InRange(rated.Count, 20, 0.95 * calls[CaseKind.BadRating].Count());
        Assert.InRange(rated.Count(call => call.Grade == Grade.Dissatisfied), 1, 0.3 * rated.Count);
        var ordered = calls[CaseKind.HotlineOrder].OfType<CallCitizenBack>().ToList();
        Assert.InRange(ordered.Count(call => call.Solved == false), 1, 0.3 * ordered.Count);
        Assert.Contains(past.Events.OfType<CaseCalledBack>(), call => !call.Reached);
    }

    [Fact]
    public async Task The_office_works_in_its_hours_and_nothing_happens_on_the_first_day_or_later()
    {
        var (plan, _, _) = await PlanAsync();

        foreach (var (step, first) in plan.Cases.SelectMany(one => one.Case.Steps.Select((step, index) => (step, index == 0))))
        {
            var time = DateTimeOffset.FromUnixTimeMilliseconds(step.At).ToOffset(TimeSpan.FromHours(8));
            Assert.True(DateOnly.FromDateTime(time.Date) < new DateOnly(2026, 11, 25), $"{step} {time}");
            if (step.Actor.IsOffice && !first)
                Assert.True(Workdays.Includes(DateOnly.FromDateTime(time.Date)) && time.TimeOfDay >= TimeSpan.FromHours(8.5) && time.TimeOfDay < TimeSpan.FromHours(18.5), $"{step} {time}");
        }
    }

    [Fact]
    public async Task Boxes_are_opened_every_Friday_and_every_paper_is_filed()
    {
        var (plan, past, _) = await TellAsync();

        Assert.True(plan.Openings.Length >= 30);
        Assert.All(plan.Openings, opening => Assert.Equal(DayOfWeek.Friday, DateTimeOffset.FromUnixTimeMilliseconds(opening.At).ToOffset(TimeSpan.FromHours(8)).DayOfWeek));
        foreach (var opening in plan.Openings)
        {
            Assert.Equal(opening.Found, past.States.Values.Count(state =>
                state.Intake.Channel == CaseChannel.Box && state.Intake.Node == opening.Node && state.Opened!.Stamp.At >= opening.At && state.Opened.Stamp.At < opening.At + 3_600_000));
        }
    }

    [Fact]
    public async Task No_case_and_no_order_is_planned_twice_and_a_bad_rating_has_one_case()
    {
        var (plan, _, _) = await PlanAsync();

        Assert.Equal(plan.Cases.Length, plan.Cases.DistinctBy(one => one.Case.Id).Count());
        var orders = plan.Cases.Select(one => ((OpenCase)one.Case.Steps[0].Command).Intake.External).OfType<ExternalNumber>().ToList();
        Assert.Equal(orders.Count, orders.Distinct().Count());
        Assert.Equal(plan.Cases.Count(one => one.Kind == CaseKind.BadRating), plan.Cases.Select(one => one.Rating).OfType<(NodeId, Feedback.Domain.Journal.Opaque)>().Distinct().Count());
    }
}
