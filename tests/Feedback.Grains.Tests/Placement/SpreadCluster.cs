using System.Collections.Concurrent;
using System.Collections.Immutable;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.Windows;
using Feedback.Grains.Organisation;
using Feedback.Grains.Personal;
using Feedback.Grains.Placement;
using Feedback.Grains.Tests.Support;
using Feedback.Grains.Windows;
using Feedback.Storage;
using Feedback.Storage.GrainStorage;
using Feedback.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime.MembershipService.SiloMetadata;
using Orleans.Serialization.TypeSystem;
using Orleans.TestingHost;

namespace Feedback.Grains.Tests.Placement;

/// <summary>
/// Silos in one process on one PostgreSQL, with real Orleans between them. They look at how windows are spread when they are told to.
/// The bureau: n1 district › n2 hall with windows, n3 hall with windows.
/// </summary>
internal sealed class SpreadCluster : IAsyncDisposable
{
    /// <summary>The halls; the windows of the first have even numbers from 4 on, those of the second odd ones from 5 on.</summary>
    public static readonly NodeId District = new("n1"), Hall = new("n2"), OtherHall = new("n3");

    private const int FirstWindow = 4;

    private readonly ConcurrentQueue<(string? Site, string Release)> _next = new();
    private readonly List<InProcessSiloHandle> _silos = [];
    private readonly BureauSecrets _secrets = BureauSecrets.Generate();
    private readonly string _connection;
    private readonly InProcessTestCluster _cluster;

    private SpreadCluster(string connection, IEnumerable<NodeId> windows)
    {
        (_connection, Windows) = (connection, [.. windows]);
        var builder = new InProcessTestClusterBuilder(initialSilosCount: 0);
        (builder.Options.ConfigureFileLogging, builder.Options.InitializeClientOnDeploy) = (false, false);
        builder.ConfigureSilo((_, silo) => Configure(silo));
        _cluster = builder.Build();
    }

    public ImmutableArray<NodeId> Windows { get; }

    public IReadOnlyList<InProcessSiloHandle> Silos => _silos;

    /// <summary>Starts silos.</summary>
    /// <param name="windows">How many windows each of the two halls has.</param>
    /// <param name="sites">The site of each silo; null for none.</param>
    public static async Task<SpreadCluster> StartAsync(int windows, params string?[] sites)
    {
        var connection = await (await PrivatePostgres.Shared).CreateDatabaseAsync();
        await GrainStorageSchema.ApplyPostgresAsync(connection);
        var cluster = new SpreadCluster(connection, Enumerable.Range(FirstWindow, 2 * windows).Select(NodeId.Numbered));
        await cluster._cluster.DeployAsync();
        foreach (var site in sites)
            await cluster.AddAsync(site);
        await cluster.OpenBureauAsync();
        return cluster;
    }

    /// <summary>One more silo; returns when all know it and what it tells of itself.</summary>
    public async Task<InProcessSiloHandle> AddAsync(string? site = null, string release = "1.0.0")
    {
        _next.Enqueue((site, release));
        var silo = (await _cluster.StartSilosAsync(1))[0];
        _silos.Add(silo);
        await Until.HoldsAsync("all silos know each other", AllKnowEachOther);
        await silo.ServiceProvider.GetRequiredService<IBureau>().RefreshAsync();
        return silo;
    }

    /// <summary>Stops a silo in good order.</summary>
    public async Task StopAsync(InProcessSiloHandle silo)
    {
        _silos.Remove(silo);
        await _cluster.StopSiloAsync(silo);
        await Until.HoldsAsync("all silos know that one is gone", AllKnowEachOther);
    }

    /// <summary>Stores one evaluation of each window, through the silos in turn.</summary>
    public Task SubmitAllAsync(string id) => Task.WhenAll(Windows.Select((window, n) => SubmitAsync(window, id, _silos[n % _silos.Count])));

    /// <summary>Stores an evaluation as a terminal does: whatever is undecided is sent again.</summary>
    /// <returns>How often it had to be sent.</returns>
    public static async Task<int> SubmitAsync(NodeId window, string id, InProcessSiloHandle through)
    {
        var (times, claims) = (0, ImmutableArray.Create<WindowClaim>(Some.Rating(id, window)));
        await Until.HoldsAsync($"{window} takes {id}", async () =>
        {
            times++;
            var grain = through.ServiceProvider.GetRequiredService<IGrainFactory>().GetGrain<IWindowGrain>(window.Value);
            return (await grain.Submit(new Submission(claims, Some.Sender)))[0].Status is ClaimStatus.Accepted or ClaimStatus.Repeated;
        });
        return times;
    }

    /// <summary>All silos look, one after another.</summary>
    /// <returns>How many grains were told to move.</returns>
    public async Task<int> LookAsync()
    {
        var moved = 0;
        foreach (var silo in _silos)
            moved += await silo.ServiceProvider.GetRequiredService<WindowSpread>().LookAsync();
        return moved;
    }

    /// <summary>The windows that each silo holds, once every window is at one place.</summary>
    public async Task<Dictionary<InProcessSiloHandle, ImmutableHashSet<NodeId>>> HeldAsync()
    {
        var held = new Dictionary<InProcessSiloHandle, ImmutableHashSet<NodeId>>();
        await Until.HoldsAsync("every window is at one place", async () =>
        {
            var all = await _silos[0].ServiceProvider.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0)
                .GetDetailedGrainStatistics([RuntimeTypeNameFormatter.Format(typeof(WindowGrain))]);
            held = _silos.ToDictionary(silo => silo, silo => all.Where(one => one.SiloAddress.Equals(silo.SiloAddress)).Select(one => new NodeId(one.GrainId.Key.ToString()!)).ToImmutableHashSet());
            return held.Values.Sum(some => some.Count) == Windows.Length && held.Values.SelectMany(some => some).Distinct().Count() == Windows.Length;
        });
        return held;
    }

    /// <summary>The windows of a hall.</summary>
    public ImmutableHashSet<NodeId> Of(NodeId hall) => [.. Windows.Where((_, n) => HallOf(n) == hall)];

    public async ValueTask DisposeAsync() => await _cluster.DisposeAsync();

    private static NodeId HallOf(int window) => window % 2 == 0 ? Hall : OtherHall;

    private void Configure(ISiloBuilder silo)
    {
        var (site, release) = _next.TryDequeue(out var next) ? next : throw new InvalidOperationException("No silo was asked for.");
        var facts = new Dictionary<string, string> { [SiloFacts.Version] = release };
        if (site is not null)
            facts[SiloFacts.Site] = site;
        silo.UseSiloMetadata(facts);
        silo.Services.AddSingleton(Wait.Clock);
        silo.Services.AddPostgresJournal(_connection);
        silo.Services.AddFeedbackGrains(_secrets);
        // It is told when to look, and not by a clock.
        silo.Services.AddSingleton<WindowSpread>();
        silo.AddFeedbackGrainStorage("Default", GrainStorageRegistration.Postgres, _connection);
    }

    private bool AllKnowEachOther() => _silos.TrueForAll(silo =>
    {
        var (statuses, facts) = (silo.ServiceProvider.GetRequiredService<ISiloStatusOracle>(), silo.ServiceProvider.GetRequiredService<SiloFacts>());
        var active = statuses.GetApproximateSiloStatuses(onlyActive: true).Keys;
        // Whose manifest is not there yet is no silo on which a window could be placed.
        var manifests = silo.ServiceProvider.GetRequiredService<IClusterManifestProvider>().Current.Silos;
        return active.Count() == _silos.Count && _silos.TrueForAll(other => facts.VersionOf(other.SiloAddress) is not null && manifests.ContainsKey(other.SiloAddress));
    });

    private async Task OpenBureauAsync()
    {
        NodeOpened[] nodes =
        [
            Opened(1, NodeKind.District, null), Opened(2, NodeKind.Hall, District), Opened(3, NodeKind.Hall, District),
            .. Windows.Select((window, n) => Opened(n + FirstWindow, NodeKind.Window, HallOf(n))),
        ];
        await _silos[0].ServiceProvider.GetRequiredService<IBureau>().DecideAsync(StreamName.Organisation, _ => new Decision([.. nodes]));
        // A look that was under way already may not have seen them.
        foreach (var silo in _silos)
            await Until.HoldsAsync("every silo knows the windows", async () => (await silo.ServiceProvider.GetRequiredService<IBureau>().RefreshAsync()).Tree.Find(Windows[^1]) is not null);
    }

    private static NodeOpened Opened(int number, NodeKind kind, NodeId? parent) => new()
    {
        Salt = Opaque.FromBytes(global::System.Security.Cryptography.RandomNumberGenerator.GetBytes(Opaque.Length)),
        Node = NodeId.Numbered(number),
        Kind = kind,
        Parent = parent,
        Code = $"p-{number}",
        Zh = "某处",
        En = "Somewhere",
        Zone = "Asia/Shanghai",
    };
}
