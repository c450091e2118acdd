using Feedback.Domain.Evaluations;
using Feedback.Domain.Tallies;
using Feedback.Domain.Windows;
using Feedback.Grains.Tests.Support;
using Feedback.Grains.Windows;
using Xunit;

namespace Feedback.Grains.Tests.Windows;

public sealed class DecisionTests
{
    [Fact]
    public async Task Who_is_on_duty_is_rated_also_after_a_restart_until_signed_out()
    {
        await using var site = await Site.OpenAsync();
        var claimed = Some.Rating("claimed") with { Evaluation = Some.Rating("claimed").Evaluation with { Staff = "s-99" } };
        await site.Silo.SubmitAsync(Places.Window, claimed);
        await site.Silo.Window(Places.Window).SetStaff(Places.Staff);
        await site.Silo.SubmitAsync(Places.Window, Some.Rating("on-duty"));

        var silo = await site.CrashAndRestartAsync();
        await silo.SubmitAsync(Places.Window, Some.Rating("restarted"));
        await silo.AdvanceAsync(TimeSpan.FromSeconds(10));
        silo = await site.CrashAndRestartAsync();
        await silo.SubmitAsync(Places.Window, Some.Rating("restarted-again"));
        await silo.AdvanceAsync(TimeSpan.FromHours(1));
        await silo.Window(Places.Window).SetStaff(null);
        await silo.AdvanceAsync(TimeSpan.FromMinutes(6));
        await silo.SubmitAsync(Places.Window, Some.Rating("signed-out", at: silo.Clock.GetUtcNow()));

        var staff = (await silo.EventsAsync(Places.Window)).Select(stored => stored.Happened).OfType<EvaluationAccepted>()
            .ToDictionary(accepted => accepted.Evaluation.Id, accepted => accepted.Admission.Staff);
        Assert.Null(staff["claimed"]);
        Assert.Equal<string?[]>([Places.Staff, Places.Staff, Places.Staff], [staff["on-duty"], staff["restarted"], staff["restarted-again"]]);
        Assert.Null(staff["signed-out"]);
    }

    [Fact]
    public async Task Who_is_on_duty_is_known_where_saved_state_and_stored_days_are_of_different_age()
    {
        await using var site = await Site.OpenAsync();
        foreach (var some in Some.Ratings(1000).Chunk(500))
            await site.Silo.SubmitAsync(Places.Window, [.. some]);
        await site.Silo.AdvanceAsync(TimeSpan.FromSeconds(10)); // saved with nobody on duty
        await site.Silo.Window(Places.Window).SetStaff(Places.Staff);
        await site.Silo.SubmitAsync(Places.Window, Some.Rating("on-duty"));
        await site.Silo.AdvanceAsync(TimeSpan.FromSeconds(10)); // days only: too little happened to save again

        var silo = await site.CrashAndRestartAsync();
        await silo.SubmitAsync(Places.Window, Some.Rating("restarted"));

        var last = (EvaluationAccepted)(await silo.EventsAsync(Places.Window))[^1].Happened;
        Assert.Equal(("restarted", Places.Staff), (last.Evaluation.Id, last.Admission.Staff));
    }

    [Fact]
    public async Task What_comes_in_late_is_attributed_to_who_was_there_and_what_is_stored_stays_as_it_is()
    {
        await using var site = await Site.OpenAsync();
        var window = site.Silo.Window(Places.Window);
        var now = site.Silo.Clock.GetUtcNow();
        await site.Silo.SubmitAsync(Places.Window, Some.Rating("before", at: now.AddHours(-3)));
        await window.SetStaff(Places.Staff, now.AddHours(-4).ToUnixTimeMilliseconds());
        await window.SetStaff(null, now.AddHours(-2).ToUnixTimeMilliseconds());
        await site.Silo.SubmitAsync(Places.Window, Some.Rating("late", at: now.AddHours(-3)), Some.Rating("after", at: now.AddHours(-1)));

        var silo = await site.CrashAndRestartAsync();
        await silo.SubmitAsync(Places.Window, Some.Rating("restarted", at: now.AddHours(-3)));

        var stored = (await silo.EventsAsync(Places.Window)).Select(one => one.Happened).OfType<EvaluationAccepted>().ToDictionary(one => one.Evaluation.Id);
        Assert.Equal<string?[]>(
            [null, Places.Staff, null, Places.Staff],
            [stored["before"].Admission.Staff, stored["late"].Admission.Staff, stored["after"].Admission.Staff, stored["restarted"].Admission.Staff]);
        Assert.Equal<string>([Admissions.UnattributedFlag], stored["after"].Admission.Flags);
    }

    [Fact]
    public async Task A_time_of_which_nobody_can_tell_is_refused()
    {
        await using var site = await Site.OpenAsync();
        var now = site.Silo.Clock.GetUtcNow();
        Assert.Equal("time-in-future", (await site.Silo.Window(Places.Window).SetStaff(Places.Staff, now.AddMinutes(6).ToUnixTimeMilliseconds())).Refusal!.Code);
        Assert.Equal("time-too-old", (await site.Silo.Window(Places.Window).SetStaff(Places.Staff, now.AddDays(-91).ToUnixTimeMilliseconds())).Refusal!.Code);
    }

    [Fact]
    public async Task Signing_in_twice_or_unknown_staff_stores_nothing()
    {
        await using var site = await Site.OpenAsync();
        var window = site.Silo.Window(Places.Window);

        Assert.Equal(1, (await window.SetStaff(Places.Staff)).Version);
        Assert.Equal(new Outcome(0), await window.SetStaff(Places.Staff));
        Assert.Equal("staff-unknown", (await window.SetStaff("s-99")).Refusal!.Code);
        Assert.Single(await site.Silo.EventsAsync(Places.Window));
    }

    [Fact]
    public async Task An_evaluation_is_excluded_once_and_reinstated_once()
    {
        await using var site = await Site.OpenAsync();
        var window = site.Silo.Window(Places.Window);
        await site.Silo.SubmitAsync(Places.Window, Some.Ratings(2));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => window.SetExcluded(2, excluded: true, "self-rating")));
        var excluded = await TallyAsync(site.Silo);
        var again = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => window.SetExcluded(2, excluded: false, "appeal")));

        Assert.Equal([0, 0, 0, 0, 3], outcomes.Select(outcome => outcome.Version).Order());
        Assert.Equal([0, 0, 0, 0, 4], again.Select(outcome => outcome.Version).Order());
        Assert.All(outcomes.Concat(again), outcome => Assert.Null(outcome.Refusal));
        Assert.Equal((1, 1), (excluded.Graded(Origin.Active, Grade.VerySatisfied), excluded[Cell.Excluded(Origin.Active, Grade.VerySatisfied)]));
        var after = await TallyAsync(site.Silo);
        Assert.Equal((2, 0), (after.Graded(Origin.Active, Grade.VerySatisfied), after[Cell.Excluded(Origin.Active, Grade.VerySatisfied)]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_exclusion_of_unknown_outcome_happens_once_when_it_is_asked_for_again(bool stored)
    {
        await using var site = await Site.OpenAsync();
        await site.Silo.SubmitAsync(Places.Window, Some.Rating());
        if (stored)
            site.Silo.Journal.FailAfterNext(FaultyJournal.IsAppend);
        else
            site.Silo.Journal.FailBeforeNext(FaultyJournal.IsAppend);

        var unknown = await site.Silo.Window(Places.Window).SetExcluded(1, excluded: true, "self-rating");
        var again = await Until.DecidedAsync(() => site.Silo.Window(Places.Window).SetExcluded(1, excluded: true, "self-rating"));

        Assert.True(unknown.Refusal is { Retryable: true });
        Assert.Equal(new Outcome(stored ? 0 : 2), again);
        Assert.Single((await site.Silo.EventsAsync(Places.Window)).Select(one => one.Happened).OfType<EvaluationExcluded>());
    }

    [Fact]
    public async Task Only_an_evaluation_that_is_there_can_be_excluded()
    {
        await using var site = await Site.OpenAsync();
        await site.Silo.SubmitAsync(Places.Window, Some.Finished(), Some.Rating());

        foreach (var version in new long[] { -1, 0, 1, 3 })
            Assert.Equal("evaluation-unknown", (await site.Silo.Window(Places.Window).SetExcluded(version, excluded: true, "x")).Refusal!.Code);
        Assert.Equal(2, (await site.Silo.EventsAsync(Places.Window)).Count);
    }

    private static async Task<Tally> TallyAsync(RunningSilo silo) => Assert.Single(await silo.DaysAsync(Places.Window, Some.March)).Tally;
}
