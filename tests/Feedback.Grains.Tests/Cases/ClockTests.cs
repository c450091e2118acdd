using Feedback.Domain.Cases;
using Feedback.Domain.WorkingTime;
using Feedback.Grains.Audit;
using Feedback.Grains.Cases;
using Feedback.Grains.Policies;
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
        Assert.Equal(1, (await site.CountsAsync(Support.Places.Window))["accountability/overdue/complaint"]);

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
    public async Task A_deadline_in_a_year_that_nobody_knows_is_found_when_the_year_is_announced()
    {
        await using var site = await CaseSite.OpenAsync(Shanghai(2026, 12, 28));
        var id = await site.OpenCaseAsync();
        await site.MustAsync(id, Clerk, new NoteProgress(null, Told: true), "已联系");
        Assert.True(site.Records.TimesOf(await site.StateAsync(id)).IsPending);
        Assert.Null((await site.Rows.FindAsync(id))!.DueAt);
        Assert.Empty(await site.WaitingAsync());

        var year = new CalendarYear(2027, [new Holiday(new(2027, 1, 1), "元旦", "New Year"), new Holiday(new(2027, 1, 2)), new Holiday(new(2027, 1, 3))], [], "test");
        Assert.Null(await new PolicyChanges(site.Silo.Bureau, site.Silo.Get<IAudit>(), site.Silo.Get<TimeProvider>()).DefineAsync(year, new PolicyActor("account:admin")));
        await site.WorkAsync();

        // Five working days after 28 December: 29, 30, 31, 4 and 5 January.
        Assert.Equal((At(2027, 1, 5, 17), "progress"), ((await site.Rows.FindAsync(id))!.DueAt, (await site.Rows.FindAsync(id))!.DueClock));
        Assert.Equal([CaseWork.ClockKey(id)], (await site.WaitingAsync()).Keys);
        await site.GoToAsync(Shanghai(2027, 1, 5, 17, 1));
        Assert.Single((await site.EventsAsync(id)).OfType<CaseAccountabilityOpened>());
        await site.Silo.AssertCleanAsync();
    }
}
