namespace Feedback.Silo.Hosting;

/// <summary>
/// A clock that begins with another one's time and from then on goes as time passes, however that one is set. Orleans plans with it when a
/// grain that nobody uses is put away: told the time by a clock that is set back by more than a grain may be idle, it starts no grain at all
/// until that clock has caught up.
/// </summary>
/// <param name="clock">The clock that may be set.</param>
internal sealed class SteadyClock(TimeProvider clock) : TimeProvider
{
    private readonly DateTimeOffset _began = clock.GetUtcNow();
    private readonly long _start = clock.GetTimestamp();

    /// <inheritdoc/>
    public override long TimestampFrequency => clock.TimestampFrequency;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => clock.LocalTimeZone;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _began + clock.GetElapsedTime(_start);

    /// <inheritdoc/>
    public override long GetTimestamp() => clock.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => clock.CreateTimer(callback, state, dueTime, period);
}
