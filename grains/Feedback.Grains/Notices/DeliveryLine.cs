using Feedback.Grains.Due;

namespace Feedback.Grains.Notices;

/// <summary>
/// The way from this silo to one receiver. Few messages are under way at once, and after a failure it rests: however much waits for a
/// receiver that is dead, it keeps nobody else waiting.
/// </summary>
internal sealed class DeliveryLine
{
    /// <summary>Messages to one receiver that are under way at the same time; after a failure it is one, until it answers again.</summary>
    public const int MostAtOnce = 8;

    private const long Moment = 1000;

    private readonly Lock _lock = new();
    private int _underWay;
    private int _failures;
    private long _restsUntil;

    /// <summary>Begins a message, if there is room and the line does not rest; then <see cref="Leave"/> must follow.</summary>
    /// <param name="now">Milliseconds UTC.</param>
    /// <returns>When it may be tried instead, milliseconds UTC; null where it is begun.</returns>
    public long? Enter(long now)
    {
        lock (_lock)
        {
            if (now < _restsUntil)
                return _restsUntil;
            if (_underWay >= (_failures == 0 ? MostAtOnce : 1))
                return now + Moment;
            _underWay++;
            return null;
        }
    }

    /// <summary>Ends a message.</summary>
    /// <param name="isAlive">Whether the receiver answered as it should, whatever it thinks of this message.</param>
    /// <param name="now">Milliseconds UTC.</param>
    /// <returns>Whether this is its first failure since it last answered.</returns>
    public bool Leave(bool isAlive, long now)
    {
        lock (_lock)
        {
            _underWay--;
            _failures = isAlive ? 0 : _failures + 1;
            _restsUntil = isAlive ? 0 : now + (long)RetryPause.After(_failures).TotalMilliseconds;
            return _failures == 1;
        }
    }
}
