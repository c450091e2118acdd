using System.Globalization;

namespace Feedback.Seeds.Simulation;

/// <summary>
/// The windows of the demo district at work, at any hour: finished matters, and evaluations of most of them, pushed one by
/// one over HTTP. Visits come as a Poisson process; satisfaction differs by hall and window, and one window is in trouble.
/// </summary>
public sealed class SimulatedWindows
{
    // The longest lag that is caught up with: a server that was away does not get all missed visits in one burst.
    private static readonly TimeSpan LongestLag = TimeSpan.FromSeconds(1);

    // Asia/Shanghai: China has had one offset all year since 1992.
    private static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    private readonly TimeProvider _clock;
    private readonly SimulationPace _pace;
    private readonly Pusher _pusher;
    private readonly Visits _visits;
    private readonly Random _gaps;
    private long _accepted, _repeated, _refused, _unknown, _retries;
    private volatile string? _lastProblem;

    /// <summary>Prepares a simulation; nothing is sent yet.</summary>
    /// <param name="http">With the server's address.</param>
    /// <param name="deviceKey">The secret of a device key that is good for the whole district.</param>
    /// <param name="place">Its windows.</param>
    /// <param name="pace">How much is pushed, and how patiently.</param>
    /// <param name="clock">The time of events, pauses and patience.</param>
    /// <exception cref="ArgumentOutOfRangeException">The pace is not positive.</exception>
    public SimulatedWindows(HttpClient http, string deviceKey, SimulatedPlace place, SimulationPace pace, TimeProvider clock)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pace.EventsPerMinute);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pace.MostAtOnce);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pace.Tries);
        (_clock, _pace) = (clock, pace);
        _pusher = new Pusher(http, deviceKey, pace, clock);
        var run = pace.Run ?? clock.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        _visits = new Visits(place, pace.Seed, run);
        _gaps = new Random(pace.Seed ^ 0x5eed);
    }

    /// <summary>What became of the events so far; may be asked at any time.</summary>
    public SimulationCounts Counts => new(
        Interlocked.Read(ref _accepted), Interlocked.Read(ref _repeated), Interlocked.Read(ref _refused),
        Interlocked.Read(ref _unknown), Interlocked.Read(ref _retries), _lastProblem);

    /// <summary>Pushes until it is stopped. Call it once.</summary>
    /// <param name="cancellation">Stops; what is under way then ends with an unknown outcome.</param>
    /// <returns>What became of all events.</returns>
    public async Task<SimulationCounts> RunAsync(CancellationToken cancellation)
    {
        using var places = new SemaphoreSlim(_pace.MostAtOnce, _pace.MostAtOnce);
        var due = _clock.GetUtcNow();
        try
        {
            while (true)
            {
                await WaitUntilAsync(due, cancellation);
                await places.WaitAsync(cancellation);
                var visit = _visits.Next(_ => _clock.GetUtcNow().ToOffset(Offset));
                _ = PushAndLeaveAsync(visit, places, cancellation);
                due = After(due, visit);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Stopped: no visit begins any more.
        }

        await WaitForAllAsync(places);
        return Counts;
    }

    private async Task WaitUntilAsync(DateTimeOffset due, CancellationToken cancellation)
    {
        var wait = due - _clock.GetUtcNow();
        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, _clock, cancellation);
    }

    // The gap after a visit is exponential; its mean grows with the visit's events, so that events keep the rate.
    private DateTimeOffset After(DateTimeOffset due, Visit visit)
    {
        var meanMinutes = visit.Events / _pace.EventsPerMinute;
        var next = due + TimeSpan.FromMinutes(-Math.Log(1 - _gaps.NextDouble()) * meanMinutes);
        var earliest = _clock.GetUtcNow() - LongestLag;
        return next < earliest ? earliest : next;
    }

    private async Task PushAndLeaveAsync(Visit visit, SemaphoreSlim places, CancellationToken cancellation)
    {
        try
        {
            // Asked before each push: a place may fall free just because of the stop.
            if (visit.Matter is not null && !cancellation.IsCancellationRequested)
                await PushAsync("/api/v1/matters", PushedText.Of(visit.Matter), cancellation);
            if (visit.Evaluation is not null && !cancellation.IsCancellationRequested)
                await PushAsync("/api/v1/evaluations", PushedText.Of(visit.Evaluation), cancellation);
        }
        finally
        {
            places.Release();
        }
    }

    private async Task PushAsync(string path, byte[] body, CancellationToken cancellation)
    {
        var (end, tries, problem) = await _pusher.SendAsync(path, body, cancellation);
        _ = end switch
        {
            PushEnd.Accepted => Interlocked.Increment(ref _accepted),
            PushEnd.Repeated => Interlocked.Increment(ref _repeated),
            PushEnd.Refused => Interlocked.Increment(ref _refused),
            _ => Interlocked.Increment(ref _unknown),
        };
        Interlocked.Add(ref _retries, tries - 1);
        _lastProblem = problem ?? _lastProblem;
    }

    // Whoever holds every place knows that nothing is under way.
    private async Task WaitForAllAsync(SemaphoreSlim places)
    {
        for (var i = 0; i < _pace.MostAtOnce; i++)
            await places.WaitAsync();
    }
}
