using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.Windows;
using Feedback.Grains.Days;
using Feedback.Grains.Journal;
using Feedback.Grains.Windows;

namespace Feedback.Grains.Tallies;

/// <summary>
/// Keeps a month complete over the windows directly below a node: from the stored days where they suffice, else from
/// the windows themselves.
/// </summary>
internal sealed class ChildWindows(TallyKey key, IJournal journal, IDayStore days, IGrainFactory grains, string generation)
{
    private const int FetchesAtOnce = 16;
    private IReadOnlyDictionary<StreamName, long> _heads = ImmutableDictionary<StreamName, long>.Empty;

    /// <summary>Reads the stored days of all windows.</summary>
    public async Task<IReadOnlyList<ChildReport>> LoadAsync(IReadOnlyCollection<NodeId> windows)
    {
        if (windows.Count == 0)
            return [];
        // Completeness first: days stored in between are then newer than it says, never older.
        var through = await days.ThroughAsync(windows);
        var stored = (await days.BelowAsync(key.Node, key.Month, key.End)).ToLookup(day => day.Window);
        return [.. windows.Select(window => Report(window, 0, through[window], stored[window]))];
    }

    /// <summary>Looks for what windows whose streams have moved on changed meanwhile.</summary>
    /// <param name="windows">The windows.</param>
    /// <param name="known">The version up to which a window's days are known.</param>
    /// <param name="take">Gets what is found as soon as it is there.</param>
    /// <param name="patient">
    /// True to ask only for what was missing at the last look already: what is younger is still on its way. Then a window that cannot be asked
    /// keeps none of the others from being taken; why it cannot is thrown in the end.
    /// </param>
    public async Task LookAsync(IReadOnlyCollection<NodeId> windows, Func<NodeId, long> known, Action<IReadOnlyList<ChildReport>> take, bool patient)
    {
        var expected = _heads;
        _heads = await journal.HeadsAsync([.. windows.Select(StreamName.Window)]);
        if (!patient)
            expected = _heads;
        var behind = windows.Where(window => expected.GetValueOrDefault(StreamName.Window(window)) > known(window)).ToList();
        if (behind.Count == 0)
            return;

        var reports = new List<ChildReport>();
        var through = await days.ThroughAsync(behind);
        var newest = await days.NewestBelowAsync(key.Node, key.Month, key.End);
        foreach (var window in behind.Where(window => through[window] > known(window)))
        {
            var changed = newest.GetValueOrDefault(window) > known(window) ? await days.OfWindowAsync(window, key.Month, key.End) : [];
            reports.Add(Report(window, known(window), through[window], changed.Where(day => day.Version > known(window))));
        }

        take(reports);
        Exception? failed = null;
        var unstored = behind.Where(window => through[window] < expected[StreamName.Window(window)]);
        foreach (var some in unstored.Chunk(FetchesAtOnce))
        {
            try
            {
                await Task.WhenAll(some.Select(async window => take([await FetchAsync(window, known(window))])));
            }
            catch (Exception e) when (patient)
            {
                failed ??= e;
            }
        }

        if (failed is not null)
            ExceptionDispatchInfo.Throw(failed);
    }

    /// <summary>What one window changed after a version.</summary>
    public Task<ChildReport> FetchAsync(NodeId window, long after) =>
        grains.GetGrain<IWindowGrain>(window.Value).DaysSince(key.Month, after);

    private ChildReport Report(NodeId window, long from, long to, IEnumerable<WindowDay> stored) =>
        new(window, generation, from, to, [.. stored.Select(day => new DayTally(day.Day, day.Version, day.Tally))]);
}
