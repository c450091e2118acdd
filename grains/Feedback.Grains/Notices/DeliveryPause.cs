namespace Feedback.Grains.Notices;

/// <summary>
/// When something that was not taken is sent again: after as long as was waited already, so that each pause is about twice the one
/// before, between 5 seconds and a longest pause; and for the last time when it is no longer worth it. It follows from two times, so
/// whichever silo tries next keeps to it.
/// </summary>
/// <param name="Longest">The longest pause.</param>
/// <param name="GoodFor">For how long it is tried.</param>
public sealed record DeliveryPause(TimeSpan Longest, TimeSpan GoodFor)
{
    /// <summary>The shortest pause.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(5);

    /// <summary>Mails: up to an hour apart, for a day, about 33 times.</summary>
    public static readonly DeliveryPause OfMails = new(TimeSpan.FromHours(1), TimeSpan.FromDays(1));

    /// <summary>Hooks: up to four hours apart, for three days, about 30 times.</summary>
    public static readonly DeliveryPause OfHooks = new(TimeSpan.FromHours(4), TimeSpan.FromDays(3));

    /// <summary>When it is tried next; null when it was tried for the last time.</summary>
    /// <param name="since">When it was written, milliseconds UTC.</param>
    /// <param name="now">Milliseconds UTC.</param>
    public long? Next(long since, long now)
    {
        var end = since + (long)GoodFor.TotalMilliseconds;
        if (now >= end)
            return null;
        var pause = Math.Clamp(now - since, (long)Shortest.TotalMilliseconds, (long)Longest.TotalMilliseconds);
        return Math.Min(now + pause, end);
    }
}
