namespace Feedback.Grains.Notices;

/// <summary>A mail as it is to be sent.</summary>
/// <param name="Id">Its identity: the same mail, sent twice, has the same; letters and digits only.</param>
/// <param name="To">The one address that gets it.</param>
/// <param name="Subject">The subject, one line.</param>
/// <param name="Text">The plain text.</param>
/// <param name="At">When it was written, milliseconds UTC.</param>
public sealed record Letter(string Id, string To, string Subject, string Text, long At);

/// <summary>Hands mails over to whoever delivers them.</summary>
public interface IMailCarrier
{
    /// <summary>Hands a mail over; once this returns, another has taken it.</summary>
    /// <exception cref="DeliveryException">It was not taken.</exception>
    Task SendAsync(Letter letter, CancellationToken cancellation);
}

/// <summary>What a hook is sent.</summary>
/// <param name="Id">Its identity, <c>webhook-id</c>: the same whenever it is sent again.</param>
/// <param name="Body">A CloudEvent in JSON.</param>
public sealed record HookMessage(string Id, byte[] Body);

/// <summary>Sends to hooks.</summary>
public interface IHookCarrier
{
    /// <summary>Sends a message; once this returns, the hook has taken it.</summary>
    /// <param name="hook">The hook.</param>
    /// <param name="message">The message.</param>
    /// <param name="timestamp">When it is sent, seconds since 1970, UTC; part of what is signed.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="DeliveryException">It was not taken.</exception>
    Task SendAsync(HookEndpoint hook, HookMessage message, long timestamp, CancellationToken cancellation);
}

/// <summary>Something was not taken by whom it was for.</summary>
/// <param name="reason">Why, in a few plain words without addresses of people: it is logged.</param>
/// <param name="forGood">Whether it makes no sense to try again.</param>
public sealed class DeliveryException(string reason, bool forGood = false) : Exception(reason)
{
    /// <summary>Whether it makes no sense to try again.</summary>
    public bool IsForGood { get; } = forGood;
}

/// <summary>Where people read on.</summary>
public interface INoticeLinks
{
    /// <summary>What this service is called where its messages are read: its public address, or a plain word without one.</summary>
    string Source { get; }

    /// <summary>The office's page of a case; null where no link can be made.</summary>
    /// <param name="number">The readable number.</param>
    string? CardOf(string number);

    /// <summary>The page at which the citizen follows the case; null where no link can be made.</summary>
    /// <param name="trackingCode">The code of the case: whoever has it acts as the citizen.</param>
    string? TrackingOf(string trackingCode);
}

/// <summary>For hosts without carriers: nothing can be sent from there.</summary>
internal sealed class NoCarrier : IMailCarrier, IHookCarrier, INoticeLinks
{
    public string Source => "feedback";

    public string? CardOf(string number) => null;

    public string? TrackingOf(string trackingCode) => null;

    public Task SendAsync(Letter letter, CancellationToken cancellation) => throw new DeliveryException("no mail can be sent from here");

    public Task SendAsync(HookEndpoint hook, HookMessage message, long timestamp, CancellationToken cancellation) =>
        throw new DeliveryException("nothing can be sent from here");
}
