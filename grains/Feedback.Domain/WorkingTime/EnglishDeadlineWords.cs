using System.Globalization;
using Feedback.Domain.Time;

namespace Feedback.Domain.WorkingTime;

internal sealed class EnglishDeadlineWords(HallZone zone, int year) : DeadlineWords(zone, year)
{
    public static string Of(Limit limit) => Many(limit.Amount, limit.Unit switch
    {
        LimitUnit.Minutes => "minute",
        LimitUnit.Hours => "hour",
        LimitUnit.WorkingHours => "working hour",
        LimitUnit.WorkingDays => "working day",
        _ => "calendar day",
    });

    internal override string Sentence(DeadlineStep step) => step switch
    {
        StartStep s => $"{(s.Again ? "Opened again and counted anew" : "Received")} {Time(s.At)}, limit {Of(s.Limit)}, {Rule(s.Limit.Unit)}",
        DaysStep { MadeUp: true } s => $"{Span(s.From, s.To)}{Weekday(s.From, s.To)} worked to make up for a holiday: {Numbers(s)}",
        DaysStep s => $"{Span(s.From, s.To)}: {Numbers(s)}",
        HoursStep s => $"{Span(s.From, s.To)}: {Text(s.Milliseconds)} of opening hours counted",
        SkipStep s => $"{Span(s.From, s.To)}: {Reason(s)}",
        PauseStep s => $"Paused {Time(s.At)} ({Reason(s.Reason)}), {(s.DaysLeft is { } days ? Many(days, "day") : Text(s.MillisecondsLeft ?? 0))} left",
        ResumeStep s => $"Resumed {Time(s.At)}",
        LimitStep s => $"Limit changed {Time(s.At)} from {Of(s.Before)} to {Of(s.After)} ({Why(s.Why)}), still counted from the start",
        MovedStep s => $"The last day, {Day(s.From)}, is no working day; moved to {Day(s.To)}",
        GraceStep s => $"The last day ended during the pause; moved to the closing of {Day(s.Day)}",
        DueStep s => $"Due {End(s.At)}",
        PendingStep s => $"The holidays of {Number(s.Year)} are not known: the deadline is pending until they are imported",
        OpenStep => "Nothing is counted during the pause, and nothing falls due",
        StopStep { LateBy: 0 } s => $"Done {Time(s.At)}, in time",
        StopStep { LateBy: { } late } s => $"Done {Time(s.At)}, {Text(late)} late",
        StopStep s => $"Done {Time(s.At)}; whether in time is pending",
        _ => throw new ArgumentOutOfRangeException(nameof(step)),
    };

    private protected override string Day(DateOnly day, bool year) => day.ToString(year ? "d MMM yyyy" : "d MMM", CultureInfo.InvariantCulture);

    private static string Rule(LimitUnit unit) => unit switch
    {
        LimitUnit.WorkingHours => "opening hours only",
        LimitUnit.WorkingDays or LimitUnit.Days => "that day is not counted",
        _ => "day and night",
    };

    private string Span(DateOnly from, DateOnly to) =>
        from == to ? Day(from)
        : from.Year == to.Year && from.Month == to.Month ? $"{Number(from.Day)}–{Day(to)}"
        : $"{Day(from)} – {Day(to)}";

    private static string Weekday(DateOnly from, DateOnly to) => from != to ? "" : $" ({from.DayOfWeek})";

    private static string Numbers(DaysStep s) =>
        (s.Unit == LimitUnit.Days ? "calendar day" : "working day") + (s.First == s.Last ? $" {s.First}" : $"s {s.First}–{s.Last}");

    private static string Reason(SkipStep s) => s.Reason switch
    {
        SkipReason.Holiday => $"{s.Holiday?.En ?? "holiday"}, skipped",
        SkipReason.Weekend => "weekend, skipped",
        SkipReason.Paused => "paused, not counted",
        _ => "closed, skipped",
    };

    private static string Reason(string code) => code switch
    {
        PauseReasons.AwaitingCitizen => "the citizen is to add something",
        PauseReasons.AwaitingExpert => "an expert, a test or a hearing is awaited",
        PauseReasons.AwaitingOffice => "another office is awaited",
        PauseReasons.Appeal => "an appeal is being decided",
        PauseReasons.Returned => "returned to the city, which has not sent it again",
        PauseReasons.ForceMajeure => "force majeure",
        _ => code,
    };

    private static string Why(LimitChange why) => why switch
    {
        LimitChange.Extension => "extension",
        LimitChange.Category => "another category",
        _ => "policy changed",
    };

    private static string Many(long count, string what) => $"{Number(count)} {what}{(count == 1 ? "" : "s")}";

    private static string Text(long milliseconds) => Duration(milliseconds) switch
    {
        (0, var minutes) => Many(minutes, "minute"),
        (var hours, 0) => Many(hours, "hour"),
        var (hours, minutes) => $"{Many(hours, "hour")} {Many(minutes, "minute")}",
    };
}
