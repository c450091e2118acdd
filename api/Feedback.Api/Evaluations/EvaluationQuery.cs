using System.Globalization;
using Feedback.Api.Satisfaction;
using Feedback.Domain.Evaluations;

namespace Feedback.Api.Evaluations;

/// <summary>Which single evaluations a reader asks for: received on local days from … to (excluded).</summary>
/// <param name="From">The first local day.</param>
/// <param name="To">The local day after the last.</param>
/// <param name="After">The cursor; null for the first page.</param>
/// <param name="Limit">1 to 200; 50 when left out.</param>
/// <param name="OldestFirst">The order; newest first when left out.</param>
public sealed record EvaluationQuery(DateOnly From, DateOnly To, long? After, int Limit, bool OldestFirst)
{
    /// <summary>The most on a page.</summary>
    public const int MostOnPage = 200;

    private const int UsuallyOnPage = 50;

    /// <summary>Reads the query string, or tells what is wrong with it.</summary>
    public static (EvaluationQuery? Query, Refusal? Refusal) Read(IQueryCollection query)
    {
        if (SatisfactionQuery.Day(query, "from") is not { } from)
            return (null, SatisfactionQuery.BadDay(query, "from"));
        if (SatisfactionQuery.Day(query, "to") is not { } to)
            return (null, SatisfactionQuery.BadDay(query, "to"));
        if (to <= from)
            return (null, new Refusal("period-empty", "to"));
        var (after, limit, refusal) = Paging(query);
        if (refusal is not null)
            return (null, refusal);
        var order = query["order"].ToString();
        return order is "" or "newest" or "oldest"
            ? (new EvaluationQuery(from, to, after, limit, order == "oldest"), null)
            : (null, new Refusal("order-unknown", "order", order));
    }

    /// <summary>Reads <c>after</c> and <c>limit</c>.</summary>
    public static (long? After, int Limit, Refusal? Refusal) Paging(IQueryCollection query)
    {
        if (Whole(query, "limit", UsuallyOnPage, MostOnPage) is not { } limit)
            return (null, 0, new Refusal("count-invalid", "limit", string.Create(CultureInfo.InvariantCulture, $"1–{MostOnPage}")));
        if (Whole(query, "after", 0, long.MaxValue) is not { } after)
            return (null, 0, new Refusal("count-invalid", "after", "1–…"));
        return (after == 0 ? null : after, (int)limit, null);
    }

    private static long? Whole(IQueryCollection query, string name, long usual, long most) =>
        query[name].ToString() is not { Length: > 0 } text ? usual
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most ? number
        : null;
}
