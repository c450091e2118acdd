using System.Globalization;
using Feedback.Analytics.Periods;
using Feedback.Domain.Evaluations;

namespace Feedback.Api.Satisfaction;

/// <summary>What a reader asks for: a node, a half-open period of local days, and how to cut it.</summary>
/// <param name="Node">The node's id or path.</param>
/// <param name="Period">From inclusive, to exclusive.</param>
/// <param name="Unit">How the period is cut.</param>
/// <param name="Children">Whether the nodes directly below are told apart.</param>
public sealed record SatisfactionQuery(string Node, Period Period, PeriodUnit Unit, bool Children)
{
    internal const int MostDays = 3700;
    private static readonly string[] Units = ["hour", "day", "week", "month", "quarter", "year", "total"];

    /// <summary>Reads the query string, or tells what is wrong with it.</summary>
    public static (SatisfactionQuery? Query, Refusal? Refusal) Read(IQueryCollection query)
    {
        if (query["node"].ToString() is not { Length: > 0 } node)
            return (null, new Refusal("member-missing", "node"));
        if (Day(query, "from") is not { } from)
            return (null, BadDay(query, "from"));
        if (Day(query, "to") is not { } to)
            return (null, BadDay(query, "to"));
        if (to <= from)
            return (null, new Refusal("period-empty", "to"));
        if (to.DayNumber - from.DayNumber > MostDays)
            return (null, new Refusal("period-too-long", "to", MostDays.ToString(CultureInfo.InvariantCulture)));
        var word = query["by"].ToString() is { Length: > 0 } by ? by : "total";
        if (Array.IndexOf(Units, word) is var unit && unit < 0)
            return (null, new Refusal("unit-unknown", "by", word));
        var children = query["children"].ToString();
        return children is "" or "true" or "false"
            ? (new SatisfactionQuery(node, new Period(from, to), (PeriodUnit)unit, children == "true"), null)
            : (null, new Refusal("flag-invalid", "children"));
    }

    /// <summary>The word of a unit in the query string.</summary>
    public static string WordOf(PeriodUnit unit) => Units[(int)unit];

    // The years that a calendar of this kind can speak of; beyond them months could not be counted on.
    internal static DateOnly? Day(IQueryCollection query, string name) =>
        DateOnly.TryParseExact(query[name].ToString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day.Year is >= 1970 and < 9990 ? day : null;

    internal static Refusal BadDay(IQueryCollection query, string name) =>
        query[name].ToString() is { Length: > 0 } text ? new Refusal("day-invalid", name, text) : new Refusal("member-missing", name);
}
