using System.Collections.Concurrent;
using Feedback.Domain.Cases;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Grains.Cases;
using Feedback.Grains.Due;
using Feedback.Grains.Journal;
using Feedback.Grains.Tests.Support;
using Feedback.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Feedback.Grains.Tests.Cases;

/// <summary>A site that performs what is due, with people who handle cases: account:wang leads the hall n4.</summary>
internal sealed class CaseSite : IAsyncDisposable
{
    /// <summary>Handles cases of the hall.</summary>
    public static readonly CaseActor Clerk = new("account:li") { Handles = NodeScope.At(Places.Hall), Works = [Places.Hall] };

    /// <summary>Leads the hall.</summary>
    public static readonly CaseActor Head = new("account:wang") { Handles = NodeScope.At(Places.Hall), Works = [Places.Hall] };

    /// <summary>The account of the member of staff <see cref="Places.Staff"/>.</summary>
    public static readonly CaseMember Rated = new("account:zhou", Places.Staff, Places.Hall);

    /// <summary>Supervises the district.</summary>
    public static readonly CaseActor Supervisor = new("account:sun") { Supervises = NodeScope.At(Places.District), Works = [Places.District] };

    private readonly ConcurrentQueue<CaseNotice> _told;

    private CaseSite(Site site, ConcurrentQueue<CaseNotice> told) => (Site, _told) = (site, told);

    public Site Site { get; }

    public RunningSilo Silo => Site.Silo;

    /// <summary>What the office was told, once for each key.</summary>
    public IReadOnlyList<CaseNotice> Told => [.. _told.DistinctBy(notice => notice.Key)];

    public CaseRecords Records => Silo.Get<CaseRecords>();

    public ICaseStore Rows => Silo.Get<ICaseStore>();

    /// <summary>The silo's time, milliseconds UTC.</summary>
    public long Now => Silo.Clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <param name="start">Where the clock begins; null for Monday morning.</param>
    /// <param name="onPostgres">Whether the journal is in PostgreSQL.</param>
    /// <param name="adds">Adds further services to each silo.</param>
    public static async Task<CaseSite> OpenAsync(DateTimeOffset? start = null, bool onPostgres = false, Action<IServiceCollection>? adds = null)
    {
        var told = new ConcurrentQueue<CaseNotice>();
        var site = await Site.OpenAsync(
            services =>
            {
                services.AddSingleton<ICaseLeaders>(new Leaders());
                services.AddSingleton<ICaseNotices>(new Noted(told));
                services.AddDueWork();
                adds?.Invoke(services);
            },
            start, onPostgres ? await (await PrivatePostgres.Shared).CreateDatabaseAsync() : null);
        return new CaseSite(site, told);
    }

    /// <summary>A time in Shanghai.</summary>
    public static DateTimeOffset Shanghai(int year, int month, int day, int hour = 10, int minute = 0) => new(year, month, day, hour, minute, 0, TimeSpan.FromHours(8));

    /// <summary>A time in Shanghai, milliseconds UTC.</summary>
    public static long At(int year, int month, int day, int hour = 10, int minute = 0) => Shanghai(year, month, day, hour, minute).ToUnixTimeMilliseconds();

    public static CaseIntake Complaint(NodeId? node = null) => new()
    {
        Number = "",
        Kind = CaseKind.Complaint,
        Channel = CaseChannel.Phone,
        Node = node ?? Places.Window,
        Lead = CaseRoutes.ByRules,
        Category = "attitude",
    };

    public ICaseGrain Case(CaseId id) => Silo.Get<IGrainFactory>().GetGrain<ICaseGrain>(id.Value);

    /// <summary>Opens a case, and is told that it is open.</summary>
    public async Task<CaseId> OpenCaseAsync(CaseIntake? intake = null, CaseActor? actor = null, string? words = "等了三个小时", string? contact = "13800000000")
    {
        var id = CaseSecrets.NewId();
        Assert.Null((await DoAsync(id, actor ?? Clerk, new OpenCase(intake ?? Complaint()), words, contact)).Refusal);
        return id;
    }

    /// <summary>Does something, as often as it must be asked for.</summary>
    public async Task<CaseAnswer> DoAsync(CaseId id, CaseActor actor, CaseCommand command, string? words = null, string? contact = null, string? request = null)
    {
        CaseAnswer answer = default;
        var asked = new CaseRequest(command, actor) { Words = words, Contact = contact, Id = request };
        await Until.HoldsAsync("it is decided", async () => (answer = await Case(id).Perform(asked)).Refusal is not { Retryable: true });
        return answer;
    }

    /// <summary>Does something that is not refused.</summary>
    public async Task<CaseState> MustAsync(CaseId id, CaseActor actor, CaseCommand command, string? words = null)
    {
        Assert.Null((await DoAsync(id, actor, command, words)).Refusal);
        return await StateAsync(id);
    }

    public async Task<CaseState> StateAsync(CaseId id) => (await Records.FindAsync(id))!.State;

    public async Task<IReadOnlyList<JournalEvent>> EventsAsync(CaseId id) => [.. (await Records.FindAsync(id))!.Timeline.Select(one => one.Happened)];

    public async Task<CaseCounts> CountsAsync(NodeId node) =>
        (await Rows.CaseCountsAsync([node], DateOnly.MinValue, DateOnly.MaxValue)).Aggregate(CaseCounts.Empty, (sum, flow) => sum.Plus(flow.Counts));

    /// <summary>Goes to a time, and lets what is due by then be done.</summary>
    public async Task GoToAsync(DateTimeOffset time)
    {
        await Silo.JumpAsync(time - Silo.Clock.GetUtcNow());
        await WorkAsync();
    }

    /// <summary>Lets seconds pass until nothing that is due waits any more.</summary>
    public async Task WorkAsync()
    {
        var queue = Silo.Get<IDueQueue>();
        for (var second = 0; (await queue.ShardsAsync(Now)).Count > 0; second++)
        {
            if (second > 90)
                throw new TimeoutException("Work was not done within a minute and a half.");
            await Silo.AdvanceAsync(TimeSpan.FromSeconds(1));
        }

        await Silo.QuietAsync();
    }

    /// <summary>What waits for its time, by key.</summary>
    public async Task<IReadOnlyDictionary<string, DueRow>> WaitingAsync()
    {
        var all = new Dictionary<string, DueRow>();
        for (var shard = 0; shard < DueCommand.Shards; shard++)
        {
            foreach (var work in await Silo.Get<IDueQueue>().DueAsync(shard, long.MaxValue, 10_000))
                all.Add(work.Due.Key, work.Due);
        }

        return all;
    }

    public ValueTask DisposeAsync() => Site.DisposeAsync();

    private sealed class Leaders : ICaseLeaders
    {
        public Task<IReadOnlyCollection<CaseLeader>> AllAsync() => Task.FromResult<IReadOnlyCollection<CaseLeader>>([new CaseLeader("account:wang", null, Places.Hall)]);

        public Task<IReadOnlyCollection<CaseMember>> MembersAsync() => Task.FromResult<IReadOnlyCollection<CaseMember>>([Rated]);
    }

    private sealed class Noted(ConcurrentQueue<CaseNotice> told) : ICaseNotices
    {
        public Task TellAsync(CaseNotice notice)
        {
            told.Enqueue(notice);
            return Task.CompletedTask;
        }
    }
}
