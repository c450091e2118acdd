using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Organisation;

namespace Feedback.Domain.WorkingTime;

/// <summary>A stretch of a day on which an office is open, as the clock on the wall shows it.</summary>
/// <param name="From">The first minute after midnight, 0 to 1439.</param>
/// <param name="To">The minute at which it closes, 1 to 1440.</param>
public readonly record struct OpenSpan(int From, int To);

/// <summary>
/// When an office is open: groups such as <c>Mon-Fri 09:00-12:00,13:30-17:00; Sat 09:00-12:00; Hol 10:00-12:00</c>. A group without
/// days is that of Monday to Friday.
/// </summary>
/// <remarks>
/// A worked Saturday or Sunday has the hours of the first weekday that has any. On a public holiday the office is closed unless there is
/// a group <c>Hol</c>; on another Saturday or Sunday it has that day's group, else the group <c>Hol</c>, else it is closed.
/// </remarks>
public sealed class OpeningHours
{
    /// <summary>Where nobody said when they are open: 09:00 to 12:00 and 13:30 to 17:00.</summary>
    public static readonly OpeningHours Usual = Parse("09:00-12:00,13:30-17:00");

    // By day of the week, Sunday first as .NET has it, and the eighth for holidays; a default array where nothing was said.
    private readonly ImmutableArray<OpenSpan>[] _groups;
    private readonly ImmutableArray<OpenSpan> _madeUp;

    internal const int Holidays = 7;

    internal OpeningHours(ImmutableArray<OpenSpan>[] groups)
    {
        _groups = groups;
        _madeUp = groups[1..6].First(group => !group.IsDefaultOrEmpty);
    }

    /// <summary>Reads opening hours.</summary>
    /// <param name="text">The text; Chinese punctuation is taken as well.</param>
    /// <param name="hours">The hours.</param>
    /// <param name="refusal">What is wrong with it, in the part that is named.</param>
    /// <param name="field">Where it was written.</param>
    public static bool TryParse(
        string text, [NotNullWhen(true)] out OpeningHours? hours, [NotNullWhen(false)] out Refusal? refusal, string field = "openingHours")
    {
        hours = OpeningHoursText.Read(text, field, out refusal);
        return hours is not null;
    }

    /// <summary>Reads opening hours that must be some.</summary>
    /// <exception cref="FormatException">They are none.</exception>
    public static OpeningHours Parse(string text) =>
        TryParse(text, out var hours, out var refusal) ? hours : throw new FormatException($"'{text}' are no opening hours: {refusal.Code} at '{refusal.Value}'.");

    /// <summary>The hours of a place: those of the nearest node that tells some which can be read, else the usual ones.</summary>
    /// <param name="line">The node and everything above it, as <see cref="OrganisationTree.LineOn"/> gives it.</param>
    public static OpeningHours Of(IEnumerable<Node> line)
    {
        foreach (var node in line)
        {
            if (node.OpeningHours is { } text && TryParse(text, out var hours, out _))
                return hours;
        }

        return Usual;
    }

    /// <summary>When the office is open on a day, ascending; empty when it is closed all day, null when nobody knows yet.</summary>
    public ImmutableArray<OpenSpan>? On(DateOnly day, WorkCalendar calendar)
    {
        var weekend = CalendarYear.IsWeekend(day);
        var worked = weekend ? _madeUp : Group((int)day.DayOfWeek);
        switch (calendar.StatusOf(day))
        {
            case DayStatus.Working:
                return worked;
            case DayStatus.Rest:
                return calendar.HolidayOn(day) is null ? OrdinaryRest(day) : Group(Holidays);
            default:
                // A desk that is open in the same way whatever the day turns out to be needs no calendar.
                return worked.SequenceEqual(Group(Holidays)) && (!weekend || worked.SequenceEqual(OrdinaryRest(day))) ? worked : null;
        }
    }

    private ImmutableArray<OpenSpan> OrdinaryRest(DateOnly day) => _groups[(int)day.DayOfWeek] is { IsDefault: false } own ? own : Group(Holidays);

    private ImmutableArray<OpenSpan> Group(int index) => _groups[index].IsDefault ? [] : _groups[index];
}
