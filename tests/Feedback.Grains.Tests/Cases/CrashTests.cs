using Feedback.Domain.Cases;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Windows;
using Feedback.Grains.Cases;
using Feedback.Grains.Journal;
using Feedback.Grains.Tests.Support;
using Feedback.Grains.Windows;
using Xunit;
using static Feedback.Grains.Tests.Cases.CaseSite;

namespace Feedback.Grains.Tests.Cases;

/// <summary>From a bad rating over its case to its exclusion: whatever breaks on the way, in the end there is one case and one exclusion.</summary>
public sealed class CrashTests
{
    private static readonly Dictionary<string, Predicate<JournalUnit>> Steps = new()
    {
        ["rating"] = unit => FaultyJournal.IsAppend(unit) && unit.Due.Count > 0,
        ["case opened"] = unit => FaultyJournal.IsCaseAppend(unit) && unit.Append!.Row.Version == 1,
        ["opening settled"] = unit => unit.DueTried.Any(tried => tried.Due.Key.StartsWith(CaseWork.Open, StringComparison.Ordinal)),
        ["appeal"] = unit => Holds(unit, "case.appealed"),
        ["decision"] = unit => Holds(unit, "case.appeal-decided"),
        ["exclusion"] = unit => Holds(unit, "evaluation.excluded"),
        ["exclusion settled"] = unit => unit.DueTried.Any(tried => tried.Due.Key.StartsWith(CaseWork.Exclude, StringComparison.Ordinal)),
    };

    public static TheoryData<string, bool, bool> EachStep()
    {
        var all = new TheoryData<string, bool, bool>();
        foreach (var step in Steps.Keys)
        {
            foreach (var onPostgres in new[] { false, true })
            {
                all.Add(step, false, onPostgres);
                all.Add(step, true, onPostgres);
            }
        }

        return all;
    }

    [Theory, MemberData(nameof(EachStep))]
    public async Task The_silo_dies_before_a_step_is_stored_or_after_it(string step, bool stored, bool onPostgres)
    {
        await using var site = await CaseSite.OpenAsync(onPostgres: onPostgres);
        var gate = new Gate();
        site.Silo.Journal.OnNext(Steps[step], async write =>
        {
            if (stored)
                await write();
            await gate.PassAsync();
            await write();
        });
        using var dead = new CancellationTokenSource();
        var course = RunAsync(site, dead.Token);
        await gate.ReachedAsync();
        await dead.CancelAsync();
        await site.Site.CrashAndRestartAsync();
        gate.Open();
        await Assert.ThrowsAnyAsync<Exception>(() => course);

        await RunAsync(site, CancellationToken.None);
        await AssertOnceAsync(site);
    }

    [Theory, MemberData(nameof(EachStep))]
    public async Task Nobody_knows_whether_a_step_is_stored(string step, bool stored, bool onPostgres)
    {
        await using var site = await CaseSite.OpenAsync(onPostgres: onPostgres);
        if (stored)
            site.Silo.Journal.FailAfterNext(Steps[step]);
        else
            site.Silo.Journal.FailBeforeNext(Steps[step]);

        await RunAsync(site, CancellationToken.None);
        await AssertOnceAsync(site);
    }

    [Theory, MemberData(nameof(EachStep))]
    public async Task The_journal_is_busy_or_a_step_arrives_twice(string step, bool twice, bool onPostgres)
    {
        await using var site = await CaseSite.OpenAsync(onPostgres: onPostgres);
        if (twice)
            site.Silo.Journal.DoubleNext(Steps[step]);
        else
            site.Silo.Journal.RefuseNext(Steps[step]);

        await RunAsync(site, CancellationToken.None);
        await AssertOnceAsync(site);
    }

    [Fact]
    public async Task Activations_end_between_all_steps()
    {
        await using var site = await CaseSite.OpenAsync();
        await RunAsync(site, CancellationToken.None, async () =>
        {
            await site.Silo.DeactivateAsync(site.Case(BadRatingTests.CaseOf("bad")));
            await site.Silo.DeactivateAsync(site.Silo.Window(Places.Window));
        });
        await AssertOnceAsync(site);
    }

    [Fact]
    public async Task Somebody_else_appends_first_and_the_case_decides_anew()
    {
        await using var site = await CaseSite.OpenAsync();
        var id = await site.OpenCaseAsync();
        var before = await site.StateAsync(id);
        // What another activation, which the cluster did not know of, would store.
        var book = await CaseBook.ReadAsync(id, site.Silo.Journal);
        var desk = site.Silo.Get<CaseDesk>();
        var first = await desk.DecideAsync(book.State, new HandleCase("done"), Clerk, site.Now, null, null);
        await site.Silo.Journal.WriteAsync(CaseDraft.Unit(book, first, null, site.Silo.Bureau.Current, site.Now));

        var stale = await site.Case(id).Perform(new CaseRequest(new NoteProgress(null, Told: true), Clerk) { Words = "已联系", Expected = before.Version });
        Assert.Equal("version-stale", stale.Refusal!.Code);
        var state = await site.MustAsync(id, Clerk, new GiveFeedback("phone", FeedbackOutcome.Reached, null), "已办");
        Assert.Equal(CaseStage.Answered, state.Stage);
        await Assert.ThrowsAsync<VersionConflictException>(() => site.Silo.Journal.WriteAsync(CaseDraft.Unit(book, first, null, site.Silo.Bureau.Current, site.Now)));
        Assert.Equal(1, (await site.CountsAsync(Places.Window))["claimed/complaint"]);
        await site.Silo.AssertCleanAsync();
    }

    // What a citizen, a clerk and a supervisor do; whoever got no answer asks again.
    private static async Task RunAsync(CaseSite site, CancellationToken dead, Func<Task>? between = null)
    {
        var silo = site.Silo;
        var id = BadRatingTests.CaseOf("bad");
        await PassAsync(async () => (await silo.SubmitAsync(Places.Window, Some.Rating("bad", grade: Grade.Dissatisfied)))[0].Status is ClaimStatus.Accepted or ClaimStatus.Repeated);
        await PassAsync(async () => await silo.Get<ICaseStore>().FindAsync(id) is not null);
        await PassAsync(() => DoneAsync(Clerk, new AppealRating("self-rating"), "appeal"));
        await PassAsync(() => DoneAsync(Supervisor, new DecideAppeal(true, "self-rating"), "decision"));
        await PassAsync(async () => (await silo.EventsAsync(Places.Window)).Any(one => one.Happened is EvaluationExcluded));
        await PassAsync(async () => !(await site.WaitingAsync()).Keys.Any(key => !key.StartsWith("clock:", StringComparison.Ordinal)));

        async Task<bool> DoneAsync(CaseActor actor, CaseCommand command, string request) =>
            (await silo.Get<IGrainFactory>().GetGrain<ICaseGrain>(id.Value).Perform(new CaseRequest(command, actor) { Id = request })).Refusal is not { } refusal
            || (refusal.Retryable ? false : throw new InvalidOperationException(refusal.Code));

        async Task PassAsync(Func<Task<bool>> done)
        {
            for (var second = 0; !await done().WaitAsync(dead); second++)
            {
                if (second > 60)
                    throw new TimeoutException("It did not come to it within a minute.");
                await silo.AdvanceAsync(TimeSpan.FromSeconds(1)).WaitAsync(dead);
            }

            if (between is not null)
                await between();
        }
    }

    private static async Task AssertOnceAsync(CaseSite site)
    {
        var row = Assert.Single(await site.Rows.AllAsync().ToListAsync());
        Assert.Equal(BadRatingTests.CaseOf("bad"), row.Id);
        var events = await site.EventsAsync(row.Id);
        Assert.Single(events, one => one is CaseOpened);
        Assert.Single(events, one => one is CaseAppealed);
        Assert.Single(events, one => one is CaseAppealDecided);
        Assert.Single(await site.Silo.EventsAsync(Places.Window), one => one.Happened is EvaluationAccepted);
        Assert.Single(await site.Silo.EventsAsync(Places.Window), one => one.Happened is EvaluationExcluded);
        Assert.Equal(1, (await site.CountsAsync(Places.Window))["opened/bad-rating"]);
        await site.Silo.AssertCleanAsync();
    }

    private static bool Holds(JournalUnit unit, string kind) =>
        unit.Append is { Row: var row } && System.Text.Encoding.UTF8.GetString(row.Events.Span).Contains($"\"kind\":\"{kind}\"", StringComparison.Ordinal);
}
