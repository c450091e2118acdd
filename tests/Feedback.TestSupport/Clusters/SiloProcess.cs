using System.Globalization;
using Feedback.TestSupport.Running;

namespace Feedback.TestSupport.Clusters;

/// <summary>Where one silo of a cluster lives: its addresses stay the same however often it is started.</summary>
/// <param name="Name">Its name in the cluster.</param>
/// <param name="Address">The IP address that it listens at, for people and for other silos.</param>
/// <param name="WebPort">The port for people and terminals.</param>
/// <param name="SiloPort">The port for other silos.</param>
/// <param name="Within">The words before the command that put the process where it belongs, such as another network; empty for here.</param>
public sealed record SiloPlace(string Name, string Address, int WebPort, int SiloPort, IReadOnlyList<string> Within)
{
    /// <summary>Where terminals push to.</summary>
    public Uri Url => new(string.Create(CultureInfo.InvariantCulture, $"http://{Address}:{WebPort}"));
}

/// <summary>
/// One silo, as a service manager runs it: it is started again when it ends by itself, and stays away when it was told to.
/// </summary>
public sealed class SiloProcess(SiloPlace place, string[] arguments, IReadOnlyDictionary<string, string?> environment) : IAsyncDisposable
{
    private const int Stop = 19;
    private const int Continue = 18;

    private readonly List<string> _logs = [];
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _gate = new();
    private FeedbackProcess? _process;
    private Task? _watching;
    private TimeSpan _processorTime;

    /// <summary>Where it lives.</summary>
    public SiloPlace Place => place;

    /// <summary>Whether it is to run: it was started, and neither killed nor stopped since. It may hang, or be about to be started again.</summary>
    public bool IsWanted => _process is not null;

    private bool IsRunning => _process is { HasEnded: false };

    /// <summary>How often it ended without being told to.</summary>
    public int EndedByItself { get; private set; }

    /// <summary>The process id.</summary>
    public int Id => (_process ?? throw new InvalidOperationException($"{place.Name} does not run.")).Id;

    /// <summary>The processor time that all its processes so far have used.</summary>
    public TimeSpan ProcessorTime => _processorTime + (IsRunning ? ProcessorTimes.Of(Id) : TimeSpan.Zero);

    /// <summary>What it said on the error stream, of every start; for the words of a failing test.</summary>
    public string Log
    {
        get
        {
            lock (_gate)
                return string.Join('\n', _logs.Append(_process?.Errors ?? "").Where(text => text.Length > 0));
        }
    }

    /// <summary>Starts it; returns at once.</summary>
    public void Start()
    {
        lock (_gate)
            _process = FeedbackProcess.Begin(place.Within, environment, arguments);
        _watching ??= Task.Run(WatchAsync);
    }

    /// <summary>kill -9. Returns when it is gone.</summary>
    public async Task KillAsync()
    {
        var process = Leave();
        if (process is null)
            return;
        await process.KillAsync();
        await KeepAsync(process);
    }

    /// <summary>SIGTERM, as by a service manager, and waits for the end.</summary>
    public async Task<Ended> TerminateAsync()
    {
        var process = Leave() ?? throw new InvalidOperationException($"{place.Name} does not run.");
        var ended = await process.StopAsync();
        await KeepAsync(process);
        return ended;
    }

    /// <summary>SIGSTOP: it hangs, its connections stay open.</summary>
    public void Pause() => _ = Signals.Send(Id, Stop);

    /// <summary>SIGCONT: it goes on where it stopped.</summary>
    public void Resume() => _ = Signals.Send(Id, Continue);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        if (_watching is not null)
            await _watching;
        await KillAsync();
        _end.Dispose();
    }

    private FeedbackProcess? Leave()
    {
        lock (_gate)
        {
            if (_process is { HasEnded: false })
                _processorTime += ProcessorTimes.Of(_process.Id);
            var process = _process;
            _process = null;
            return process;
        }
    }

    private async Task KeepAsync(FeedbackProcess process)
    {
        lock (_gate)
            _logs.Add(process.Errors);
        await process.DisposeAsync();
    }

    // What systemd's Restart=always does, a second later.
    private async Task WatchAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            if (_process is { HasEnded: true } gone)
            {
                lock (_gate)
                {
                    if (_process == gone)
                    {
                        EndedByItself++;
                        _logs.Add(gone.Output + gone.Errors);
                        _process = FeedbackProcess.Begin(place.Within, environment, arguments);
                    }
                }
            }

            await Task.Delay(TimeSpan.FromSeconds(1), Wait.Clock, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
