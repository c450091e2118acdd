using System.Globalization;
using Feedback.Analytics.Rates;
using Feedback.Api.Hotline;
using Feedback.Charts.Files;
using Feedback.Web.Words;

namespace Feedback.Web.Cases.Hotline;

/// <summary>The city's figures beside ours as CSV for spreadsheets: a line per figure, then a line per order that differs.</summary>
internal static class HotlineCsv
{
    /// <summary>Writes the file.</summary>
    public static byte[] Of(HotlineMonth month, PageWords words) => CsvFile.Of(
    [
        Cells(
            words["hotline-figure"], words["hotline-number"], words["hotline-theirs-yes"], words["hotline-theirs-of"], words["hotline-theirs"],
            words["hotline-ours-yes"], words["hotline-ours-of"], words["hotline-ours"], words["hotline-difference"], words["hotline-differing"]),
        Cells(words["hotline-orders"], "", Whole(month.Compared.TheirOrders), "", "", Whole(month.Compared.OurOrders), "", "", Whole(month.Compared.OurOrders - month.Compared.TheirOrders), ""),
        .. month.Compared.Figures.Select(one => Cells(
            words["hotline-" + one.Word], "", Whole(one.Theirs?.Successes), Whole(one.Theirs?.Trials), Share(one.Theirs),
            Whole(one.Ours.Successes), Whole(one.Ours.Trials), Share(one.Ours), Share(one.Difference), Whole(one.Differing))),
        .. (month.Compared.Orders?.Differences ?? []).Select(one => Cells(
            words["hotline-" + one.What], one.Number, "", "", Word(one.Theirs, words), "", "", Word(one.Ours, words), "", "")),
    ]);

    /// <summary>Yes, no, or nothing where one side does not say.</summary>
    public static string Word(bool? yes, PageWords words) => yes switch { true => words["hotline-yes"], false => words["hotline-no"], null => "" };

    // A difference may be negative and is a number still: only what is a text is guarded against formulas.
    private static string[] Cells(params string[] cells) => [.. cells.Select(cell => double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? cell : CsvFile.Cell(cell))];

    private static string Whole(long? count) => count?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string Share(Proportion? share) => Share(share?.Value);

    private static string Share(double? share) => share?.ToString("0.######", CultureInfo.InvariantCulture) ?? "";
}
