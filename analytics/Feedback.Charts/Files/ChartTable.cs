namespace Feedback.Charts.Files;

/// <summary>The numbers of a chart as rows of texts, for spreadsheets.</summary>
/// <param name="Columns">The headings, in the language of the chart.</param>
/// <param name="Rows">The rows; each has as many cells as there are columns. Numbers are written with a point; an undefined one is empty.</param>
public sealed record ChartTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>The table as CSV.</summary>
    public byte[] Csv() => CsvFile.Of(Rows.Prepend(Columns).Select(row => row.Select(CsvFile.Cell)));
}
