using System.Globalization;
using System.Text;
using Feedback.Analytics.Rates;
using Feedback.Domain.Evaluations;
using Feedback.Web.Words;

namespace Feedback.Web.Nodes;

/// <summary>What the page of a node shows, as CSV for spreadsheets: UTF-8 with a byte order mark, one line per place.</summary>
public static class NodeCsv
{
    /// <summary>The first characters by which a spreadsheet takes a cell for a formula.</summary>
    private const string FormulaStarts = "=+-@\t\r";

    /// <summary>Writes the file.</summary>
    public static byte[] Of(NodeModel model, PageWords words)
    {
        var text = new StringBuilder();
        Line(text,
            [words["name"], "id", words["customFrom"], words["customThrough"], words["grade5"], words["grade4"], words["grade3"], words["grade2"], words["grade1"],
             words["active"], words["rate"], words["intervalShort"] + " <", words["intervalShort"] + " >", words["origin-default"], words["origin-callback"], words["origin-declined"],
             words["response"], words["response"] + " n", words["before"] + " " + words["rate"], words["before"] + " n", words["change"], words["change"] + " <", words["change"] + " >"]);
        Row(text, words.Name(model.Node), model.Node.Id.Value, model, model.Now, model.Before);
        foreach (var child in model.Children)
            Row(text, words.Name(child.Node), child.Node.Id.Value, model, child.Now, child.Before);
        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    private static void Row(StringBuilder text, string name, string id, NodeModel model, PlaceFigures now, PlaceFigures before)
    {
        var (active, change) = (now.Active, RateDifference.Of(now.Rate, before.Rate));
        Line(text,
            [name, id, Day(model.Period.Shown.From), Day(model.Period.Last),
             Whole(active[5]), Whole(active[4]), Whole(active[3]), Whole(active[2]), Whole(active[1]), Whole(active.Total),
             Share(now.Rate.Value), Share(now.Interval?.Low), Share(now.Interval?.High),
             Whole(now.Count(Origin.Default)), Whole(now.Count(Origin.Callback)), Whole(now.Count(Origin.Declined)),
             Share(now.Response.Value), Whole(now.Response.Trials), Share(before.Rate.Value), Whole(before.Rate.Trials),
             Share(change?.Value), Share(change?.Low), Share(change?.High)]);
    }

    private static void Line(StringBuilder text, IReadOnlyList<string> cells) => text.AppendJoin(',', cells.Select(Cell)).Append("\r\n");

    // A negative number is no formula; everything else that begins like one is made text by an apostrophe.
    private static string Cell(string value)
    {
        var safe = value.Length > 0 && FormulaStarts.Contains(value[0]) && !double.TryParse(value, CultureInfo.InvariantCulture, out _) ? "'" + value : value;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : '"' + safe.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Whole(long count) => count.ToString(CultureInfo.InvariantCulture);

    private static string Share(double? share) => share?.ToString("0.######", CultureInfo.InvariantCulture) ?? "";
}
