using System.Collections.Concurrent;
using System.Diagnostics;
using Feedback.Domain.Organisation;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Feedback.Grains.Tallies;

/// <summary>
/// Gathers what the nodes of this silo tell their parents: the first change goes at once, then at most one call every 100 ms
/// carries all children that changed. A report is repeated until it was taken.
/// </summary>
internal sealed partial class ReportRelay(
    IGrainFactory grains, TimeProvider clock, IHostApplicationLifetime host, ReportTelemetry telemetry, ILogger<ReportRelay> log)
{
    private const int ReportsPerCall = 256;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly ConcurrentDictionary<TallyKey, Outbox> _outboxes = new();

    /// <summary>Takes a report; it is on its way when this returns.</summary>
    public void Offer(TallyKey parent, ChildReport report)
    {
        var outbox = _outboxes.GetOrAdd(parent, static (key, grains) => new Outbox(grains.GetGrain<ITallyGrain>(key.ToString())), grains);
        if (!outbox.Add(report, telemetry.Now(), ReportTelemetry.Cause()))
            return;
        // What is sent later belongs to other calls than the one that happened to come first.
        using (ExecutionContext.SuppressFlow())
            _ = Task.Run(() => SendAsync(parent, outbox));
    }

    /// <summary>How long the oldest change has been on its way to a parent; zero when all were taken.</summary>
    public TimeSpan Oldest
    {
        get
        {
            var oldest = _outboxes.Values.Aggregate(long.MaxValue, (oldest, outbox) => Math.Min(oldest, outbox.Oldest));
            return oldest == long.MaxValue ? TimeSpan.Zero : telemetry.Since(oldest);
        }
    }

    private async Task SendAsync(TallyKey parent, Outbox outbox)
    {
        while (outbox.Take() is { Reports.Length: > 0 } taken)
        {
            foreach (var some in taken.Reports.Chunk(ReportsPerCall))
            {
                using var span = ReportTelemetry.Report(taken.Causes, some.Length);
                try
                {
                    await outbox.Parent.Report([.. some]);
                    telemetry.Counted(taken.Oldest);
                }
                catch (Exception) when (host.ApplicationStopping.IsCancellationRequested)
                {
                    // Whoever counts next reads what is stored; a silo on its way out has nobody left to tell.
                    return;
                }
                catch (Exception e)
                {
                    CouldNotReport(log, parent, e);
                    outbox.PutBack(some, taken.Oldest);
                }
            }

            outbox.Sent();
            await Task.Delay(Pause, clock);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reports for {Parent} were not taken; they are sent again.")]
    private static partial void CouldNotReport(ILogger log, TallyKey parent, Exception e);

    /// <summary>What is sent at once.</summary>
    /// <param name="Reports">At most one per child.</param>
    /// <param name="Oldest">When the oldest change in them happened.</param>
    /// <param name="Causes">The spans that brought the changes, as far as they are recorded.</param>
    private readonly record struct Taken(ChildReport[] Reports, long Oldest, List<Activity>? Causes);

    /// <summary>What waits for one parent, at most one report per child.</summary>
    private sealed class Outbox(ITallyGrain parent)
    {
        private readonly Lock _changing = new();
        private Dictionary<NodeId, ChildReport> _waiting = [];
        private List<Activity>? _causes;
        private long _oldest;
        private long _underWay;
        private bool _sending;

        public ITallyGrain Parent => parent;

        /// <summary>When the oldest change happened that was not taken yet; the largest number when there is none.</summary>
        public long Oldest
        {
            get
            {
                lock (_changing)
                    return (_underWay, _oldest) switch { (0, 0) => long.MaxValue, (0, var waiting) => waiting, var (sent, _) => sent };
            }
        }

        /// <returns>True when nobody is sending yet and the caller must.</returns>
        public bool Add(ChildReport report, long now, Activity? cause)
        {
            lock (_changing)
            {
                if (_oldest == 0)
                    _oldest = now;
                Telemetry.SharedSpan.Add(ref _causes, cause);
                _waiting[report.Child] = _waiting.TryGetValue(report.Child, out var older) ? Join(older, report) : report;
                if (_sending)
                    return false;
                return _sending = true;
            }
        }

        /// <returns>All that waits; empty when there is nothing, and then nobody is sending any more.</returns>
        public Taken Take()
        {
            lock (_changing)
            {
                if (_waiting.Count == 0)
                {
                    _sending = false;
                    return new Taken([], 0, null);
                }

                var taken = new Taken([.. _waiting.Values], _oldest, _causes);
                (_waiting, _oldest, _causes, _underWay) = ([], 0, null, _oldest);
                return taken;
            }
        }

        /// <summary>Nothing is under way any more; what was not taken waits again.</summary>
        public void Sent()
        {
            lock (_changing)
                _underWay = 0;
        }

        public void PutBack(ChildReport[] reports, long oldest)
        {
            lock (_changing)
            {
                _oldest = oldest;
                foreach (var report in reports)
                    _waiting[report.Child] = _waiting.TryGetValue(report.Child, out var newer) ? Join(report, newer) : report;
            }
        }

        private static ChildReport Join(ChildReport older, ChildReport newer)
        {
            // A newer activation speaks for itself: the parent sees the gap, if there is one, and fetches.
            if (older.Epoch != newer.Epoch || newer.From > older.To)
                return newer;
            var from = Math.Min(older.From, newer.From);
            // Nearly always the one day that both tell of, today's.
            if (older.Days is [var before] && newer.Days is [var after] && before.Day == after.Day)
                return newer with { From = from };
            var days = newer.Days.ToDictionary(day => day.Day);
            foreach (var day in older.Days)
                days.TryAdd(day.Day, day);
            return newer with { From = from, Days = [.. days.Values] };
        }
    }
}
