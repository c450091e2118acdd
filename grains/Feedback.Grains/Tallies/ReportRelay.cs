using System.Collections.Concurrent;
using Feedback.Domain.Organisation;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Feedback.Grains.Tallies;

/// <summary>
/// Gathers what the nodes of this silo tell their parents: the first change goes at once, then at most one call every 100 ms
/// carries all children that changed. A report is repeated until it was taken.
/// </summary>
internal sealed partial class ReportRelay(IGrainFactory grains, TimeProvider clock, IHostApplicationLifetime host, ILogger<ReportRelay> log)
{
    private const int ReportsPerCall = 256;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly ConcurrentDictionary<TallyKey, Outbox> _outboxes = new();

    /// <summary>Takes a report; it is on its way when this returns.</summary>
    public void Offer(TallyKey parent, ChildReport report)
    {
        var outbox = _outboxes.GetOrAdd(parent, static (key, grains) => new Outbox(grains.GetGrain<ITallyGrain>(key.ToString())), grains);
        if (outbox.Add(report))
            _ = Task.Run(() => SendAsync(parent, outbox));
    }

    private async Task SendAsync(TallyKey parent, Outbox outbox)
    {
        while (outbox.Take() is { Length: > 0 } reports)
        {
            foreach (var some in reports.Chunk(ReportsPerCall))
            {
                try
                {
                    await outbox.Parent.Report([.. some]);
                }
                catch (Exception) when (host.ApplicationStopping.IsCancellationRequested)
                {
                    // Whoever counts next reads what is stored; a silo on its way out has nobody left to tell.
                    return;
                }
                catch (Exception e)
                {
                    CouldNotReport(log, parent, e);
                    outbox.PutBack(some);
                }
            }

            await Task.Delay(Pause, clock);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reports for {Parent} were not taken; they are sent again.")]
    private static partial void CouldNotReport(ILogger log, TallyKey parent, Exception e);

    /// <summary>What waits for one parent, at most one report per child.</summary>
    private sealed class Outbox(ITallyGrain parent)
    {
        private readonly Lock _changing = new();
        private Dictionary<NodeId, ChildReport> _waiting = [];
        private bool _sending;

        public ITallyGrain Parent => parent;

        /// <returns>True when nobody is sending yet and the caller must.</returns>
        public bool Add(ChildReport report)
        {
            lock (_changing)
            {
                _waiting[report.Child] = _waiting.TryGetValue(report.Child, out var older) ? Join(older, report) : report;
                if (_sending)
                    return false;
                return _sending = true;
            }
        }

        /// <returns>All that waits; empty when there is nothing, and then nobody is sending any more.</returns>
        public ChildReport[] Take()
        {
            lock (_changing)
            {
                if (_waiting.Count == 0)
                {
                    _sending = false;
                    return [];
                }

                var taken = _waiting;
                _waiting = [];
                return [.. taken.Values];
            }
        }

        public void PutBack(ChildReport[] reports)
        {
            lock (_changing)
            {
                foreach (var report in reports)
                    _waiting[report.Child] = _waiting.TryGetValue(report.Child, out var newer) ? Join(report, newer) : report;
            }
        }

        private static ChildReport Join(ChildReport older, ChildReport newer)
        {
            // A newer activation speaks for itself: the parent sees the gap, if there is one, and fetches.
            if (older.Epoch != newer.Epoch || newer.From > older.To)
                return newer;
            var days = newer.Days.ToDictionary(day => day.Day);
            foreach (var day in older.Days)
                days.TryAdd(day.Day, day);
            return newer with { From = Math.Min(older.From, newer.From), Days = [.. days.Values] };
        }
    }
}
