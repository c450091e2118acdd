using System.Collections.Immutable;
using Feedback.Domain.Catalogue;
using Feedback.Domain.Journal;
using Feedback.Domain.ServiceMatters;
using Feedback.Grains.Journal;
using Feedback.Grains.Organisation;
using Feedback.Grains.ServiceMatters;
using Feedback.Grains.Tests.Cases;
using Feedback.Grains.Tests.Support;
using Feedback.Grains.Verification;
using Feedback.Grains.Windows;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static Feedback.Grains.Tests.Cases.CaseSite;

namespace Feedback.Grains.Tests.ServiceMatters;

/// <summary>Service matters in a running silo.</summary>
public sealed class ServiceMatterTests
{
    private const string Number = "330102-2026-000051";
    private static readonly MissingDocument Photo = new("photo", "照片", MissingKind.ToFollow, new DateOnly(2026, 4, 1));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_matter_is_accepted_visited_and_completed_counted_and_recounted(bool onPostgres)
    {
        await using var site = await CaseSite.OpenAsync(onPostgres: onPostgres);
        var id = await AcceptAsync(site, Number);
        Assert.Null((await Grain(site, id).Perform(new MatterRequest(new VisitMatter([], [new AskedDocument("lease", "租赁合同")], "granted"), "account:li"))).Refusal);
        Assert.Null((await Grain(site, id).Perform(new MatterRequest(new SupplementMatter(["photo"]), "account:li"))).Refusal);

        var state = (await Records(site).FindAsync(id))!;
        Assert.Equal((MatterStage.Completed, 2, 5), (state.Stage, state.Visits, state.Version));
        var counts = await site.CountsAsync(Places.Hall);
        Assert.Equal((1, 1), MatterFlows.TwoVisits.Of(counts));
        Assert.Equal((0, 1), MatterFlows.OneVisit.Of(counts));
        Assert.Equal(1, counts[MatterFlows.Accountable(MatterRules.LateDemand)]);
        var row = Assert.Single(await Rows(site));
        Assert.Equal(MatterRow.Of(state, null), row);
        Assert.Empty(await site.WaitingAsync());
        Assert.Empty((await site.Silo.VerifyAsync()).Findings);

        await ActivatorUtilities.CreateInstance<Rebuild>(site.Silo.Get<IServiceProvider>()).RunAsync(progress: null);
        Assert.Equal(counts.Write(), (await site.CountsAsync(Places.Hall)).Write());
        Assert.Equal([row], await Rows(site));
        Assert.Empty((await site.Silo.VerifyAsync()).Findings);
    }

    [Fact]
    public async Task Counts_of_matters_that_were_changed_are_found()
    {
        await using var site = await CaseSite.OpenAsync();
        await AcceptAsync(site, Number);
        SqliteFile.Edit(site.Site.Journal, "update case_days set counts = replace(counts, '\"matter/accepted\":1', '\"matter/accepted\":2')");
        var finding = Assert.Single((await site.Silo.VerifyStoredAsync()).Findings);
        Assert.Contains("matter/accepted: counted 1, stored 2", finding.What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("update service_matters set visits = 7", "the stored matter is wrong: Visits counted 1, stored 7")]
    [InlineData("update service_matters set version = 9", "the stored matter is of version 9, and the stream ends at 1")]
    [InlineData("delete from service_matters", "the matter is not stored")]
    [InlineData("update service_matters set id = 'mAAECAwQFBgcICQoLDA0ODw'", "the stored matter has no event")]
    public async Task Rows_of_matters_that_were_changed_are_found_and_made_anew(string sql, string told)
    {
        await using var site = await CaseSite.OpenAsync();
        await AcceptAsync(site, Number);
        var before = await Rows(site);

        SqliteFile.Edit(site.Site.Journal, sql);

        Assert.Contains((await site.Silo.VerifyStoredAsync()).Findings, finding => finding.What.Contains(told, StringComparison.Ordinal));
        await ActivatorUtilities.CreateInstance<Rebuild>(site.Silo.Get<IServiceProvider>()).RunAsync(progress: null);
        Assert.Empty((await site.Silo.VerifyStoredAsync()).Findings);
        Assert.Equal(before, await Rows(site));
    }

    [Fact]
    public async Task A_request_that_is_sent_again_is_answered_by_what_it_did_and_another_acceptance_is_refused()
    {
        await using var site = await CaseSite.OpenAsync();
        var id = site.Silo.Get<MatterSecrets>().IdOf(Places.Hall, Number);
        var accept = new MatterRequest(Acceptance(site, Number), "account:li") { Id = "accept" };
        Assert.Equal(1, (await Grain(site, id).Perform(accept)).Version);
        Assert.Equal(1, (await Grain(site, id).Perform(accept)).Version);
        Assert.Equal("matter-exists", (await Grain(site, id).Perform(new MatterRequest(Acceptance(site, Number) with { Online = true }, "account:li") { Id = "accept" })).Refusal!.Code);

        var visit = new MatterRequest(new VisitMatter([], [], null), "account:li") { Id = "r-1", Expected = 1 };
        Assert.Equal(2, (await Grain(site, id).Perform(visit)).Version);
        Assert.Equal(2, (await Grain(site, id).Perform(visit)).Version);
        var stale = await Grain(site, id).Perform(new MatterRequest(new CompleteMatter("granted"), "account:li") { Expected = 1 });
        Assert.Equal(("matter-stale", "2"), (stale.Refusal!.Code, stale.Refusal.Value));
        Assert.Equal(2, (await Records(site).FindAsync(id))!.Visits);
    }

    [Fact]
    public async Task What_another_silo_appended_first_is_decided_on()
    {
        await using var site = await CaseSite.OpenAsync();
        var id = await AcceptAsync(site, Number);
        var journal = site.Silo.Get<IJournal>();
        var row = (await journal.ReadAsync(StreamName.Matter(id), 0, 10))[^1];
        var visit = new MatterVisited { Salt = EventMint.NewSalt(), Stamp = new MatterStamp(site.Now, new DateOnly(2026, 3, 2), "account:wu") };
        await journal.WriteAsync(new JournalUnit { Append = new Append(StreamName.Matter(id), StreamTail.After(row).Next([EventText.Write(visit)], site.Now)) });

        Assert.Equal(4, (await Grain(site, id).Perform(new MatterRequest(new VisitMatter([], [], null), "account:li"))).Version);
        Assert.Equal([MatterRules.ThirdVisit], (await Records(site).FindAsync(id))!.Accountable.Select(one => one.Reason));
    }

    [Fact]
    public async Task A_deadline_that_passes_is_found_by_itself_and_once()
    {
        await using var site = await CaseSite.OpenAsync();
        await site.Silo.Bureau.DecideAsync(StreamName.Catalogue, _ => new Decision([new ServiceItemDisclosed
        {
            Salt = EventMint.NewSalt(),
            Code = "permit",
            Sections = ImmutableSortedDictionary<DisclosureSection, ImmutableArray<DisclosedLine>>.Empty.Add(DisclosureSection.Basis, [new DisclosedLine("道路运输条例第十条", null)]),
            Limit = "1wd",
        }]));
        var id = await AcceptAsync(site, Number);
        var state = (await Records(site).FindAsync(id))!;
        Assert.Equal(("1wd", At(2026, 3, 3, 17)), (state.Accepted!.Limit, Records(site).TimesOf(state).Explained.At));
        Assert.Equal(At(2026, 3, 3, 17) + 1, Assert.Single(await site.WaitingAsync()).Value.At);

        await site.GoToAsync(Shanghai(2026, 3, 3, 17));
        Assert.Empty((await Records(site).FindAsync(id))!.Accountable);
        await site.Silo.AdvanceAsync(TimeSpan.FromSeconds(5));
        await site.WorkAsync();
        Assert.Null(await Grain(site, id).Ring(byList: false));
        var blamed = Assert.Single((await Records(site).FindAsync(id))!.Accountable);
        Assert.Equal((MatterRules.Overdue, (long?)At(2026, 3, 3, 17), "system"), (blamed.Reason, blamed.Deadline, blamed.Stamp.By));
        Assert.Empty(await site.WaitingAsync());
        Assert.Equal((0, 1), MatterFlows.OnTime.Of(await site.CountsAsync(Places.Hall)));
        Assert.Empty((await site.Silo.VerifyAsync()).Findings);
    }

    [Fact]
    public async Task What_a_list_tells_happens_at_its_own_times_once_and_is_found_late_when_the_next_list_has_come()
    {
        await using var site = await CaseSite.OpenAsync();
        await site.GoToAsync(Shanghai(2026, 3, 5, 2));
        var id = site.Silo.Get<MatterSecrets>().IdOf(Places.Hall, Number);
        var open = new TellMatter(Places.Hall, "permit", site.Silo.Get<MatterSecrets>().HashOf(Number), Online: false, "3wd", At(2026, 3, 2, 10), 1, MatterStage.Open, null, null);
        var done = open with { Visits = 2, Stage = MatterStage.Completed, EndedAt = At(2026, 3, 5, 16), Outcome = "granted" };

        Assert.Equal(1, (await TellAsync(site, id, open)).Version);
        Assert.Equal(1, (await TellAsync(site, id, open)).Version);
        Assert.Equal(At(2026, 3, 5, 17) + 1 + (36L * 60 * 60 * 1000), Assert.Single(await site.WaitingAsync()).Value.At);
        await site.GoToAsync(Shanghai(2026, 3, 6, 2));
        Assert.Equal(3, (await TellAsync(site, id, done)).Version);
        Assert.Equal(3, (await TellAsync(site, id, done)).Version);

        var state = (await Records(site).FindAsync(id))!;
        Assert.Equal((MatterStage.Completed, 2, At(2026, 3, 2, 10), At(2026, 3, 5, 16)), (state.Stage, state.Visits, state.Accepted!.Stamp.At, state.Completion!.Stamp.At));
        Assert.Empty(state.Accountable);
        Assert.Empty(await site.WaitingAsync());
        Assert.Equal([MatterRow.Of(state, null)], await Rows(site));
        Assert.Equal((1, 1), MatterFlows.OnTime.Of(await site.CountsAsync(Places.Hall)));
        Assert.Empty((await site.Silo.VerifyAsync()).Findings);
    }

    [Fact]
    public async Task Codes_lead_to_their_own_matter_only()
    {
        await using var site = await CaseSite.OpenAsync();
        var codes = site.Silo.Get<MatterSecrets>();
        var id = codes.IdOf(Places.Hall, Number);
        var code = codes.NoticeCodeOf(id);
        Assert.Equal(id, codes.MatterOf(code));
        Assert.NotEqual(id, codes.IdOf(Places.OtherHall, Number));
        Assert.Null(codes.MatterOf(code[..^1] + (code[^1] == 'A' ? 'E' : 'A')));
        Assert.Null(codes.MatterOf(codes.IdOf(Places.Hall, "other").Value[1..] + code[22..]));
        Assert.Null(codes.MatterOf("not-a-code"));
        Assert.Equal("matter-unknown", (await Grain(site, new MatterId("q1")).Perform(new MatterRequest(new CompleteMatter("granted"), "account:li"))).Refusal!.Code);
        Assert.Null(await Records(site).FindAsync(id));
    }

    private static async Task<IReadOnlyList<MatterRow>> Rows(CaseSite site) => await site.Silo.Get<IMatterStore>().AllAsync().ToListAsync();

    private static async Task<MatterAnswer> TellAsync(CaseSite site, MatterId id, TellMatter told)
    {
        MatterAnswer answer = default;
        await Until.HoldsAsync("it is told", async () => (answer = await Grain(site, id).Perform(new MatterRequest(told, "token:k4"))).Refusal is not { Retryable: true });
        Assert.Null(answer.Refusal);
        return answer;
    }

    private static MatterRecords Records(CaseSite site) => site.Silo.Get<MatterRecords>();

    private static IMatterGrain Grain(CaseSite site, MatterId id) => site.Silo.Get<IGrainFactory>().GetGrain<IMatterGrain>(id.Value);

    private static AcceptMatter Acceptance(CaseSite site, string number) =>
        new(Places.Hall, "permit", site.Silo.Get<MatterSecrets>().HashOf(number), Online: false, [Photo], null);

    private static async Task<MatterId> AcceptAsync(CaseSite site, string number)
    {
        var id = site.Silo.Get<MatterSecrets>().IdOf(Places.Hall, number);
        MatterAnswer answer = default;
        await Until.HoldsAsync("it is accepted", async () => (answer = await Grain(site, id).Perform(new MatterRequest(Acceptance(site, number), "account:li"))).Refusal is not { Retryable: true });
        Assert.Null(answer.Refusal);
        return id;
    }
}
