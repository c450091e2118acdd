using System.Text;

namespace Feedback.Charts.Files;

/// <summary>The numbers of a chart as rows of texts, for spreadsheets.</summary>
/// <param name="Columns">The headings, in the language of the chart.</param>
/// <param name="Rows">The rows; each has as many cells as there are columns. Numbers are written with a point; an undefined one is empty.</param>
public sealed record ChartTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    // A spreadsheet takes a cell that begins with one of these for a formula; the blanks are skipped before it looks.
    private const string FormulaStarts = "=+-@\t\r\n＝＋－＠";

    /// <summary>
    /// The table as CSV by RFC 4180, in UTF-8 with a byte order mark, without which spreadsheets take Chinese for another
    /// encoding. Cells that a spreadsheet would run as formulas get an apostrophe in front.
    /// </summary>
    public byte[] Csv()
    {
        var text = new StringBuilder();
        foreach (var row in Rows.Prepend(Columns))
            text.AppendJoin(',', row.Select(Cell)).Append("\r\n");
        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    private static string Cell(string text)
    {
        if (text.Length > 0 && (FormulaStarts.Contains(text[0]) || FormulaStarts.Contains(text.AsSpan().TrimStart() is [var first, ..] ? first : ' ')))
            text = "'" + text;
        return text.AsSpan().IndexOfAny("\",\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"")}\"";
    }
}
