using Feedback.Domain.Platform;
using Feedback.Grains.Journal;
using Feedback.Grains.Notices;
using Microsoft.Extensions.Logging;

namespace Feedback.Grains.Platform;

/// <summary>
/// Asks the platform, once after each local midnight, how many items of the last days it has, and keeps its answer beside what was taken by then.
/// All days are asked about again: late ratings belong to days that are past, and what was different may have been mended.
/// </summary>
internal sealed partial class PlatformComparison(
    PlatformSettings settings, IPlatformStore store, IJournal journal, IPlatformCarrier carrier, PlatformMetrics metrics, TimeProvider clock, ILogger<PlatformComparison> log)
{
    /// <summary>Compares the next day that was not compared since midnight, yesterday first.</summary>
    /// <returns>Whether there may be more.</returns>
    /// <exception cref="DeliveryException">The platform did not answer, or not with numbers.</exception>
    public async Task<bool> StepAsync(CancellationToken cancellation)
    {
        if (settings.Counts is not { } counts)
            return false;
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var (today, hour) = settings.Zone.LocalTime(now);
        if (hour < counts.Hour)
            return false;
        var kinds = counts.Fields.Keys.Where(settings.Mappings.ContainsKey).Order().ToList();
        var known = await store.DaysAsync(today.AddDays(-PlatformCounts.Days), cancellation);
        var since = settings.Zone.StartOf(today);
        var done = known.Where(one => one.ComparedAt >= since).Select(one => (one.Day, one.Kind)).ToHashSet();
        var day = Enumerable.Range(1, PlatformCounts.Days).Select(back => today.AddDays(-back)).Where(one => one >= settings.From)
            .Cast<DateOnly?>().FirstOrDefault(one => kinds.Exists(kind => !done.Contains((one!.Value, kind))));
        if (day is not { } next)
        {
            metrics.Differ(known.Where(one => one.IsEqual == false).Select(one => one.Day).Distinct().Count());
            return false;
        }

        var theirs = await PlatformSender.PatientAsync(stop => carrier.CountsAsync(next, stop), clock, cancellation);
        await journal.WriteAsync(new JournalUnit { Platform = new PlatformChange { Compared = [.. kinds.Select(kind => new ComparedDay(next, kind, theirs[kind], now))] } });
        foreach (var kind in kinds)
        {
            var ours = known.FirstOrDefault(one => one.Day == next && one.Kind == kind)?.Ours ?? 0;
            if (ours != theirs[kind])
                IsDifferent(log, next, theirs[kind], kind.Word(), ours);
        }

        return true;
    }

    [LoggerMessage(EventId = 7402, Level = LogLevel.Warning, Message = "Of {Day} the platform has {Theirs} {Kind}, and it had taken {Ours}.")]
    private static partial void IsDifferent(ILogger log, DateOnly day, long theirs, string kind, long ours);
}
