using Feedback.Storage.Membership;
using Feedback.Storage.Schema;

namespace Feedback.Silo.Hosting;

/// <summary>
/// Says in PostgreSQL that a silo uses the database, from before anything else starts until everything has stopped: a verb that needs
/// the database alone refuses then. A silo that starts while such a verb works waits for its end.
/// </summary>
/// <param name="connection">The database.</param>
/// <param name="name">What the silo is called.</param>
/// <param name="clock">Times the looks at the connection.</param>
/// <param name="log">Hears of waiting.</param>
internal sealed class ServedDatabase(string connection, string name, TimeProvider clock, ILogger<ServedDatabase> log) : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(1);

    // Below the five minutes in which a service manager wants to hear that it has started.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private DatabaseUse? _use;
    private bool _waits;

    /// <inheritdoc/>
    /// <exception cref="UsageException">A verb has the database alone, and was not through in time.</exception>
    /// <exception cref="UnfinishedWorkException">A verb had it alone and did not come to its end.</exception>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var begun = clock.GetTimestamp();
        while ((_use = await DatabaseUse.TryShareAsync(connection, name, cancellationToken)) is null)
        {
            if (clock.GetElapsedTime(begun) > Patience)
                throw new UsageException("Another verb, such as rebuild or restore, has the PostgreSQL database alone: start again when it is through.");
            if (!_waits)
                Log.Waits(log);
            _waits = true;
            await Task.Delay(AskEvery, clock, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        Leave();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        Leave();
    }

    // A database that was started anew has forgotten who uses it.
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, clock);
        // Not by the token: that would be a fault of this service where the host did not start.
        using var stopping = stoppingToken.Register(timer.Dispose);
        while (await timer.WaitForNextTickAsync(CancellationToken.None))
        {
            try
            {
                if (_use is { } use && await use.LastsAsync(stoppingToken))
                    continue;
                Leave();
                _use = await DatabaseUse.TryShareAsync(connection, name, stoppingToken);
                // What it counted is being made anew under its hands.
                if (_use is null)
                    new SiloEnd().OnFatalException(this, "A verb has the PostgreSQL database alone, since its connection was lost.", exception: null);
            }
            catch (UnfinishedWorkException e)
            {
                new SiloEnd().OnFatalException(this, "The PostgreSQL database was changed since its connection was lost.", e);
            }
            catch (Exception)
            {
                // The database is still away: another look follows. Or the silo stops.
            }
        }
    }

    private void Leave() => Interlocked.Exchange(ref _use, null)?.Dispose();

    private static class Log
    {
        private static readonly Action<ILogger, Exception?> WaitsForAVerb = LoggerMessage.Define(
            LogLevel.Warning, new EventId(1), "This silo waits with its start: a verb such as rebuild or restore has the PostgreSQL database alone.");

        public static void Waits(ILogger log) => WaitsForAVerb(log, null);
    }
}
