using Feedback.Api.Limits;
using Feedback.Domain.Catalogue;
using Feedback.Domain.Journal;
using Feedback.Domain.Keys;
using Feedback.Domain.Organisation;
using Feedback.Domain.Personal;
using Feedback.Grains.Journal;
using Feedback.Grains.Keys;
using Feedback.Grains.Organisation;
using Feedback.Grains.Personal;
using Feedback.Grains.Tallies;
using Feedback.Grains.Verification;
using Feedback.Silo.Hosting;
using Feedback.Storage;
using Feedback.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Feedback.Api.Tests.Support;

/// <summary>The tests that share one running site; each works in halls of its own.</summary>
[CollectionDefinition(Name)]
public sealed class OneSite : ICollectionFixture<RunningSite>
{
    public const string Name = "One running site";
}

/// <summary>The real application on a free port and an empty data directory, with a district, and another one that is foreign.</summary>
public sealed class RunningSite : IAsyncLifetime
{
    public const string Zone = "Asia/Shanghai";

    // Tests ask more in a second than anybody else; what is refused then has tests of its own.
    private static readonly Exposure Tireless = Exposure.None with { Rates = new RequestRates { Device = 10_000, Reader = 10_000, Address = 10_000, FileBytes = 100e9 } };

    private readonly TemporaryFolder _folder = new();
    private readonly Action<IServiceCollection>? _amend;
    private WebApplication _app = null!;
    private int _halls;

    public RunningSite()
    {
    }

    internal RunningSite(Action<IServiceCollection> amend) => _amend = amend;

    /// <summary>The database that holds it; null for SQLite.</summary>
    public string? Postgres { get; init; }

    public Uri Url { get; private set; } = null!;

    /// <summary>May push for every window of the district.</summary>
    public string DeviceKey { get; private set; } = null!;

    /// <summary>May read the district.</summary>
    public string Token { get; private set; } = null!;

    public NodeId District { get; private set; }

    public NodeId ForeignDistrict { get; private set; }

    public OpenHall ForeignHall { get; private set; } = null!;

    internal Client Client { get; private set; } = null!;

    internal IBureau Bureau => Service<IBureau>();

    internal TimeProvider Clock => Service<TimeProvider>();

    public T Service<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    internal IServiceProvider Services => _app.Services;

    public async Task InitializeAsync()
    {
        _app = await WebSetup.BuildAsync(new Site(DataDirectory.Open(_folder.Path), Postgres), "http://127.0.0.1:0", Tireless, SignInOptions.Optional, _amend);
        await _app.StartAsync();
        Url = new Uri(_app.Urls.First());
        District = (await OpenAsync((NodeKind.District, null, "qinghe")))[0];
        ForeignDistrict = (await OpenAsync((NodeKind.District, null, "beishan")))[0];
        ForeignHall = await NewHallAsync(under: ForeignDistrict);
        DeviceKey = (await NewKeyAsync(KeyPurpose.Device, District)).Secret;
        Token = (await NewKeyAsync(KeyPurpose.Read, District)).Secret;
        Client = new Client(this);
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>A hall nobody else uses, with windows w-1, w-2 and so on.</summary>
    public async Task<OpenHall> NewHallAsync(int windows = 1, NodeId? under = null)
    {
        var code = $"hall-{Interlocked.Increment(ref _halls)}";
        var hall = (await OpenAsync((NodeKind.Hall, under ?? District, code)))[0];
        var below = await OpenAsync([.. Enumerable.Range(1, windows).Select(n => (NodeKind.Window, (NodeId?)hall, $"w-{n}"))]);
        return new OpenHall(hall.Value, Bureau.Current.Tree.PathOf(hall), [.. below.Select(window => window.Value)]);
    }

    /// <summary>A member of staff who was just registered: the code.</summary>
    public async Task<string> NewStaffAsync()
    {
        var code = "s-" + Some.Id();
        var (key, names) = Service<PersonalCipher>().Seal(Clock.GetUtcNow().ToUnixTimeMilliseconds(), (PersonalKind.StaffName, "王芳"));
        var registered = new StaffRegistered { Salt = Some.Salt(), Code = code, Name = new PersonalReference(names[0].Ref, PersonalText.Hash(names[0].Salt, "王芳")) };
        await Bureau.DecideAsync(StreamName.Catalogue, _ => new Decision([registered], new JournalUnit { SubjectKeys = [key], Personal = names }));
        return code;
    }

    public async Task<(string Id, string Secret)> NewKeyAsync(KeyPurpose purpose, NodeId scope)
    {
        var secret = KeyIssue.NewSecret(purpose);
        var key = purpose == KeyPurpose.Device
            ? await KeyIssue.DeviceKeyAsync(Bureau, scope, secret, Clock)
            : await KeyIssue.ApiTokenAsync(Bureau, scope, secret, Clock);
        return (key.Id, secret);
    }

    /// <summary>Recounts everything from the journal, the tallies above the windows included, once all is quiet.</summary>
    public Task<VerificationReport> VerifyAsync() => Wait.ForAsync<VerificationReport>("the recount is equal", async () =>
    {
        var grains = Service<IGrainFactory>();
        var report = await ActivatorUtilities.CreateInstance<JournalVerification>(_app.Services)
            .RunAsync(key => grains.GetGrain<ITallyGrain>(key.ToString()).GetDays(key.Month, key.End, children: false), null);
        return report.IsClean ? report : null;
    });

    private async Task<IReadOnlyList<NodeId>> OpenAsync(params (NodeKind Kind, NodeId? Parent, string Code)[] nodes)
    {
        var opened = new List<NodeOpened>();
        await Bureau.DecideAsync(StreamName.Organisation, state =>
        {
            opened.Clear();
            var tree = state.Tree;
            foreach (var (kind, parent, code) in nodes)
            {
                opened.Add(new NodeOpened
                {
                    Salt = Some.Salt(),
                    Node = tree.NextId,
                    Kind = kind,
                    Parent = parent,
                    Code = code,
                    Zh = "青禾",
                    En = "Qinghe",
                    Zone = Zone,
                });
                tree = tree.Apply(opened[^1]);
            }

            return new Decision(opened);
        });
        return [.. opened.Select(node => node.Node)];
    }
}

/// <summary>A hall that a test has to itself.</summary>
public sealed record OpenHall(string Id, string Path, IReadOnlyList<string> Windows)
{
    /// <summary>Its first window.</summary>
    public string Window => Windows[0];
}
