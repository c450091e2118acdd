using System.Globalization;
using Feedback.Analytics.Rates;
using Feedback.Charts.Files;
using Feedback.Domain.Evaluations;
using Feedback.Web.Words;

namespace Feedback.Web.Nodes;

/// <summary>What the page of a node shows, as CSV for spreadsheets: UTF-8 with a byte order mark, one line per place.</summary>
public static class NodeCsv
{
    /// <summary>Writes the file.</summary>
    public static byte[] Of(NodeModel model, PageWords words) => CsvFile.Of(
    [
        Heads(words).Select(CsvFile.Cell),
        Row(words.Name(model.Node), model.Node.Id.Value, model, model.Now, model.Before),
        .. model.Children.Select(child => Row(words.Name(child.Node), child.Node.Id.Value, model, child.Now, child.Before)),
    ]);

    private static string[] Heads(PageWords words) =>
    [
        words["name"], "id", words["customFrom"], words["customThrough"], words["grade5"], words["grade4"], words["grade3"], words["grade2"], words["grade1"],
        words["active"], words["rate"], words.Say("lowerLimit", words["intervalShort"]), words.Say("upperLimit", words["intervalShort"]), words["origin-default"], words["origin-callback"], words["origin-declined"],
        words["response"], words["response"] + " n", words["before"] + " " + words["rate"], words["before"] + " n", words["change"], words.Say("lowerLimit", words["change"]), words.Say("upperLimit", words["change"]),
    ];

    // Only the name is a text that somebody chose; a difference may be negative and is a number still.
    private static string[] Row(string name, string id, NodeModel model, PlaceFigures now, PlaceFigures before)
    {
        var (active, change) = (now.Active, RateDifference.Of(now.Rate, before.Rate));
        return
        [
            CsvFile.Cell(name), id, Day(model.Period.Shown.From), Day(model.Period.Last),
            Whole(active[5]), Whole(active[4]), Whole(active[3]), Whole(active[2]), Whole(active[1]), Whole(active.Total),
            Share(now.Rate.Value), Share(now.Interval?.Low), Share(now.Interval?.High),
            Whole(now.Count(Origin.Default)), Whole(now.Count(Origin.Callback)), Whole(now.Count(Origin.Declined)),
            Share(now.Response.Value), Whole(now.Response.Trials), Share(before.Rate.Value), Whole(before.Rate.Trials),
            Share(change?.Value), Share(change?.Low), Share(change?.High),
        ];
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Whole(long count) => count.ToString(CultureInfo.InvariantCulture);

    private static string Share(double? share) => share?.ToString("0.######", CultureInfo.InvariantCulture) ?? "";
}
