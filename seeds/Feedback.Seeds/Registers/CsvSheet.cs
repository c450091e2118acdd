using Sylvan.Data.Csv;

namespace Feedback.Seeds.Registers;

/// <summary>Reads CSV text as rows (RFC 4180); comma, semicolon or tab, whichever the first line uses.</summary>
internal static class CsvSheet
{
    private const int LongestRow = 1 << 20;

    /// <exception cref="SheetBrokenException">The text is no CSV, or a row is too long.</exception>
    public static List<SheetRow> Read(string text)
    {
        var rows = new List<SheetRow>();
        // Blank lines are no rows to the reader; but people count them, so they are counted here.
        if (string.IsNullOrWhiteSpace(text))
            return rows;
        if (text.Contains('\0'))
            throw new SheetBrokenException("file-unknown");
        var options = new CsvDataReaderOptions { HasHeaders = false, Delimiter = DelimiterOf(text), MaxBufferSize = LongestRow, Comment = '\0' };
        try
        {
            using var csv = CsvDataReader.Create(new StringReader(text), options);
            for (var number = 1L; csv.Read() && rows.Count <= SheetFile.MostRows; number++)
            {
                var cells = new string[csv.RowFieldCount];
                for (var i = 0; i < cells.Length; i++)
                    cells[i] = SheetRow.Clean(csv.GetString(i));
                rows.Add(new SheetRow(number, cells));
            }
        }
        catch (Exception e) when (e is CsvFormatException or CsvConfigurationException)
        {
            throw new SheetBrokenException("csv-broken", null, rows.Count + 1);
        }

        return rows;
    }

    private static char DelimiterOf(string text)
    {
        var line = text.AsSpan(0, text.IndexOf('\n') is >= 0 and var end ? end : text.Length);
        var (comma, semicolon, tab) = (line.Count(','), line.Count(';'), line.Count('\t'));
        return tab > comma && tab > semicolon ? '\t' : semicolon > comma ? ';' : ',';
    }
}
