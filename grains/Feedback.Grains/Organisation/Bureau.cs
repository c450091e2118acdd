using Feedback.Domain.Journal;
using Feedback.Grains.Journal;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Feedback.Grains.Organisation;

/// <summary>Follows the bureau's streams, and appends to them.</summary>
public sealed partial class Bureau(IJournal journal, TimeProvider clock, ILogger<Bureau> log) : BackgroundService, IBureau
{
    private static readonly StreamName[] Streams = [StreamName.Organisation, StreamName.Catalogue, StreamName.Keys, StreamName.Policies];
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private const int RowsAtOnce = 1000;

    private readonly SemaphoreSlim _folding = new(1, 1);
    private readonly Lock _asking = new();
    private readonly Dictionary<StreamName, StreamTail> _tails = Streams.ToDictionary(stream => stream, StreamTail.Of);
    private volatile BureauState _current = BureauState.Empty;
    private volatile bool _loaded;
    private Task<BureauState>? _refresh;
    private Task<BureauState>? _next;

    /// <inheritdoc/>
    public BureauState Current => _current;

    /// <inheritdoc/>
    public bool IsLoaded => _loaded;

    /// <inheritdoc/>
    public Task<BureauState> RefreshAsync()
    {
        // A look under way may have begun before what the caller asks for was stored: all who come meanwhile share the next one.
        lock (_asking)
            return _refresh is { IsCompleted: false } running ? _next ??= RefreshAfterAsync(running) : _refresh = RefreshNowAsync();
    }

    /// <inheritdoc/>
    public async Task<BureauState> DecideAsync(StreamName stream, Func<BureauState, Decision> decide)
    {
        while (true)
        {
            var (state, tail) = await CatchUpAsync(stream);
            var decision = decide(state);
            if (decision.Events.Count == 0)
                return state;
            var row = tail.Next([.. decision.Events.Select(EventText.Write)], clock.GetUtcNow().ToUnixTimeMilliseconds());
            try
            {
                await journal.WriteAsync((decision.Unit ?? new JournalUnit()) with { Append = new Append(stream, row) });
                return (await CatchUpAsync(stream)).State;
            }
            catch (VersionConflictException)
            {
                // Somebody else appended first: the decision is made again on what they left.
            }
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        using var stopping = stoppingToken.Register(timer.Dispose);
        while (await timer.WaitForNextTickAsync(CancellationToken.None))
        {
            try
            {
                await RefreshAsync();
            }
            catch (Exception e)
            {
                CouldNotRefresh(log, e);
            }
        }
    }

    private async Task<BureauState> RefreshAfterAsync(Task<BureauState> running)
    {
        // It yields in any case, so that it is known as the next one before it begins.
        await ((Task)running).ConfigureAwait(ConfigureAwaitOptions.ForceYielding | ConfigureAwaitOptions.SuppressThrowing);
        Task<BureauState> mine;
        lock (_asking)
        {
            _next = null;
            mine = _refresh = RefreshNowAsync();
        }

        return await mine;
    }

    private async Task<BureauState> RefreshNowAsync() => (await CatchUpAsync(StreamName.Organisation)).State;

    // State and tail belong together: a decision on one state must not be appended after what that state does not know.
    private async Task<(BureauState State, StreamTail Tail)> CatchUpAsync(StreamName stream)
    {
        await _folding.WaitAsync();
        try
        {
            var heads = await journal.HeadsAsync(Streams);
            foreach (var (followed, head) in heads)
            {
                while (_tails[followed].Version < head)
                    await FoldAsync(followed);
            }

            _loaded = true;
            return (_current, _tails[stream]);
        }
        finally
        {
            _folding.Release();
        }
    }

    private async Task FoldAsync(StreamName stream)
    {
        var state = _current;
        var tail = _tails[stream];
        foreach (var row in await journal.ReadAsync(stream, tail.Version, RowsAtOnce))
        {
            foreach (var (_, happened) in EventText.Read(row))
            {
                state = stream == StreamName.Organisation ? state with { Tree = state.Tree.Apply(happened) }
                    : stream == StreamName.Catalogue ? state with { Catalogue = state.Catalogue.Apply(happened) }
                    : stream == StreamName.Keys ? state with { Keys = state.Keys.Apply(happened) }
                    : state with { Policies = state.Policies.Apply(happened) };
            }

            tail = StreamTail.After(row);
        }

        _tails[stream] = tail;
        _current = state;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Organisation, catalogue, keys and policies could not be refreshed; the last known state stays in force.")]
    private static partial void CouldNotRefresh(ILogger log, Exception e);
}
