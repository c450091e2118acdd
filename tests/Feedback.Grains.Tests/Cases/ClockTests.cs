using Feedback.Domain.Cases;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.WorkingTime;
using Feedback.Grains.Audit;
using Feedback.Grains.Cases;
using Feedback.Grains.Journal;
using Feedback.Grains.Organisation;
using Feedback.Grains.Policies;
using Feedback.Grains.Tests.Support;
using Feedback.Grains.Windows;
using Xunit;
using static Feedback.Grains.Tests.Cases.CaseSite;

namespace Feedback.Grains.Tests.Cases;

/// <summary>What the clocks of a case cause by themselves.</summary>
public sealed class ClockTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_deadline_warns_passes_and_is_told_further_up_each_once_and_in_time()
    {
        await using var site = await CaseSite.OpenAsync();
        var id = await site.OpenCaseAsync();
        var deadline = At(2026, 3, 3, 17);

        await site.GoToAsync(Shanghai(2026, 3, 3, 8, 59));
        Assert.DoesNotContain(await site.EventsAsync(id), one => one is CaseWarned);
        await site.GoToAsync(Shanghai(2026, 3, 3, 9));
        await site.Silo.AdvanceAsync(5 * Second);
        var warned = Assert.Single((await site.EventsAsync(id)).OfType<CaseWarned>());
        Assert.Equal((ClockKind.FirstResponse, deadline), (warned.Clock, warned.Deadline));
        Assert.InRange(warned.Stamp.At, At(2026, 3, 3, 9), At(2026, 3, 3, 9) + 5000);

        // The instant of the deadline is in time.
        await site.GoToAsync(Shanghai(2026, 3, 3, 17));
        Assert.DoesNotContain(await site.EventsAsync(id), one => one is CaseAccountabilityOpened);
        await site.Silo.AdvanceAsync(5 * Second);
        var blamed = Assert.Single((await site.EventsAsync(id)).OfType<CaseAccountabilityOpened>());
        Assert.Equal((CaseRules.ForOverdue, (ClockKind?)ClockKind.FirstResponse, (long?)deadline), (blamed.For, blamed.Clock, blamed.Deadline));
        Assert.True((await site.Rows.FindAsync(id))!.Overdue);
        Assert.Equal(1, (await site.CountsAsync(Places.Window))["accountability/overdue/complaint"]);

        await site.GoToAsync(Shanghai(2026, 3, 4, 17));
        await site.GoToAsync(Shanghai(2026, 3, 6, 17));
        var told = (await site.EventsAsync(id)).OfType<CaseEscalated>().Where(one => one.Clock == ClockKind.FirstResponse);
        Assert.Equal([(1, "owner"), (2, "lead-manager"), (3, "supervisor")], told.Select(one => (one.Level, one.To)));
        Assert.Equal(
            [(CaseNoticeKind.Warning, "owner"), (CaseNoticeKind.Overdue, "owner"), (CaseNoticeKind.Overdue, "lead-manager"), (CaseNoticeKind.Overdue, "supervisor")],
            site.Told.Where(notice => notice.Clock == ClockKind.FirstResponse).Select(notice => (notice.Kind, notice.To)));
        Assert.Equal([CaseWork.ClockKey(id)], (await site.WaitingAsync()).Keys);
        await site.Silo.AssertCleanAsync();
    }

    [Fact]
    public async Task Whoever_rings_a_case_too_early_or_twice_changes_nothing()
    {
        await using var site = await CaseSite.OpenAsync();
        var id = await site.OpenCaseAsync();
        var before = await site.StateAsync(id);

        Assert.Equal(At(2026, 3, 3, 9), await site.Case(id).Ring());
        await site.GoToAsync(Shanghai(2026, 3, 3, 9));
        Assert.Equal(before.Version + 1, (await site.StateAsync(id)).Version);
        Assert.Equal([At(2026, 3, 3, 17) + 1, At(2026, 3, 3, 17) + 1], await Task.WhenAll(site.Case(id).Ring(), site.Case(id).Ring()));

        Assert.Equal(before.Version + 1, (await site.StateAsync(id)).Version);
        Assert.Equal(At(2026, 3, 3, 17) + 1, (await site.WaitingAsync())[CaseWork.ClockKey(id)].At);
        Assert.Null(await site.Case(CaseSecrets.NewId()).Ring());
    }

    [Fact]
    public async Task A_clock_that_stands_still_waits_for_nothing()
    {
        await using var site = await CaseSite.OpenAsync();
        var id = await site.OpenCaseAsync();
        foreach (var clock in (await site.StateAsync(id)).Clocks.Keys)
            await site.MustAsync(id, Clerk, new PauseClock(clock, "awaiting-citizen"));
        Assert.Empty(await site.WaitingAsync());
        Assert.Null((await site.Rows.FindAsync(id))!.DueAt);

        await site.GoToAsync(Shanghai(2026, 3, 20));
        await site.MustAsync(id, Clerk, new ResumeClock(ClockKind.FirstResponse));
        Assert.DoesNotContain(await site.EventsAsync(id), one => one is CaseWarned or CaseAccountabilityOpened);
        // The one working day that it had is still to come.
        Assert.Equal(At(2026, 3, 23, 17), (await site.Rows.FindAsync(id))!.DueAt);
        Assert.Single(await site.WaitingAsync());
    }

    [Fact]
    public async Task Another_category_moves_deadline_and_warning_at_once()
    {
        await using var site = await CaseSite.OpenAsync();
        var id = await site.OpenCaseAsync(Complaint() with { Kind = CaseKind.HotlineOrder, Category = null, External = new ExternalNumber("12345", "GD-1") });
        await site.MustAsync(id, Clerk, new SignForCase());
        await site.MustAsync(id, Clerk, new NoteProgress(null, Told: true), "已联系");
        Assert.Equal(At(2026, 3, 9, 17), (await site.Rows.FindAsync(id))!.DueAt);

        await site.MustAsync(id, Clerk, new CategoriseCase("utilities"));

        // 24 hours, a fifth of them before the end for the warning.
        Assert.Equal((At(2026, 3, 3, 9, 30), "completion"), ((await site.Rows.FindAsync(id))!.DueAt, (await site.Rows.FindAsync(id))!.DueClock));
        Assert.Equal(At(2026, 3, 3, 4, 42), (await site.WaitingAsync())[CaseWork.ClockKey(id)].At);
        await site.Silo.AssertCleanAsync();
    }

    [Fact]
    public async Task Another_policy_on_warnings_holds_for_open_cases_from_its_day_on()
    {
        await using var site = await CaseSite.OpenAsync();
        var id = await site.OpenCaseAsync();
        await site.MustAsync(id, Clerk, new NoteProgress(null, Told: true), "已联系");
        Assert.Equal(At(2026, 3, 9, 9), (await site.WaitingAsync())[CaseWork.ClockKey(id)].At);

        var draft = new PolicyDraft(Places.District, "case-limits", null, """{"warnBefore":"2wd"}""", NodeScope.Everywhere);
        Assert.Null((await new PolicyChanges(site.Silo.Bureau, site.Silo.Get<IAudit>(), site.Silo.Get<TimeProvider>()).SetAsync(draft, new PolicyActor("account:admin"))).Refusal);
        await site.GoToAsync(Shanghai(2026, 3, 3, 0, 1));

        Assert.Equal([CaseWork.ClockKey(id)], (await site.WaitingAsync()).Keys);
        Assert.Equal(At(2026, 3, 6, 9), (await site.WaitingAsync())[CaseWork.ClockKey(id)].At);
        // The limit is that with which the clock started.
        Assert.Equal(At(2026, 3, 9, 17), (await site.Rows.FindAsync(id))!.DueAt);
        await site.GoToAsync(Shanghai(2026, 3, 6, 9, 1));
        Assert.Equal(ClockKind.Progress, Assert.Single((await site.EventsAsync(id)).OfType<CaseWarned>()).Clock);
        await site.Silo.AssertCleanAsync();
    }

    [Fact]
    public async Task A_hall_that_moves_to_where_other_hours_hold_has_its_deadlines_counted_by_them()
    {
        await using var site = await CaseSite.OpenAsync();
        var early = new NodeId("n11");
        await site.Silo.Bureau.DecideAsync(StreamName.Organisation, _ => new Decision(
        [
            new NodeOpened
            {
                Salt = EventMint.NewSalt(), Node = early, Kind = NodeKind.Unit, Parent = Places.District, Code = "early", Zh = "早间", En = "Early",
                Zone = "Asia/Shanghai", OpeningHours = "08:00-12:00",
            },
        ]));
        var (moving, staying) = (await site.OpenCaseAsync(), await site.OpenCaseAsync(Complaint(Places.OtherWindow)));
        Assert.Equal(At(2026, 3, 3, 17), (await site.Rows.FindAsync(moving))!.DueAt);

        await site.Silo.Bureau.DecideAsync(StreamName.Organisation, state => new Decision(
            [new NodeMoved { Salt = EventMint.NewSalt(), Node = Places.Hall, Parent = early, From = new DateOnly(2026, 3, 3) }],
            new JournalUnit { Due = [CaseWork.OfMove(Places.Hall, state.Tree.Version + 1, At(2026, 3, 3, 0))] }));
        await site.GoToAsync(Shanghai(2026, 3, 3, 0, 1));

        Assert.Equal(At(2026, 3, 3, 12), (await site.Rows.FindAsync(moving))!.DueAt);
        Assert.Equal(At(2026, 3, 3, 17), (await site.Rows.FindAsync(staying))!.DueAt);
        await site.GoToAsync(Shanghai(2026, 3, 3, 12, 1));
        Assert.Single((await site.EventsAsync(moving)).OfType<CaseAccountabilityOpened>());
        Assert.Empty((await site.EventsAsync(staying)).OfType<CaseAccountabilityOpened>());
    }

    [Fact]
    public async Task A_deadline_in_a_year_that_nobody_knows_is_found_when_the_year_is_announced()
    {
        await using var site = await CaseSite.OpenAsync(Shanghai(2026, 12, 28));
        var id = await site.OpenCaseAsync();
        await site.MustAsync(id, Clerk, new NoteProgress(null, Told: true), "已联系");
        Assert.True(site.Records.TimesOf(await site.StateAsync(id)).IsPending);
        Assert.Null((await site.Rows.FindAsync(id))!.DueAt);
        Assert.Empty(await site.WaitingAsync());

        await AnnounceAsync(site);
        await site.GoToAsync(Shanghai(2026, 12, 28, 10, 1));

        // Five working days after 28 December: 29, 30, 31, 4 and 5 January.
        Assert.Equal((At(2027, 1, 5, 17), "progress"), ((await site.Rows.FindAsync(id))!.DueAt, (await site.Rows.FindAsync(id))!.DueClock));
        Assert.Equal([CaseWork.ClockKey(id)], (await site.WaitingAsync()).Keys);
        await site.GoToAsync(Shanghai(2027, 1, 5, 17, 1));
        Assert.Single((await site.EventsAsync(id)).OfType<CaseAccountabilityOpened>());
        await site.Silo.AssertCleanAsync();
    }

    [Fact]
    public async Task A_silo_that_has_not_heard_of_the_year_reads_it_before_it_works_deadlines_out_anew()
    {
        await using var site = await CaseSite.OpenAsync(Shanghai(2026, 12, 28), onPostgres: true);
        var other = await RunningSilo.StartAsync(site.Site);
        try
        {
            var id = await site.OpenCaseAsync();
            await site.MustAsync(id, Clerk, new NoteProgress(null, Told: true), "已联系");
            await AnnounceAsync(site);
            // Its time stands still, and so it does not look by itself.
            Assert.True(other.Get<CaseRecords>().TimesOf(await site.StateAsync(id)).IsPending);

            await other.Get<IGrainFactory>().GetGrain<ICaseGrain>(id.Value).Reckon();

            Assert.Equal(At(2027, 1, 5, 17), (await site.Rows.FindAsync(id))!.DueAt);
            Assert.Contains(CaseWork.ClockKey(id), (await site.WaitingAsync()).Keys);
        }
        finally
        {
            await other.EndAsync(new CancellationToken(canceled: true));
        }
    }

    [Fact]
    public async Task A_case_that_is_opened_by_what_was_known_just_before_the_year_was_announced_is_found_too()
    {
        await using var site = await CaseSite.OpenAsync(Shanghai(2026, 12, 28), onPostgres: true);
        var other = await RunningSilo.StartAsync(site.Site);
        try
        {
            await AnnounceAsync(site);
            await site.Silo.AdvanceAsync(Second);
            var id = CaseSecrets.NewId();
            await ThereAsync(new CaseRequest(new OpenCase(Complaint()), Clerk) { Words = "等了三个小时", Id = "a" });
            await ThereAsync(new CaseRequest(new NoteProgress(null, Told: true), Clerk) { Words = "已联系", Id = "b" });
            Assert.Null((await site.Rows.FindAsync(id))!.DueAt);

            await site.GoToAsync(Shanghai(2026, 12, 28, 10, 1));

            Assert.Equal(At(2027, 1, 5, 17), (await site.Rows.FindAsync(id))!.DueAt);
            Assert.Equal([CaseWork.ClockKey(id)], (await site.WaitingAsync()).Keys);

            Task ThereAsync(CaseRequest request) => Until.HoldsAsync(
                "it is done", async () => (await other.Get<IGrainFactory>().GetGrain<ICaseGrain>(id.Value).Perform(request)).Refusal is null);
        }
        finally
        {
            await other.EndAsync(new CancellationToken(canceled: true));
        }
    }

    private static async Task AnnounceAsync(CaseSite site)
    {
        var year = new CalendarYear(2027, [new Holiday(new(2027, 1, 1), "元旦", "New Year"), new Holiday(new(2027, 1, 2)), new Holiday(new(2027, 1, 3))], [], "test");
        Assert.Null(await new PolicyChanges(site.Silo.Bureau, site.Silo.Get<IAudit>(), site.Silo.Get<TimeProvider>()).DefineAsync(year, new PolicyActor("account:admin")));
    }
}
