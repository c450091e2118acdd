using System.Diagnostics.Metrics;
using Feedback.Api.Health;
using Feedback.Grains.Checkpoints;
using Feedback.Grains.Cluster;
using Feedback.Grains.Organisation;

namespace Feedback.Api.Cluster;

/// <summary>Tells how this silo fares, and how many it sees: what the page of the cluster shows, for alerts.</summary>
internal sealed class ClusterMeter(
    IMeterFactory meters, IServiceProvider services, IClusterMembershipService membership, Draining draining, Readiness readiness, TimeProvider clock) : IHostedService
{
    /// <summary>The meter's name.</summary>
    public const string Name = "Feedback.Cluster";

    private const string Status = "feedback.silo.status";

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var (meter, vitals, errors) = (meters.Create(Name), services.GetRequiredService<SiloVitals>(), services.GetRequiredService<RecentErrors>());
        meter.CreateObservableGauge("feedback.cluster.silos", Silos, "{silo}", "Silos as this one sees them, by status; those that are gone stay dead for a day.");
        meter.CreateObservableGauge("feedback.silo.draining", () => draining.IsUnderWay ? 1 : 0, null, "1 while this silo is about to stop.");
        meter.CreateObservableGauge("feedback.silo.ready", () => readiness.Known is null ? 1 : 0, null, "1 while nothing is known that keeps this silo from serving.");
        meter.CreateObservableGauge("feedback.silo.warnings", () => errors.InHour, "{warning}", "Warnings and errors of the last 60 minutes.");
        meter.CreateObservableGauge("feedback.report.oldest", () => vitals.ReportsOldest.TotalSeconds, "s", "How long the oldest change has been on its way to the node above.");
        var bureau = services.GetRequiredService<IBureau>();
        meter.CreateObservableGauge(
            "feedback.calendar.missing", () => bureau.Current.Policies.Calendar.MissingOn(DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime)) is null ? 0 : 1, null,
            "1 while the holidays of this year, or from 1 November on those of the next, are not known.");
        if (services.GetService<CheckpointMaker>() is { } maker)
            meter.CreateObservableGauge("feedback.checkpoint.age", () => AgesOf(maker), "s", "Since the newest checkpoint was made; nothing before the first.");
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private IEnumerable<Measurement<int>> Silos()
    {
        var members = membership.CurrentSnapshot.Members.Values;
        return ClusterReader.Words.Select(word => new Measurement<int>(
            members.Count(member => ClusterReader.WordOf(member.Status) == word), new KeyValuePair<string, object?>(Status, word)));
    }

    private IEnumerable<Measurement<double>> AgesOf(CheckpointMaker maker) =>
        maker.NewestAt is > 0 and var at ? [new((clock.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(at)).TotalSeconds)] : [];
}
