using System.Diagnostics.Metrics;
using Feedback.Storage.Copies.Files;

namespace Feedback.Silo.Telemetry;

/// <summary>Where the backups of every night are.</summary>
/// <param name="Directory">The directory; null where nobody said, and nothing is told.</param>
internal sealed record BackupPlace(string? Directory);

/// <summary>Tells how old the newest backup is, for an alert: a timer whose backup fails tells nobody.</summary>
internal sealed class BackupMeter(BackupPlace place, IMeterFactory meters, TimeProvider clock) : IHostedService
{
    /// <summary>The meter's name.</summary>
    public const string Name = "Feedback.Backup";

    private DateTimeOffset _begun;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _begun = clock.GetUtcNow();
        meters.Create(Name).CreateObservableGauge("feedback.backup.age", Ages, "s", "Since the newest backup in the directory of backups was made; since the start of this silo where there is none.");
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private IEnumerable<Measurement<double>> Ages() =>
        place.Directory is { } directory ? [new((clock.GetUtcNow() - (BackupNames.NewestIn(directory) ?? _begun)).TotalSeconds)] : [];
}
