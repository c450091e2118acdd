using System.Globalization;
using Microsoft.Extensions.Logging;
using Orleans.Placement;

namespace Feedback.Grains.Due;

/// <summary>
/// Gives the commands of a shard to their handlers, some at a time. What fails is put off and stands in nobody's way; what was
/// performed is taken away, and where that cannot be stored it is performed once more.
/// </summary>
[HashBasedPlacement]
internal sealed partial class DueGrain(IDueQueue queue, DueHandlers handlers, DueMetrics metrics, TimeProvider clock, ILogger<DueGrain> log) : Grain, IDueGrain
{
    /// <summary>The prefix of the key.</summary>
    public const string Prefix = "due-";

    /// <summary>Commands of a shard that are performed at the same time.</summary>
    public const int MostInFlight = 16;

    /// <summary>For so long a command of which no handler is known is left alone: another silo may know it by then.</summary>
    public static readonly TimeSpan UnknownPause = TimeSpan.FromMinutes(1);

    /// <summary>A handler that takes longer counts as failed.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly HashSet<string> _inFlight = [];
    private readonly HashSet<string> _settled = [];
    private bool _reading;
    private bool _mayBeMore;
    private bool _leaving;

    private int Shard => int.Parse(this.GetPrimaryKeyString().AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture);

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    public Task Wake()
    {
        _mayBeMore = true;
        Begin(room: 1);
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        // What is in flight ends by itself; what is not begun is begun by the next activation.
        _leaving = true;
        return Task.CompletedTask;
    }

    // While much waits, several are read at once; a tick makes do with whatever room those leave that hang.
    private void Begin(int room = MostInFlight / 2)
    {
        if (_mayBeMore && !_reading && !_leaving && MostInFlight - _inFlight.Count >= room)
            _ = BeginAsync();
    }

    private async Task BeginAsync()
    {
        (_reading, _mayBeMore) = (true, false);
        try
        {
            // What is in flight is still among the due, so there is always room for as many others as may be begun.
            var due = await queue.DueAsync(Shard, Now, MostInFlight);
            _mayBeMore |= due.Count == MostInFlight;
            foreach (var work in due)
            {
                if (_inFlight.Count < MostInFlight && !_leaving && !_settled.Contains(work.Due.Key) && _inFlight.Add(work.Due.Key))
                    _ = PerformAsync(work);
            }
        }
        catch (Exception e)
        {
            CouldNotRead(log, Shard, e);
        }
        finally
        {
            _reading = false;
            _settled.Clear();
        }

        // What ended while the rest was read has made room.
        Begin();
    }

    private async Task PerformAsync(DueWork work)
    {
        try
        {
            await SettleAsync(work, await TryAsync(DueCommand.Of(work)));
        }
        catch (Exception e)
        {
            // It stands as it was, and the next tick comes back to it; until then nothing new is begun that could not be settled either.
            _mayBeMore = false;
            CouldNotSettle(log, work.Due.Key, e);
        }

        _inFlight.Remove(work.Due.Key);
        // A reading under way may have seen it still.
        if (_reading)
            _settled.Add(work.Due.Key);
        Begin();
    }

    private Task SettleAsync(DueWork work, (long At, int Tries)? again) =>
        again is var (at, tries) ? queue.AgainAsync(work, at, tries) : queue.DoneAsync([work]);

    /// <summary>Performs a command.</summary>
    /// <returns>When it is to be tried again, and how often it has failed; null where it is done.</returns>
    private async Task<(long At, int Tries)?> TryAsync(DueCommand command)
    {
        if (handlers.Find(command.Word) is not { } handler)
        {
            if (handlers.IsNews(command.Word))
                Unknown(log, command.Word, command.Key);
            metrics.Performed("unknown", "unknown");
            return (Now + (long)UnknownPause.TotalMilliseconds, command.Tries);
        }

        if (command.Tries == 0)
            metrics.Began(command.Word, TimeSpan.FromMilliseconds(Now - command.At));
        try
        {
            var outcome = await handler.PerformAsync(command).WaitAsync(Patience, clock);
            metrics.Performed(command.Word, outcome.At is null ? "done" : "again");
            if (outcome.At is not { } at)
                return null;
            PutOff(log, command.Key, outcome.Reason);
            return (at, 0);
        }
        catch (Exception e)
        {
            var pause = RetryPause.After(command.Tries + 1);
            metrics.Performed(command.Word, "failed");
            Failed(log, command.Key, command.Tries + 1, pause, e);
            return (Now + (long)pause.TotalMilliseconds, command.Tries + 1);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What is due in shard {Shard} could not be read; it is looked at again in a moment.")]
    private static partial void CouldNotRead(ILogger log, int shard, Exception e);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What became of the command {Key} could not be stored; it is performed once more.")]
    private static partial void CouldNotSettle(ILogger log, string key, Exception e);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The command {Key} failed for the {Tries}. time; it is tried again in {Pause}.")]
    private static partial void Failed(ILogger log, string key, int tries, TimeSpan pause, Exception e);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The command {Key} was put off: {Reason}.")]
    private static partial void PutOff(ILogger log, string key, string? reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "This release does not know the command '{Word}' of {Key}; such commands wait for one that does.")]
    private static partial void Unknown(ILogger log, string word, string key);
}
