using System.Globalization;

namespace Feedback.Seeds.Simulation;

/// <summary>
/// Windows at work: finished matters, and evaluations of most of them, pushed over HTTP as they happen. Visits come as a
/// Poisson process. Memory is bounded: at most so many visits are under way, and so many kept in windows that are offline.
/// </summary>
public sealed class SimulatedWindows
{
    private const string Matters = "/api/v1/matters";
    private const string Evaluations = "/api/v1/evaluations";

    // The longest lag that is caught up with: a server that was away does not get all missed visits in one burst.
    private static readonly TimeSpan LongestLag = TimeSpan.FromSeconds(1);

    // Asia/Shanghai: China has had one offset all year since 1992.
    private static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    private readonly TimeProvider _clock;
    private readonly SimulationPace _pace;
    private readonly SimulationBook _book = new();
    private readonly Pusher _pusher;
    private readonly Visits _visits;
    private readonly OfflineSpells _spells;
    private readonly TimeSpan[] _clockErrors;
    private readonly Random _gaps;
    private readonly Random _faults;

    /// <summary>Prepares a simulation; nothing is sent yet.</summary>
    /// <param name="http">With the server's address.</param>
    /// <param name="deviceKey">The secret of a device key that is good for all windows.</param>
    /// <param name="place">The windows.</param>
    /// <param name="pace">How much is pushed, and how patiently.</param>
    /// <param name="clock">The time of events, pauses and patience.</param>
    /// <exception cref="ArgumentOutOfRangeException">The pace is not positive, a share is none, or there is no window.</exception>
    public SimulatedWindows(HttpClient http, string deviceKey, SimulatedPlace place, SimulationPace pace, TimeProvider clock)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pace.EventsPerMinute);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pace.MostAtOnce);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pace.Tries);
        ArgumentOutOfRangeException.ThrowIfZero(place.Windows.Length);
        pace.Faults.Check();
        (_clock, _pace) = (clock, pace);
        _pusher = new Pusher(http, deviceKey, pace, clock, _book);
        var run = pace.Run ?? clock.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        _visits = new Visits(place, pace.Seed, run);
        _gaps = new Random(pace.Seed ^ 0x5eed);
        _faults = new Random(pace.Seed ^ 0xfa17);
        _spells = new OfflineSpells(place.Windows.Length, pace.Faults, new Random(pace.Seed ^ 0x0ff1));
        _clockErrors = [.. place.Windows.Select(_ => ClockError())];
    }

    /// <summary>What became of the events so far; may be asked at any time.</summary>
    public SimulationCounts Counts => _book.Counts;

    /// <summary>Pushes until it is stopped, at once.</summary>
    /// <param name="cancellation">Stops; what is under way then ends with an unknown outcome.</param>
    /// <returns>What became of all events.</returns>
    public Task<SimulationCounts> RunAsync(CancellationToken cancellation) => RunAsync(cancellation, cancellation);

    /// <summary>Pushes until it is stopped, or its count or duration is reached. Call it once.</summary>
    /// <param name="stop">From here on no visit begins; what is under way, and what windows kept, is still sent.</param>
    /// <param name="abandon">Ends that, too: what is under way ends with an unknown outcome, what was kept is never sent.</param>
    /// <returns>What became of all events.</returns>
    public async Task<SimulationCounts> RunAsync(CancellationToken stop, CancellationToken abandon)
    {
        using var places = new SemaphoreSlim(_pace.MostAtOnce, _pace.MostAtOnce);
        using var over = new CancellationTokenSource(_pace.Duration ?? Timeout.InfiniteTimeSpan, _clock);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop, over.Token, abandon);
        try
        {
            await BeginAsync(places, ended.Token, abandon);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // Stopped: no visit begins any more.
        }

        try
        {
            foreach (var kept in _spells.TakeAll())
                await SendKeptAsync(kept, places, abandon);
        }
        catch (OperationCanceledException) when (abandon.IsCancellationRequested)
        {
            // What windows kept stays there.
        }

        await WaitForAllAsync(places);
        return Counts;
    }

    private async Task BeginAsync(SemaphoreSlim places, CancellationToken ended, CancellationToken abandon)
    {
        var due = Open(Now());
        for (var left = _pace.Count ?? long.MaxValue; left > 0;)
        {
            await WaitUntilAsync(due, ended);
            foreach (var kept in _spells.TakeBack(Now()))
                await SendKeptAsync(kept, places, abandon);
            await places.WaitAsync(ended);
            var visit = _visits.Next(window => Now() + _clockErrors[window]);
            if (visit.Events > left)
                visit = visit with { Evaluation = null };
            left -= visit.Events;
            if (_spells.Keep(visit, Now()))
            {
                _book.Keep(visit.Events);
                places.Release();
            }
            else
            {
                _ = PushAndLeaveAsync(visit, (IsDoubled(), IsDoubled()), places, abandon);
            }

            due = Open(After(due, visit));
        }
    }

    private DateTimeOffset Now() => _clock.GetUtcNow().ToOffset(Offset);

    private DateTimeOffset Open(DateTimeOffset due) => _pace.Hours is null ? due : _pace.Hours.OpenAt(due.ToOffset(Offset));

    private bool IsDoubled() => _pace.Faults.Duplicates > 0 && _faults.NextDouble() < _pace.Faults.Duplicates;

    private TimeSpan ClockError() => _faults.NextDouble() >= _pace.Faults.WrongClocks
        ? TimeSpan.Zero
        : TimeSpan.FromMinutes(10 + (170 * _faults.NextDouble())) * (_faults.Next(2) == 0 ? 1 : -1);

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

    private async Task PushAndLeaveAsync(Visit visit, (bool Matter, bool Evaluation) doubled, SemaphoreSlim places, CancellationToken abandon)
    {
        try
        {
            if (visit.Matter is not null)
                await PushAsync(Matters, PushedText.Of(visit.Matter), doubled.Matter, abandon);
            if (visit.Evaluation is not null)
                await PushAsync(Evaluations, PushedText.Of(visit.Evaluation), doubled.Evaluation, abandon);
        }
        finally
        {
            places.Release();
        }
    }

    private async Task PushAsync(string path, byte[] body, bool doubled, CancellationToken abandon)
    {
        // Asked before each push: a place may fall free just because of the end.
        if (!abandon.IsCancellationRequested && await _pusher.SendAsync(path, body, abandon) && doubled && !abandon.IsCancellationRequested)
            await _pusher.SendAsync(path, body, abandon);
    }

    private async Task SendKeptAsync(IReadOnlyList<Visit> kept, SemaphoreSlim places, CancellationToken abandon)
    {
        await places.WaitAsync(abandon);
        _ = SendAndLeaveAsync(kept, places, abandon);
    }

    // Matters before their ratings, as they happened.
    private async Task SendAndLeaveAsync(IReadOnlyList<Visit> kept, SemaphoreSlim places, CancellationToken abandon)
    {
        try
        {
            await SendAllAsync(Matters, [.. kept.Select(visit => visit.Matter).OfType<PushedMatter>().Select(PushedText.Of)], abandon);
            await SendAllAsync(Evaluations, [.. kept.Select(visit => visit.Evaluation).OfType<PushedEvaluation>().Select(PushedText.Of)], abandon);
        }
        finally
        {
            places.Release();
        }
    }

    private async Task SendAllAsync(string path, IReadOnlyList<byte[]> bodies, CancellationToken abandon)
    {
        foreach (var some in bodies.Chunk(Pusher.BodiesAtOnce))
        {
            if (abandon.IsCancellationRequested)
                return;
            _book.Keep(-some.Length);
            await _pusher.SendManyAsync(path, some, abandon);
        }
    }

    // Whoever holds every place knows that nothing is under way.
    private async Task WaitForAllAsync(SemaphoreSlim places)
    {
        for (var i = 0; i < _pace.MostAtOnce; i++)
            await places.WaitAsync();
    }
}
