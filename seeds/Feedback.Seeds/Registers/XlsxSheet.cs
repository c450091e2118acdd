using System.Globalization;
using MiniExcelLibs;
using MiniExcelLibs.OpenXml;

namespace Feedback.Seeds.Registers;

/// <summary>Reads the first sheet of an Excel workbook (.xlsx) as rows of text. A formula counts as the value it showed last.</summary>
internal static class XlsxSheet
{
    // Many cells may show one long text: so all of them are counted, wherever they are stored.
    private const long MostLetters = XlsxLimits.LargestUnpacked;

    // Excel keeps 15 digits of a number: a longer code has lost its end already when it was typed in.
    private const double LargestExact = 1e15;

    // Cells merged downwards, such as one hall beside its windows, say the same in every row.
    // A cell may not stand for another part of the file, as pictures do.
    private static readonly OpenXmlConfiguration Merged = new() { FillMergedCells = true, EnableSharedStringCache = false, EnableConvertByteArray = false };

    /// <exception cref="SheetBrokenException">The file is no workbook, or larger than a register may be.</exception>
    public static List<SheetRow> Read(byte[] file)
    {
        try
        {
            XlsxLimits.Check(file);
            using var stream = new MemoryStream(file);
            var rows = new List<SheetRow>();
            var letters = 0L;
            foreach (var row in stream.Query(useHeaderRow: false, excelType: ExcelType.XLSX, configuration: Merged).Take(SheetFile.MostRows + 1))
            {
                var cells = ((IDictionary<string, object?>)row).Values.Select(TextOf).ToList();
                // A sheet is as wide as its widest row: what is blank there need not be kept.
                var width = cells.FindLastIndex(cell => cell.Length > 0) + 1;
                cells.RemoveRange(width, cells.Count - width);
                letters += cells.Sum(cell => (long)cell.Length);
                if (letters > MostLetters)
                    throw new SheetBrokenException("xlsx-too-large", $"{XlsxLimits.LargestUnpacked >> 20}");
                rows.Add(new SheetRow(rows.Count + 1, [.. cells]));
            }

            return rows;
        }
        catch (Exception e) when (e is not (SheetBrokenException or OutOfMemoryException))
        {
            // Whatever a library makes of a damaged workbook, it is a damaged workbook.
            throw new SheetBrokenException("xlsx-broken");
        }
    }

    private static string TextOf(object? value) => value switch
    {
        null => "",
        string text => SheetRow.Clean(text),
        bool yes => yes ? "1" : "0",
        double number when Math.Abs(number) >= LargestExact => CellReader.CutNumber + number.ToString("R", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => SheetRow.Clean(value.ToString()),
    };
}
