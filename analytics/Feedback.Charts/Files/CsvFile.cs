using System.Text;

namespace Feedback.Charts.Files;

/// <summary>Rows as CSV for spreadsheets, by RFC 4180, in UTF-8 with a byte order mark: without it they take Chinese for another encoding.</summary>
public static class CsvFile
{
    // A spreadsheet takes a cell that begins with one of these for a formula; the blanks are skipped before it looks.
    private const string FormulaStarts = "=+-@\t\r\n＝＋－＠";

    /// <summary>Writes a file.</summary>
    /// <param name="rows">Rows of cells as they stand in the file, made by <see cref="Cell"/>; or numbers.</param>
    public static byte[] Of(IEnumerable<IEnumerable<string>> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows)
            text.AppendJoin(',', row).Append("\r\n");
        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    /// <summary>A text as a cell. One that a spreadsheet would run as a formula gets an apostrophe in front.</summary>
    public static string Cell(string text)
    {
        if (text.Length > 0 && (FormulaStarts.Contains(text[0]) || FormulaStarts.Contains(text.AsSpan().TrimStart() is [var first, ..] ? first : ' ')))
            text = "'" + text;
        return text.AsSpan().IndexOfAny("\",\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"")}\"";
    }
}
