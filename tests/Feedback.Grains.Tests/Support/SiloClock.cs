using Microsoft.Extensions.Time.Testing;

namespace Feedback.Grains.Tests.Support;

/// <summary>A clock that stands still until it is told, and on which nobody waits for ever in a loop.</summary>
/// <remarks>
/// Orleans waits for a time by asking how far off it is, delaying for so long, and asking again. A delay has whole milliseconds:
/// where less than one is left it does not wait at all, and on a clock that stands still the loop never ends. Whoever looks so
/// often in a row is told a millisecond more.
/// </remarks>
/// <param name="start">The time at the beginning.</param>
internal sealed class SiloClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    private const int Patience = 100_000;
    private static readonly TimeSpan More = TimeSpan.FromMilliseconds(1);

    [ThreadStatic]
    private static long _seen;

    [ThreadStatic]
    private static int _looks;

    public override DateTimeOffset GetUtcNow()
    {
        var now = base.GetUtcNow();
        return IsLoop(now.UtcTicks) ? now + More : now;
    }

    public override long GetTimestamp()
    {
        var now = base.GetTimestamp();
        return IsLoop(now) ? now + (More.Ticks * TimestampFrequency / TimeSpan.TicksPerSecond) : now;
    }

    private static bool IsLoop(long time)
    {
        (_looks, _seen) = (time == _seen ? _looks + 1 : 0, time);
        if (_looks < Patience)
            return false;
        _looks = 0;
        return true;
    }
}
