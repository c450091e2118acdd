using System.Collections.Immutable;
using Feedback.Domain.Cases;
using Feedback.Domain.Journal;
using Feedback.Domain.WorkingTime;
using Feedback.Grains.Cases;
using Feedback.Grains.Journal;
using Feedback.Grains.Tests.Support;
using Feedback.Grains.Verification;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static Feedback.Grains.Tests.Cases.CaseSite;

namespace Feedback.Grains.Tests.Cases;

/// <summary>Cases of the own past in the real journal: as if each step had been taken in its time, each case once, whatever goes wrong.</summary>
public sealed class PastCaseTests
{
    private const string Words = "等了三个小时";

    // The clock stands at Monday, 2 March 2026, in the morning.
    private static PastStep Opening(int day, int hour = 10) =>
        new(At(2026, 2, day, hour), Clerk, new OpenCase(Complaint())) { Words = Words, Contact = "13800000000", WithQueryCode = true };

    private static PastCase Closed(int number) => new(IdOf(number),
    [
        Opening(9),
        new PastStep(At(2026, 2, 9, 11), Clerk, new NoteProgress(null, Told: true)) { Words = "正在核实" },
        new PastStep(At(2026, 2, 10), Clerk, new HandleCase("solved")),
        new PastStep(At(2026, 2, 10, 11), Clerk, new GiveFeedback("phone", FeedbackOutcome.Reached, null)) { Words = "已经解决" },
        new PastStep(At(2026, 2, 11, 11), CaseActor.Citizen, new ConfirmCase()),
    ]);

    // The Spring Festival lies between: 5 working days later it is the 14th, a Saturday that is worked for it, and 15 later 6 March.
    private static PastCase StillOpen(int number) => new(IdOf(number), [Opening(9), new PastStep(At(2026, 2, 9, 11), Clerk, new NoteProgress(null, Told: true)) { Words = "正在核实" }]);

    private static CaseId IdOf(int number) => CaseId.Of(new Opaque((ulong)number));

    private static Task<ImmutableArray<PastCaseResult>> StoreAsync(CaseSite site, params PastCase[] cases) => site.Silo.Get<IPastCases>().StoreAsync(cases);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_closed_case_stands_as_if_it_had_been_worked_on_in_its_time(bool onPostgres)
    {
        await using var site = await CaseSite.OpenAsync(onPostgres: onPostgres);

        Assert.True((await StoreAsync(site, Closed(1))).Single().Stored);

        var row = (await site.Rows.FindAsync(IdOf(1)))!;
        Assert.Equal((CaseStage.Closed, "account:li", At(2026, 2, 9), At(2026, 2, 11, 11), new DateOnly(2026, 2, 9)), (row.Stage, row.Owner, row.OpenedAt, row.ClosedAt, row.Day));
        Assert.Equal(Places.Hall, row.Lead);
        var counts = (await site.Rows.CaseCountsAsync([Places.Window], new(2026, 2, 1), new(2026, 3, 31))).ToDictionary(flow => flow.Day.Day, flow => flow.Counts);
        Assert.Equal((1, 1, 1), (counts[9]["opened/complaint"], counts[10]["answered/complaint"], counts[11]["closed/complaint"]));
        // Nobody is told of it any more, and nothing is left to do.
        await site.WorkAsync();
        Assert.Empty(site.Told);
        Assert.Empty(await site.WaitingAsync());
        var found = (await site.Records.FindAsync(IdOf(1)))!;
        Assert.Contains(Words, (await site.Records.ReadTextsAsync(found, Clerk, contact: true)).Texts.Select(text => text.Text));
        Assert.DoesNotContain(Words, System.Text.Encoding.UTF8.GetString((await site.Silo.Get<IJournal>().ReadAsync(StreamName.Case(IdOf(1)), 0, 9)).Single().Events.Span), StringComparison.Ordinal);
        await site.Silo.AssertCleanAsync();
    }

    [Fact]
    public async Task What_the_service_did_meanwhile_happened_in_its_time_and_what_is_to_come_waits()
    {
        await using var site = await CaseSite.OpenAsync();

        await StoreAsync(site, StillOpen(1));

        // Nothing was told for five working days: that was warned of, passed, and was told further up.
        var events = await site.EventsAsync(IdOf(1));
        var blamed = events.OfType<CaseAccountabilityOpened>().Single();
        Assert.Equal((ClockKind.Progress, At(2026, 2, 14, 17)), (blamed.Clock!.Value, blamed.Deadline!.Value));
        Assert.Equal((blamed.Deadline.Value + 1, new DateOnly(2026, 2, 14)), (blamed.Stamp.At, blamed.Stamp.Day));
        Assert.Equal([1, 2, 3], events.OfType<CaseEscalated>().Where(told => told.Clock == ClockKind.Progress).Select(told => told.Level));
        Assert.Empty(site.Told);
        Assert.Equal([CaseWork.ClockKey(IdOf(1))], (await site.WaitingAsync()).Keys);

        var before = events.Count;
        await site.GoToAsync(Shanghai(2026, 3, 20));
        var since = (await site.EventsAsync(IdOf(1))).Skip(before).ToList();
        Assert.Contains(since, one => one is CaseAccountabilityOpened { Clock: ClockKind.Completion });
        Assert.All(site.Told, notice => Assert.Equal(ClockKind.Completion, notice.Clock));
        Assert.NotEmpty(site.Told);
        await site.Silo.AssertCleanAsync();
    }

    [Fact]
    public async Task It_goes_on_like_any_other_case()
    {
        await using var site = await CaseSite.OpenAsync();
        await StoreAsync(site, StillOpen(1), Closed(2));

        await site.MustAsync(IdOf(1), Clerk, new HandleCase("solved"), "修好了");
        Assert.Equal(CaseStage.Answered, (await site.MustAsync(IdOf(1), Clerk, new GiveFeedback("phone", FeedbackOutcome.Reached, null), "已经修好")).Stage);
        Assert.Equal(CaseStage.Handling, (await site.MustAsync(IdOf(2), Clerk, new ReopenCase("came-back"))).Stage);
        await site.Silo.AssertCleanAsync();
    }

    [Fact]
    public async Task What_is_stored_is_not_stored_again_whatever_went_wrong()
    {
        await using var site = await CaseSite.OpenAsync();
        site.Silo.Journal.FailAfterNext(unit => unit.Cases.Count > 0);
        await Assert.ThrowsAnyAsync<Exception>(() => StoreAsync(site, Closed(1), Closed(2), StillOpen(3)));
        await site.Site.CrashAndRestartAsync();

        await StoreAsync(site, Closed(1), Closed(2), StillOpen(3));
        var rows = await site.Rows.AllAsync().ToListAsync();

        Assert.All(await StoreAsync(site, Closed(1), Closed(2), StillOpen(3)), result => Assert.False(result.Stored));
        Assert.Equal(3, rows.Count);
        Assert.Equal(rows, await site.Rows.AllAsync().ToListAsync());
        Assert.Equal(3, (await site.CountsAsync(Places.Window))["opened/complaint"]);
        await ActivatorUtilities.CreateInstance<Rebuild>(site.Silo.Get<IServiceProvider>()).RunAsync(progress: null);
        Assert.Equal(rows, await site.Rows.AllAsync().ToListAsync());
        await site.Silo.AssertCleanAsync();
    }

    [Fact]
    public async Task A_step_that_is_not_possible_refuses_its_case_whole_and_no_other()
    {
        await using var site = await CaseSite.OpenAsync();
        var wrong = new PastCase(IdOf(1), [Opening(9), new PastStep(At(2026, 2, 10), Clerk, new CloseCase())]);

        var results = await StoreAsync(site, wrong, Closed(2));

        Assert.Equal(("answer-missing", 1, false, true), (results[0].Refusal!.Code, results[0].Step, results[0].Stored, results[1].Stored));
        Assert.Null(await site.Rows.FindAsync(IdOf(1)));
        await site.Silo.AssertCleanAsync();
    }

    [Fact]
    public async Task A_number_that_another_case_has_is_drawn_again()
    {
        await using var site = await CaseSite.OpenAsync();
        var taken = CaseNumber.Of(new DateOnly(2026, 2, 9), new Opaque(1));
        await site.Silo.Get<IJournal>().WriteAsync(new JournalUnit { Cases = [new CaseRow(IdOf(99), 1, taken, CaseKind.Complaint, CaseChannel.Window, CaseStage.Registered, Places.OtherWindow, Places.Unit, 0, new DateOnly(2026, 2, 9))] });

        Assert.True((await StoreAsync(site, Closed(1))).Single().Stored);

        Assert.NotEqual(taken, (await site.Rows.FindAsync(IdOf(1)))!.Number);
    }

    [Fact]
    public async Task A_case_that_was_merged_has_its_survivor_hear_of_it()
    {
        await using var site = await CaseSite.OpenAsync();
        await StoreAsync(site, StillOpen(1));

        await StoreAsync(site, new PastCase(IdOf(2), [Opening(9), new PastStep(At(2026, 2, 9, 11), Clerk, new MergeCase(IdOf(1), null))]));
        await site.WorkAsync();

        Assert.Equal(IdOf(2), Assert.Single((await site.StateAsync(IdOf(1))).Absorbed));
        await site.Silo.AssertCleanAsync();
    }
}
