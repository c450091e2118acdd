using System.Diagnostics;
using Feedback.Grains.Journal;
using Feedback.Grains.Tallies;
using Feedback.Grains.Windows;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Feedback.Grains.Cluster;

/// <summary>Gathers how this silo fares.</summary>
public sealed class SiloVitals
{
    /// <summary>The version of the product, such as 0.3.0: all its parts have the same.</summary>
    public static string Version { get; } = typeof(SiloVitals).Assembly.GetName().Version!.ToString(3);

    private static readonly DateTimeOffset Started = StartOfProcess();

    private readonly SiloAddress _here;
    private readonly IGrainFactory _grains;
    private readonly IJournalVitals _journal;
    private readonly ReportRelay _relay;
    private readonly RecentErrors _errors;
    private readonly ProcessLoad _load;
    private readonly IHostApplicationLifetime _host;
    private readonly TimeProvider _clock;

    private SiloVitals(
        ILocalSiloDetails silo, IGrainFactory grains, IJournalVitals journal, ReportRelay relay, RecentErrors errors, ProcessLoad load,
        IHostApplicationLifetime host, TimeProvider clock) =>
        (_here, _grains, _journal, _relay, _errors, _load, _host, _clock) = (silo.SiloAddress, grains, journal, relay, errors, load, host, clock);

    /// <summary>Makes it of a silo's services.</summary>
    public static SiloVitals Of(IServiceProvider services) => new(
        services.GetRequiredService<ILocalSiloDetails>(), services.GetRequiredService<IGrainFactory>(), services.GetRequiredService<IJournalVitals>(),
        services.GetRequiredService<ReportRelay>(), services.GetRequiredService<RecentErrors>(), services.GetRequiredService<ProcessLoad>(),
        services.GetRequiredService<IHostApplicationLifetime>(), services.GetRequiredService<TimeProvider>());

    /// <summary>Whether this silo is about to stop.</summary>
    public bool IsDraining => _host.ApplicationStopping.IsCancellationRequested;

    /// <summary>How long the oldest change has been on its way to the node above.</summary>
    public TimeSpan ReportsOldest => _relay.Oldest;

    /// <summary>How this silo fares now.</summary>
    public async Task<SiloReport> ReadAsync()
    {
        var active = await _grains.GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics([_here]);
        var (fares, last) = (_journal.Read(), _errors.Last);
        return new SiloReport
        {
            At = _clock.GetUtcNow(),
            Version = Version,
            StartedAt = Started,
            IsDraining = IsDraining,
            Windows = Count(typeof(WindowGrain)),
            Tallies = Count(typeof(TallyGrain)),
            JournalWaiting = fares.Waiting,
            JournalMostWaiting = fares.MostWaiting,
            JournalOldest = fares.Oldest,
            CommittedAt = fares.CommittedAt,
            CommitTook = fares.CommitTook,
            FailingSince = fares.FailingSince,
            NeedsRestart = fares.NeedsRestart,
            Conflicts = fares.Conflicts,
            ReportsOldest = _relay.Oldest,
            LastError = last?.Text,
            LastErrorAt = last?.At,
            ErrorsInHour = _errors.InHour,
            WorkingSet = Environment.WorkingSet,
            Cpu = _load.Share,
        };

        int Count(Type grain) => active.Where(one => one.GrainType.StartsWith(grain.FullName!, StringComparison.Ordinal)).Sum(one => one.ActivationCount);
    }

    private static DateTimeOffset StartOfProcess()
    {
        using var process = Process.GetCurrentProcess();
        return process.StartTime.ToUniversalTime();
    }
}
