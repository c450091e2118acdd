using System.Collections.Immutable;
using Feedback.Domain.Organisation;
using Feedback.Domain.Windows;
using Feedback.Grains.Days;
using Feedback.Grains.Due;
using Feedback.Grains.Journal;
using Feedback.Grains.Organisation;
using Feedback.Grains.Tallies;
using Feedback.Grains.Verification;
using Feedback.Grains.Windows;
using Feedback.Storage;
using Feedback.Storage.GrainStorage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Orleans.Core.Internal;
using Xunit;

namespace Feedback.Grains.Tests.Support;

/// <summary>A real silo in this process, on real files, with a clock of its own and faults at its edges.</summary>
internal sealed class RunningSilo
{
    private readonly IHost _host;
    private readonly Activity _activity = new();

    private RunningSilo(Site site, string grainStorage)
    {
        // A clock of its own: where a silo has crashed, time stands still for whatever is left of it.
        Clock = new SiloClock(site.Now);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton<TimeProvider>(Clock);
        if (site.Postgres is { } database)
            builder.Services.AddPostgresJournal(database);
        else
            builder.Services.AddSqliteJournal(site.Journal);
        Decorate<IJournal>(builder.Services, inner => new FaultyJournal(inner, _activity));
        Decorate<IDayStore>(builder.Services, inner => new SlowDays(inner, _activity));
        if (site.Masters is { } masters)
            builder.Services.AddSingleton(masters);
        Decorate<IDueQueue>(builder.Services, inner => new WatchedDue(inner, _activity));
        builder.Services.AddFeedbackGrains(site.Secrets);
        site.Adds?.Invoke(builder.Services);
        builder.Services.AddSingleton<IIncomingGrainCallFilter>(Reports = new ReportFaults(_activity));
        builder.Services.AddSingleton<IOutgoingGrainCallFilter>(new WatchedWakes(_activity));
        builder.UseOrleans(silo =>
        {
            silo.UseAlone();
            silo.AddFeedbackGrainStorage("Default", GrainStorageRegistration.Sqlite, grainStorage);
        });
        _host = builder.Build();
    }

    public FakeTimeProvider Clock { get; }

    public ReportFaults Reports { get; }

    public FaultyJournal Journal => (FaultyJournal)Get<IJournal>();

    public SlowDays Days => (SlowDays)Get<IDayStore>();

    public IBureau Bureau => Get<IBureau>();

    public static async Task<RunningSilo> StartAsync(Site site)
    {
        await GrainStorageSchema.ApplySqliteAsync(site.Grains);
        var silo = new RunningSilo(site, $"Data Source={site.Grains};Pooling=False");
        await silo._host.StartAsync();
        await silo.Bureau.RefreshAsync();
        return silo;
    }

    public async Task EndAsync(CancellationToken stopped)
    {
        try
        {
            await _host.StopAsync(stopped);
        }
        catch (Exception) when (stopped.IsCancellationRequested)
        {
            // A silo that is not given time to stop complains.
        }

        await ((IAsyncDisposable)_host).DisposeAsync();
    }

    public T Get<T>() where T : notnull => _host.Services.GetRequiredService<T>();

    public IWindowGrain Window(NodeId window) => Get<IGrainFactory>().GetGrain<IWindowGrain>(window.Value);

    public ITallyGrain Tally(NodeId node, DateOnly month) => Get<IGrainFactory>().GetGrain<ITallyGrain>(new TallyKey(node, month).ToString());

    public Task<ImmutableArray<ClaimResult>> SubmitAsync(NodeId window, params ImmutableArray<WindowClaim> claims) =>
        Window(window).Submit(new Submission(claims, Some.Sender));

    /// <summary>The days of a node in a month, windows included.</summary>
    public async Task<ImmutableArray<DayTally>> DaysAsync(NodeId node, DateOnly month) =>
        Bureau.Current.Tree.Find(node)!.Kind == NodeKind.Window
            ? (await Window(node).GetDays(month, month.AddMonths(1))).Days
            : (await Tally(node, month).GetDays(month, month.AddMonths(1), children: false)).Days;

    /// <summary>Ends one activation; the next call makes a new one.</summary>
    public async Task DeactivateAsync(IAddressable grain)
    {
        await grain.AsReference<IGrainManagementExtension>().DeactivateOnIdle();
        await QuietAsync();
    }

    /// <summary>Waits until nothing moves as long as the clock stands still.</summary>
    public Task QuietAsync() => _activity.QuietAsync();

    /// <summary>Waits until nothing moves but what a gate holds.</summary>
    public Task QuietExceptHeldAsync() => _activity.QuietExceptHeldAsync();

    /// <summary>Lets time pass in steps of at most a second, so that every timer gets its turn.</summary>
    public async Task AdvanceAsync(TimeSpan time)
    {
        for (var left = time; left > TimeSpan.Zero; left -= TimeSpan.FromSeconds(1))
        {
            Clock.Advance(left < TimeSpan.FromSeconds(1) ? left : TimeSpan.FromSeconds(1));
            await QuietAsync();
        }
    }

    /// <summary>Sets the clock far on; timers that are due go off once.</summary>
    public async Task JumpAsync(TimeSpan time)
    {
        Clock.Advance(time);
        await QuietAsync();
    }

    /// <summary>Lets up to thirty seconds pass until something holds, as figures must after quiet.</summary>
    public async Task SoonAsync(Func<Task> assert)
    {
        for (var second = 0; ; second++)
        {
            try
            {
                await assert();
                return;
            }
            catch (Xunit.Sdk.XunitException) when (second < 30)
            {
                await AdvanceAsync(TimeSpan.FromSeconds(1));
            }
        }
    }

    /// <summary>Recounts everything, the tallies of all levels included.</summary>
    public Task<VerificationReport> VerifyAsync() => ActivatorUtilities.CreateInstance<JournalVerification>(_host.Services)
        .RunAsync(key => Tally(key.Node, key.Month).GetDays(key.Month, key.End, children: false), progress: null);

    /// <summary>Recounts everything and finds nothing, at the latest thirty seconds after quiet.</summary>
    public Task AssertCleanAsync() => SoonAsync(async () => Assert.Empty((await VerifyAsync()).Findings));

    /// <summary>Recounts what is stored, and asks no grain.</summary>
    public Task<VerificationReport> VerifyStoredAsync() =>
        ActivatorUtilities.CreateInstance<JournalVerification>(_host.Services).RunAsync(ask: null, progress: null);

    private static void Decorate<T>(IServiceCollection services, Func<T, T> wrap) where T : class
    {
        var inner = services.Last(service => service.ServiceType == typeof(T));
        services.Remove(inner);
        services.AddSingleton(provider => wrap((T)(inner.ImplementationFactory?.Invoke(provider)
            ?? ActivatorUtilities.CreateInstance(provider, inner.ImplementationType!))));
    }
}
