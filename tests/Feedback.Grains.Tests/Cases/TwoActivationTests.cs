using Feedback.Domain.Cases;
using Feedback.Grains.Cases;
using Feedback.Grains.Tests.Support;
using Xunit;
using static Feedback.Grains.Tests.Cases.CaseSite;

namespace Feedback.Grains.Tests.Cases;

/// <summary>
/// Two silos that know nothing of each other, as after a cut line, each hold the same case and store at the same moment: the journal's key
/// lets one through, and the other decides anew on what is stored.
/// </summary>
public sealed class TwoActivationTests
{
    [Fact]
    public async Task Two_different_acts_are_both_done_one_after_the_other()
    {
        await using var race = await Race.OpenAsync();

        var (one, other) = await race.RunAsync(
            new CaseRequest(new NoteProgress(null, Told: true), Clerk) { Words = "已联系", Id = "a" }, new CaseRequest(new HandleCase("done"), Head) { Words = "已办理", Id = "b" });

        Assert.Equal((null, null), (one.Refusal, other.Refusal));
        Assert.True(other.Version > one.Version, $"{other.Version} is not after {one.Version}.");
        Assert.Equal([typeof(CaseProgressed), typeof(CaseHandled)], await race.ActsAsync());
        await race.AssertCleanAsync();
    }

    [Fact]
    public async Task The_same_request_through_both_is_done_once_and_answered_alike()
    {
        await using var race = await Race.OpenAsync();
        var request = new CaseRequest(new NoteProgress(null, Told: true), Clerk) { Words = "已联系", Id = "a" };

        var (one, other) = await race.RunAsync(request, request);

        Assert.Equal((null, null, one.Version), (one.Refusal, other.Refusal, other.Version));
        Assert.Equal([typeof(CaseProgressed)], await race.ActsAsync());
        await race.AssertCleanAsync();
    }

    [Fact]
    public async Task Whoever_acted_on_what_they_had_seen_is_told_that_it_changed()
    {
        await using var race = await Race.OpenAsync();
        var seen = (await race.Site.StateAsync(race.Id)).Version;

        var (one, other) = await race.RunAsync(
            new CaseRequest(new NoteProgress(null, Told: true), Clerk) { Words = "已联系", Id = "a", Expected = seen },
            new CaseRequest(new HandleCase("done"), Head) { Words = "已办理", Id = "b", Expected = seen });

        Assert.Equal((null, "version-stale", false), (one.Refusal, other.Refusal?.Code, other.Refusal!.Retryable));
        Assert.Equal([typeof(CaseProgressed)], await race.ActsAsync());
        await race.AssertCleanAsync();
    }

    [Fact]
    public async Task What_can_be_done_only_once_is_refused_to_the_second()
    {
        await using var race = await Race.OpenAsync();
        await race.Site.MustAsync(race.Id, Clerk, new HandleCase("done"), "已办理");
        await race.Site.MustAsync(race.Id, Clerk, new GiveFeedback("phone", FeedbackOutcome.Reached, null), "已电话答复");

        var (one, other) = await race.RunAsync(new CaseRequest(new CloseCase(), Clerk) { Id = "a" }, new CaseRequest(new CloseCase(), Head) { Id = "b" });

        Assert.Equal((null, "case-closed"), (one.Refusal, other.Refusal?.Code));
        Assert.Equal([typeof(CaseHandled), typeof(CaseFeedbackGiven), typeof(CaseClosed)], await race.ActsAsync());
        Assert.Equal(1, (await race.Site.CountsAsync(Places.Window))["closed/question"]);
        await race.AssertCleanAsync();
    }

    [Fact]
    public async Task A_case_that_is_opened_at_both_is_opened_once_under_one_number()
    {
        await using var race = await Race.OpenAsync(opened: false);
        var request = new CaseRequest(new OpenCase(Complaint() with { Kind = CaseKind.Question }), Clerk) { Words = "等了三个小时", Id = "a" };

        var (one, other) = await race.RunAsync(request, request);

        Assert.Equal((null, null, one.Number), (one.Refusal, other.Refusal, other.Number));
        Assert.Equal(1, (await race.Site.CountsAsync(Places.Window))["opened/question"]);
        Assert.Single(await race.Site.Rows.AllAsync().ToListAsync());
        await race.AssertCleanAsync();
    }

    /// <summary>A case and two silos on its database.</summary>
    private sealed class Race : IAsyncDisposable
    {
        private static readonly Type[] Acts = [typeof(CaseProgressed), typeof(CaseHandled), typeof(CaseFeedbackGiven), typeof(CaseClosed)];
        private readonly RunningSilo _other;

        private Race(CaseSite site, RunningSilo other, CaseId id) => (Site, _other, Id) = (site, other, id);

        public CaseSite Site { get; }

        public CaseId Id { get; }

        private ICaseGrain There => _other.Get<IGrainFactory>().GetGrain<ICaseGrain>(Id.Value);

        public static async Task<Race> OpenAsync(bool opened = true)
        {
            var site = await CaseSite.OpenAsync(onPostgres: true);
            var other = await RunningSilo.StartAsync(site.Site);
            return new Race(site, other, opened ? await site.OpenCaseAsync(Complaint() with { Kind = CaseKind.Question }) : CaseSecrets.NewId());
        }

        /// <summary>Both decide on the same fold; the first is stored first.</summary>
        public async Task<(CaseAnswer First, CaseAnswer Second)> RunAsync(CaseRequest first, CaseRequest second)
        {
            // What looks at a case without changing it makes it be read.
            await Task.WhenAll(Site.Case(Id).Ring(), There.Ring());
            var (here, there) = (Site.Silo.Journal.HoldNext(FaultyJournal.IsCaseAppend), _other.Journal.HoldNext(FaultyJournal.IsCaseAppend));
            var (one, other) = (Site.Case(Id).Perform(first), There.Perform(second));
            await here.ReachedAsync();
            await there.ReachedAsync();
            here.Open();
            var answer = await Until.EndsAsync(one);
            there.Open();
            return (answer, await Until.EndsAsync(other));
        }

        /// <summary>What was done to the case.</summary>
        public async Task<IEnumerable<Type>> ActsAsync() => (await Site.EventsAsync(Id)).Select(one => one.GetType()).Where(Acts.Contains);

        public Task AssertCleanAsync() => Site.Silo.AssertCleanAsync();

        public async ValueTask DisposeAsync()
        {
            await _other.EndAsync(new CancellationToken(canceled: true));
            await Site.DisposeAsync();
        }
    }
}
