using System.Globalization;
using Feedback.Domain.Time;

namespace Feedback.Domain.WorkingTime;

/// <summary>Tells people how a deadline came about, one sentence a step, in zh or en. Days and times are those of the office.</summary>
public abstract class DeadlineWords
{
    private readonly HallZone _zone;
    private readonly int _year;

    private protected DeadlineWords(HallZone zone, int year) => (_zone, _year) = (zone, year);

    /// <summary>The sentences of a deadline.</summary>
    /// <param name="deadline">The deadline.</param>
    /// <param name="zone">The zone of the office.</param>
    /// <param name="chinese">Whether they are Chinese; else English.</param>
    public static IReadOnlyList<string> Of(Deadline deadline, HallZone zone, bool chinese)
    {
        // Days of the year in which the clock was started are told without it.
        var year = deadline.Steps is [StartStep start, ..] ? zone.LocalTime(start.At).Day.Year : 0;
        DeadlineWords words = chinese ? new ChineseDeadlineWords(zone, year) : new EnglishDeadlineWords(zone, year);
        return [.. deadline.Steps.Select(words.Sentence)];
    }

    /// <summary>A limit as people say it, such as 5个工作日 or 5 working days.</summary>
    public static string Of(Limit limit, bool chinese) => chinese ? ChineseDeadlineWords.Of(limit) : EnglishDeadlineWords.Of(limit);

    internal abstract string Sentence(DeadlineStep step);

    private protected abstract string Day(DateOnly day, bool year);

    private protected string Day(DateOnly day) => Day(day, day.Year != _year);

    private protected string Time(long at) => $"{Day(_zone.LocalTime(at).Day)} {Clock(at)}";

    // An office that closes at midnight closes at 24:00 of its day.
    private protected string End(long at) => Clock(at) == "00:00" ? $"{Day(_zone.LocalTime(at - 1).Day)} 24:00" : Time(at);

    private protected static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Days, hours and minutes, rounded up to a minute.</summary>
    private protected static (long Hours, long Minutes) Duration(long milliseconds)
    {
        var minutes = (milliseconds + 59_999) / 60_000;
        return (minutes / 60, minutes % 60);
    }

    private string Clock(long at) => _zone.LocalText(at).Substring(11, 5);
}
