using System.Collections.Concurrent;
using Feedback.Grains.Due;
using Microsoft.Extensions.Logging;

namespace Feedback.Grains.Notices;

/// <summary>Tries to deliver what waits: for ten seconds at most, again after a pause that grows, and no more when it is too old.</summary>
internal sealed partial class Delivery(NoticeMetrics metrics, TimeProvider clock, ILogger<Delivery> log)
{
    /// <summary>Whoever takes longer has not taken it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, DeliveryLine> _lines = new(StringComparer.Ordinal);

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Nobody wants it any more.</summary>
    public DueOutcome Drop(string way)
    {
        metrics.Sent(way, "dropped");
        return DueOutcome.Done;
    }

    /// <summary>Tries once.</summary>
    /// <param name="command">The row.</param>
    /// <param name="way"><c>mail</c> or <c>hook</c>.</param>
    /// <param name="receiver">Who takes it: those who share a line have the same. No address of a person, as it is logged.</param>
    /// <param name="pause">When it is tried again.</param>
    /// <param name="since">When the row was written, milliseconds UTC.</param>
    /// <param name="send">Sends it.</param>
    public async Task<DueOutcome> TryAsync(DueCommand command, string way, string receiver, DeliveryPause pause, long since, Func<CancellationToken, Task> send)
    {
        var line = _lines.GetOrAdd(receiver, _ => new DeliveryLine());
        if (line.Enter(Now) is { } later)
            return Later(command, way, pause.Next(since, Now) is null ? null : later, "its receiver does not answer, or is busy");
        var failure = await FailureAsync(send);
        var isNews = line.Leave(failure is null or { IsForGood: true }, Now);
        if (failure is null)
        {
            metrics.Sent(way, "delivered");
            return DueOutcome.Done;
        }

        if (failure.IsForGood)
            return Later(command, way, null, failure.Message);
        metrics.Sent(way, "failed");
        if (isNews)
            Failing(log, receiver, failure.Message);
        return Later(command, way, pause.Next(since, Now), failure.Message);
    }

    private DueOutcome Later(DueCommand command, string way, long? at, string reason)
    {
        if (at is { } next)
            return DueOutcome.Again(next, reason);
        metrics.Sent(way, "given-up");
        GivenUp(log, command.Key, reason);
        return DueOutcome.Done;
    }

    private async Task<DeliveryException?> FailureAsync(Func<CancellationToken, Task> send)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        try
        {
            await send(patience.Token).WaitAsync(patience.Token);
            return null;
        }
        catch (DeliveryException e)
        {
            return e;
        }
        catch (OperationCanceledException)
        {
            return new DeliveryException("no answer within 10 seconds");
        }
        catch (Exception e)
        {
            // What it says may hold an address.
            return new DeliveryException(e.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Receiver} does not take what is sent: {Reason}. It is tried again, with growing pauses.")]
    private static partial void Failing(ILogger log, string receiver, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Key} was not delivered and is not tried any more: {Reason}.")]
    private static partial void GivenUp(ILogger log, string key, string reason);
}
