using System.Globalization;
using Feedback.Analytics.Periods;

namespace Feedback.Web.Periods;

/// <summary>The period that a page shows, and the one that it is held against.</summary>
/// <param name="Choice">One of <see cref="Choices"/>.</param>
/// <param name="Shown">The local days shown, up to today at the latest for all choices but custom.</param>
/// <param name="Before">As many days of the stretch before: of the month, quarter or year before from its first day on, else the days right before.</param>
/// <param name="Mistaken">Whether what was asked for cannot be, so that the usual period is shown instead.</param>
public sealed record ShownPeriod(string Choice, Period Shown, Period Before, bool Mistaken)
{
    /// <summary>What the reader can choose, in the order of the picker.</summary>
    public static readonly IReadOnlyList<string> Choices = ["today", "7days", "30days", "month", "quarter", "year", "custom"];

    private const string Usual = "30days";
    private const int MostDays = 3660;

    /// <summary>The last day shown.</summary>
    public DateOnly Last => Shown.To.AddDays(-1);

    /// <summary>Reads <c>period</c>, and for a custom one <c>from</c> and <c>through</c>, both days included.</summary>
    /// <param name="query">The query string.</param>
    /// <param name="today">The node's local day.</param>
    public static ShownPeriod Read(IQueryCollection query, DateOnly today)
    {
        var choice = query["period"].ToString() is { Length: > 0 } chosen ? chosen : Usual;
        var shown = choice switch
        {
            "today" => Through(today, today),
            "7days" => Through(today.AddDays(-6), today),
            "30days" => Through(today.AddDays(-29), today),
            "month" => Through(new DateOnly(today.Year, today.Month, 1), today),
            "quarter" => Through(new DateOnly(today.Year, (today.Month - 1) / 3 * 3 + 1, 1), today),
            "year" => Through(new DateOnly(today.Year, 1, 1), today),
            "custom" => Through(Day(query, "from"), Day(query, "through")),
            _ => null,
        };
        return shown is null
            ? Read(QueryCollection.Empty, today) with { Mistaken = true }
            : new ShownPeriod(choice, shown, BeforeOf(choice, shown), Mistaken: false);
    }

    /// <summary>The period in a query string, so that the address can be shared.</summary>
    public string Query() => Choice == "custom"
        ? string.Create(CultureInfo.InvariantCulture, $"period=custom&from={Shown.From:yyyy-MM-dd}&through={Last:yyyy-MM-dd}")
        : "period=" + Choice;

    private static Period BeforeOf(string choice, Period shown)
    {
        var months = choice switch { "month" => 1, "quarter" => 3, "year" => 12, _ => 0 };
        if (months == 0)
            return new Period(shown.From.AddDays(-shown.Days), shown.From);
        var from = shown.From.AddMonths(-months);
        // The month before may be shorter: never into the period itself.
        return new Period(from, Earlier(from.AddDays(shown.Days), shown.From));
    }

    private static DateOnly Earlier(DateOnly one, DateOnly other) => one < other ? one : other;

    private static Period? Through(DateOnly? first, DateOnly? last) =>
        first is { } from && last is { } through && from <= through && through.DayNumber - from.DayNumber < MostDays
            ? new Period(from, through.AddDays(1))
            : null;

    private static DateOnly? Day(IQueryCollection query, string name) =>
        DateOnly.TryParseExact(query[name].ToString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day.Year is >= 1980 and < 9000 ? day : null;
}
