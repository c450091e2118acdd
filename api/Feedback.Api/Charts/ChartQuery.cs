using System.Globalization;
using Feedback.Analytics.Periods;
using Feedback.Api.Intake;
using Feedback.Api.Problems;
using Feedback.Api.Satisfaction;
using Feedback.Charts;
using Feedback.Charts.Words;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Organisation;

namespace Feedback.Api.Charts;

/// <summary>The file formats of a chart.</summary>
internal enum ChartFormat
{
    /// <summary>A picture in pixels.</summary>
    Png,

    /// <summary>A picture in lines and text.</summary>
    Svg,

    /// <summary>The numbers of the picture.</summary>
    Csv,
}

/// <summary>How a reader wants to see a chart, whatever it shows.</summary>
/// <param name="Chart">The chart.</param>
/// <param name="Format">The file format.</param>
/// <param name="Words">The language.</param>
/// <param name="Theme">Light or dark.</param>
/// <param name="Size">Size of the picture.</param>
internal sealed record ChartQuery(ChartKind Chart, ChartFormat Format, ChartWords Words, ChartTheme Theme, ChartSize Size)
{
    private const int DefaultDays = 30;
    private const int DefaultWidth = 800;
    private const int DefaultHeight = 450;

    /// <summary>Reads what does not depend on the node.</summary>
    /// <exception cref="RefusedException">Something is wrong; the refusal names it.</exception>
    public static ChartQuery Read(string name, string format, HttpRequest request) => new(
        ChartKind.Find(name) ?? throw new RefusedException(new Refusal("chart-unknown", "name", name)),
        format switch
        {
            "png" => ChartFormat.Png,
            "svg" => ChartFormat.Svg,
            "csv" => ChartFormat.Csv,
            _ => throw new RefusedException(new Refusal("format-unknown", "format", format)),
        },
        request.Query["lang"].ToString() switch
        {
            "zh" => ChartWords.Chinese,
            "en" => ChartWords.English,
            "" => ChartWords.For(Problem.CultureOf(request)),
            var other => throw new RefusedException(new Refusal("language-unknown", "lang", other)),
        },
        request.Query["theme"].ToString() switch
        {
            "light" or "" => ChartTheme.Light,
            "dark" => ChartTheme.Dark,
            var other => throw new RefusedException(new Refusal("theme-unknown", "theme", other)),
        },
        new ChartSize(
            Points(request.Query, "width", DefaultWidth, ChartSize.LeastWidth, ChartSize.MostWidth),
            Points(request.Query, "height", DefaultHeight, ChartSize.LeastHeight, ChartSize.MostHeight)));

    /// <summary>The period asked for; by itself the last 30 local days of the node, today included.</summary>
    /// <exception cref="RefusedException">It is none; the refusal names the member.</exception>
    public static Period PeriodOf(IQueryCollection query, Node node, DateTimeOffset now)
    {
        // From is included and to is not: so the period that ends with today goes to tomorrow.
        var to = Given(query, "to") ?? node.Zone.LocalTime(now.ToUnixTimeMilliseconds()).Day.AddDays(1);
        var from = Given(query, "from") ?? to.AddDays(-DefaultDays);
        if (to <= from)
            throw new RefusedException(new Refusal("period-empty", query["to"].Count > 0 ? "to" : "from"));
        if (to.DayNumber - from.DayNumber > SatisfactionQuery.MostDays)
            throw new RefusedException(new Refusal("period-too-long", "to", SatisfactionQuery.MostDays.ToString(CultureInfo.InvariantCulture)));
        return new Period(from, to);
    }

    private static DateOnly? Given(IQueryCollection query, string name) => query[name].Count == 0
        ? null
        : SatisfactionQuery.Day(query, name) ?? throw new RefusedException(SatisfactionQuery.BadDay(query, name));

    private static int Points(IQueryCollection query, string name, int byDefault, int least, int most)
    {
        if (query[name].Count == 0)
            return byDefault;
        return int.TryParse(query[name].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var points) && points >= least && points <= most
            ? points
            : throw new RefusedException(new Refusal("size-invalid", name, string.Create(CultureInfo.InvariantCulture, $"{least}–{most}")));
    }
}
