using Feedback.Analytics.Rates;
using Feedback.Domain.Organisation;

namespace Feedback.Web.Nodes;

/// <summary>A place below, in the table of its parent.</summary>
/// <param name="Node">The place.</param>
/// <param name="Now">Its figures of the period.</param>
/// <param name="Before">Those of the period before.</param>
public sealed record ChildRow(Node Node, PlaceFigures Now, PlaceFigures Before)
{
    /// <summary>How its rate moved; null when it cannot be told.</summary>
    public RateDifference? Change => RateDifference.Of(Now.Rate, Before.Rate);
}

/// <summary>The order of the places below. Those with too few evaluations to judge come last, however they are sorted by rate or change.</summary>
/// <param name="By">The column.</param>
public readonly record struct ChildSort(string By)
{
    /// <summary>The columns that can be sorted by.</summary>
    public static readonly IReadOnlyList<string> Columns = ["name", "number", "rate", "response", "trend"];

    /// <summary>Reads <c>sort</c>; by rate when left out or unknown.</summary>
    public static ChildSort Read(IQueryCollection query) =>
        new(Columns.Contains(query["sort"].ToString()) ? query["sort"].ToString() : "rate");

    /// <summary>The rows in order: names ascending, figures from the largest.</summary>
    public IReadOnlyList<ChildRow> Sorted(IEnumerable<ChildRow> rows)
    {
        var opened = rows.OrderBy(row => row.Node.Id.Value.Length).ThenBy(row => row.Node.Id);
        return
        [
            .. By switch
            {
                "name" => opened.OrderBy(row => row.Node.Name.Code, StringComparer.Ordinal),
                "number" => opened.OrderByDescending(row => row.Now.Rate.Trials),
                "response" => opened.OrderByDescending(row => row.Now.Response.Value ?? -1),
                "trend" => opened.OrderBy(row => row.Now.TooFew || row.Before.TooFew).ThenByDescending(row => row.Change?.Value ?? -2),
                _ => opened.OrderBy(row => row.Now.TooFew).ThenByDescending(row => row.Now.TooFew ? row.Now.Rate.Trials : row.Now.Rate.Value ?? -1),
            },
        ];
    }
}
