using System.Globalization;
using Feedback.Domain.Time;
using Feedback.Domain.WorkingTime;

namespace Feedback.Domain.Tests.Support;

/// <summary>An office in Shanghai that is open from 09:00 to 12:00 and from 13:30 to 17:00, and clocks that are told in its local time.</summary>
public static class Office
{
    /// <summary>Its calendar, hours and zone.</summary>
    public static readonly WorkingSchedule Shanghai = new(WorkCalendar.China, OpeningHours.Usual, HallZone.Get("Asia/Shanghai"));

    /// <summary>A local time such as <c>2026-03-02 09:10</c>, in milliseconds UTC; Shanghai has no summer time.</summary>
    public static long At(string local) =>
        DateTimeOffset.ParseExact(local + " +08:00", "yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();

    /// <summary>The same backwards; <c>-</c> for none.</summary>
    public static string Local(long? at) => at is { } time
        ? DateTimeOffset.FromUnixTimeMilliseconds(time).ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)
        : "-";

    /// <summary>A clock that was started.</summary>
    public static ClockHistory Started(string local, string limit) => ClockHistory.Empty.With(new ClockStarted(At(local), Limit.Parse(limit)));

    /// <summary>A pause that has not ended.</summary>
    public static ClockHistory Paused(this ClockHistory history, string local) => history.With(new ClockPaused(At(local), PauseReasons.AwaitingCitizen));

    /// <summary>The end of a pause.</summary>
    public static ClockHistory Resumed(this ClockHistory history, string local) => history.With(new ClockResumed(At(local)));

    /// <summary>A stop.</summary>
    public static ClockHistory Stopped(this ClockHistory history, string local) => history.With(new ClockStopped(At(local)));

    /// <summary>Another limit.</summary>
    public static ClockHistory Changed(this ClockHistory history, string local, string limit, LimitChange why = LimitChange.Extension) =>
        history.With(new LimitChanged(At(local), Limit.Parse(limit), history.Limit!.Value, why));

    /// <summary>The deadline in local time; <c>-</c> where there is none.</summary>
    public static string Due(this ClockHistory history) => Local(Deadlines.Explain(history, Shanghai).At);

    /// <summary>The deadline.</summary>
    public static Deadline Explained(this ClockHistory history, WorkCalendar? calendar = null) =>
        Deadlines.Explain(history, Shanghai with { Calendar = calendar ?? WorkCalendar.China });
}
