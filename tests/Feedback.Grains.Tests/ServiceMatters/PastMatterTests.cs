using Feedback.Domain.Journal;
using Feedback.Domain.ServiceMatters;
using Feedback.Grains.Journal;
using Feedback.Grains.ServiceMatters;
using Feedback.Grains.Tests.Cases;
using Feedback.Grains.Tests.Support;
using Feedback.Grains.Verification;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static Feedback.Grains.Tests.Cases.CaseSite;

namespace Feedback.Grains.Tests.ServiceMatters;

/// <summary>Service matters of the own past in the real journal.</summary>
public sealed class PastMatterTests
{
    private const string By = "account:li";

    private static MatterId IdOf(int number) => MatterId.Of(new Opaque((ulong)number));

    // The clock stands at Monday, 2 March 2026, in the morning; ten working days after 9 February end on 28 February.
    private static PastMatter Matter(int number, params PastMatterStep[] after) => new(IdOf(number),
    [
        new PastMatterStep(At(2026, 2, 9), By, new AcceptMatter(Places.Hall, "permit", new Opaque(7), false, [], "10wd")),
        .. after,
    ]);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Matters_are_stored_once_and_counted_on_their_own_days(bool onPostgres)
    {
        await using var site = await CaseSite.OpenAsync(onPostgres: onPostgres);
        PastMatter[] all = [Matter(1, new PastMatterStep(At(2026, 2, 11), By, new CompleteMatter("granted"))), Matter(2)];

        Assert.All(await site.Silo.Get<IPastMatters>().StoreAsync(all), result => Assert.Equal(new PastMatterResult(true), result));
        Assert.All(await site.Silo.Get<IPastMatters>().StoreAsync(all), result => Assert.Equal(default, result));

        var counts = (await site.Rows.CaseCountsAsync([Places.Hall], new(2026, 2, 1), new(2026, 3, 31))).ToDictionary(flow => flow.Day.Day, flow => flow.Counts);
        Assert.Equal((2, (1L, 1L)), (counts[9]["matter/accepted"], MatterFlows.OneVisit.Of(counts[11])));
        // The second one passed its deadline, on the day of the deadline.
        var late = (await site.Silo.Get<MatterRecords>().FindAsync(IdOf(2)))!;
        Assert.Equal((MatterRules.Overdue, At(2026, 2, 28, 17) + 1), late.Accountable.Select(one => (one.Reason, one.Stamp.At)).Single());
        Assert.Empty(await site.WaitingAsync());
        await ActivatorUtilities.CreateInstance<Rebuild>(site.Silo.Get<IServiceProvider>()).RunAsync(progress: null);
        Assert.Empty((await site.Silo.VerifyAsync()).Findings);
    }

    [Fact]
    public async Task A_step_that_is_not_possible_refuses_its_matter_whole()
    {
        await using var site = await CaseSite.OpenAsync();

        var result = (await site.Silo.Get<IPastMatters>().StoreAsync([Matter(1, new PastMatterStep(At(2026, 2, 10), By, new SupplementMatter(["lease"])))])).Single();

        Assert.Equal("document-unlisted", result.Refusal?.Code);
        Assert.Null(await site.Silo.Get<MatterRecords>().FindAsync(IdOf(1)));
        Assert.Empty(await site.Silo.Get<IJournal>().ReadAsync(StreamName.Matter(IdOf(1)), 0, 1));
    }
}
