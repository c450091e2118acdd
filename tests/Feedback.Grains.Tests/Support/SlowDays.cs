using System.Collections.Concurrent;
using Feedback.Domain.Organisation;
using Feedback.Domain.Windows;
using Feedback.Grains.Days;

namespace Feedback.Grains.Tests.Support;

/// <summary>The real stored days; one reading can be held up, with what it read already in hand, or fail.</summary>
internal sealed class SlowDays(IDayStore inner, Activity activity) : IDayStore
{
    private readonly ConcurrentBag<Gate> _gates = [];
    private (DateOnly Day, Gate Gate)? _find;
    private DateOnly? _failing;
    private Gate? _ofWindow;
    private Gate? _through;
    private int _finds;

    /// <summary>How often a single day was read.</summary>
    public int Finds => _finds;

    /// <summary>Holds the next reading of one day.</summary>
    public Gate HoldFinding(DateOnly day)
    {
        var gate = new Gate();
        _gates.Add(gate);
        _find = (day, gate);
        return gate;
    }

    /// <summary>The next reading of one day fails.</summary>
    public void FailFinding(DateOnly day) => _failing = day;

    /// <summary>Holds the next reading of a window's days.</summary>
    public Gate HoldDaysOfWindow()
    {
        var gate = new Gate();
        _gates.Add(gate);
        return _ofWindow = gate;
    }

    /// <summary>Holds the next reading of how complete windows' days are.</summary>
    public Gate HoldThrough()
    {
        var gate = new Gate();
        _gates.Add(gate);
        return _through = gate;
    }

    public async Task<WindowDay?> FindAsync(NodeId window, DateOnly day, CancellationToken cancellation = default)
    {
        using var call = activity.Begin();
        Interlocked.Increment(ref _finds);
        if (_failing == day)
        {
            _failing = null;
            throw new IOException("Not read.");
        }

        var found = await inner.FindAsync(window, day, cancellation);
        if (_find is { } held && held.Day == day)
        {
            _find = null;
            await held.Gate.PassAsync();
        }

        return found;
    }

    public async Task<IReadOnlyList<WindowDay>> OfWindowAsync(NodeId window, DateOnly from, DateOnly to, CancellationToken cancellation = default)
    {
        using var call = activity.Begin();
        var found = await inner.OfWindowAsync(window, from, to, cancellation);
        if (Interlocked.Exchange(ref _ofWindow, null) is { } gate)
            await gate.PassAsync();
        return found;
    }

    public Task<IReadOnlyList<WindowDay>> ChangedSinceAsync(NodeId window, long since, CancellationToken cancellation = default) =>
        AskAsync(inner.ChangedSinceAsync(window, since, cancellation));

    public Task<IReadOnlyList<WindowDay>> BelowAsync(NodeId parent, DateOnly from, DateOnly to, CancellationToken cancellation = default) =>
        AskAsync(inner.BelowAsync(parent, from, to, cancellation));

    public Task<IReadOnlyDictionary<NodeId, long>> NewestBelowAsync(
        NodeId parent, DateOnly from, DateOnly to, CancellationToken cancellation = default) =>
        AskAsync(inner.NewestBelowAsync(parent, from, to, cancellation));

    public async Task<IReadOnlyDictionary<NodeId, long>> ThroughAsync(IReadOnlyCollection<NodeId> windows, CancellationToken cancellation = default)
    {
        using var call = activity.Begin();
        var through = await inner.ThroughAsync(windows, cancellation);
        if (Interlocked.Exchange(ref _through, null) is { } gate)
            await gate.PassAsync();
        return through;
    }

    /// <summary>Lets go of what is held.</summary>
    public void Open()
    {
        foreach (var gate in _gates)
            gate.Open();
    }

    private async Task<T> AskAsync<T>(Task<T> asked)
    {
        using var call = activity.Begin();
        return await asked;
    }
}
