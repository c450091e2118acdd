using Feedback.Domain.Journal;
using Feedback.Domain.Policies;
using Feedback.Domain.ServiceMatters;
using Feedback.Domain.WorkingTime;
using Feedback.Grains.Organisation;
using Feedback.Grains.ServiceMatters;
using Feedback.Grains.Tests.Cases;
using Feedback.Grains.Tests.Support;
using Feedback.Grains.Windows;
using Xunit;
using static Feedback.Grains.Tests.Cases.CaseSite;

namespace Feedback.Grains.Tests.ServiceMatters;

/// <summary>Matters whose limit runs into a year that is announced only later. Three working days after 30 December 2026 end on 5 January.</summary>
public sealed class NewYearTests
{
    private const string Number = "330102-2026-000051";
    private const long Grace = 36L * 60 * 60 * 1000;

    [Fact]
    public async Task A_matter_of_a_list_is_looked_at_again_when_the_list_after_its_new_deadline_has_come()
    {
        await using var site = await CaseSite.OpenAsync(Shanghai(2026, 12, 30));
        var (id, open) = Told(site);
        await PerformAsync(site, id, open);
        await site.GoToAsync(Shanghai(2026, 12, 31, 12));
        await AnnounceAsync(site);

        await site.GoToAsync(Shanghai(2027, 1, 4, 12));
        Assert.Equal(At(2027, 1, 5, 17) + 1 + Grace, Assert.Single(await site.WaitingAsync()).Value.At);
        await site.GoToAsync(Shanghai(2027, 1, 6, 12));
        await PerformAsync(site, id, open with { Stage = MatterStage.Completed, EndedAt = At(2027, 1, 5, 16), Outcome = "granted" });

        var state = await StateAsync(site, id);
        Assert.Equal((MatterStage.Completed, At(2027, 1, 5, 16)), (state.Stage, state.Completion!.Stamp.At));
        Assert.Empty(state.Accountable);
    }

    [Fact]
    public async Task A_matter_of_a_list_whose_year_is_announced_after_its_deadline_is_late_once_the_next_list_has_not_told_its_end()
    {
        await using var site = await CaseSite.OpenAsync(Shanghai(2026, 12, 30));
        var (id, open) = Told(site);
        await PerformAsync(site, id, open);
        await site.GoToAsync(Shanghai(2027, 1, 5, 18));
        await AnnounceAsync(site);

        await site.GoToAsync(Shanghai(2027, 1, 6, 20));
        Assert.Empty((await StateAsync(site, id)).Accountable);

        await site.GoToAsync(Shanghai(2027, 1, 7, 6));
        var blamed = Assert.Single((await StateAsync(site, id)).Accountable);
        Assert.Equal((MatterRules.Overdue, (long?)At(2027, 1, 5, 17)), (blamed.Reason, blamed.Deadline));
        Assert.Empty(await site.WaitingAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_row_of_a_matter_is_pending_until_the_year_is_announced_and_tells_the_deadline_a_day_later(bool onPostgres)
    {
        await using var site = await CaseSite.OpenAsync(Shanghai(2026, 12, 30), onPostgres);
        var secrets = site.Silo.Get<MatterSecrets>();
        await PerformAsync(site, secrets.IdOf(Places.Hall, Number), new AcceptMatter(Places.Hall, "permit", secrets.HashOf(Number), Online: false, [], "3wd"));
        Assert.Equal(((long?)null, true), await DueAsync(site));

        await site.GoToAsync(Shanghai(2026, 12, 31, 12));
        Assert.Equal(((long?)null, true), await DueAsync(site));
        await AnnounceAsync(site);
        await site.GoToAsync(Shanghai(2027, 1, 1, 14));

        Assert.Equal(((long?)At(2027, 1, 5, 17), false), await DueAsync(site));
        Assert.Empty((await site.Silo.VerifyAsync()).Findings);
    }

    private static async Task<(long? DueAt, bool Pending)> DueAsync(CaseSite site)
    {
        var row = Assert.Single(await site.Silo.Get<IMatterStore>().AllAsync().ToListAsync());
        return (row.DueAt, row.Pending);
    }

    private static (MatterId Id, TellMatter Open) Told(CaseSite site)
    {
        var secrets = site.Silo.Get<MatterSecrets>();
        return (secrets.IdOf(Places.Hall, Number), new TellMatter(Places.Hall, "permit", secrets.HashOf(Number), Online: false, "3wd", At(2026, 12, 30, 9), 1, MatterStage.Open, null, null));
    }

    private static Task AnnounceAsync(CaseSite site) => site.Silo.Bureau.DecideAsync(StreamName.Policies, _ => new Decision(
        [new CalendarDefined { Salt = EventMint.NewSalt(), Calendar = new CalendarYear(2027, [new Holiday(new(2027, 1, 1))], [], "a notice") }]));

    private static async Task PerformAsync(CaseSite site, MatterId id, MatterCommand command)
    {
        MatterAnswer answer = default;
        await Until.HoldsAsync("it is done", async () =>
            (answer = await site.Silo.Get<IGrainFactory>().GetGrain<IMatterGrain>(id.Value).Perform(new MatterRequest(command, "token:k4"))).Refusal is not { Retryable: true });
        Assert.Null(answer.Refusal);
    }

    private static async Task<MatterState> StateAsync(CaseSite site, MatterId id) => (await site.Silo.Get<MatterRecords>().FindAsync(id))!;
}
