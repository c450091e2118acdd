using System.Globalization;
using System.IO.Compression;
using System.Xml;
using MiniExcelLibs;
using MiniExcelLibs.OpenXml;

namespace Feedback.Seeds.Registers;

/// <summary>Reads the first sheet of an Excel workbook (.xlsx) as rows of text. A formula counts as the value it showed last.</summary>
internal static class XlsxSheet
{
    private const long LargestUnpacked = 256L * 1024 * 1024;

    // Excel keeps 15 digits of a number: a longer code has lost its end already when it was typed in.
    private const double LargestExact = 1e15;

    // Cells merged downwards, such as one hall beside its windows, say the same in every row.
    private static readonly OpenXmlConfiguration Merged = new() { FillMergedCells = true, EnableSharedStringCache = false };

    /// <exception cref="SheetBrokenException">The file is no workbook.</exception>
    public static List<SheetRow> Read(byte[] file)
    {
        try
        {
            CheckSize(file);
            using var stream = new MemoryStream(file);
            var rows = new List<SheetRow>();
            foreach (var row in stream.Query(useHeaderRow: false, excelType: ExcelType.XLSX, configuration: Merged).Take(SheetFile.MostRows + 1))
            {
                var cells = (IDictionary<string, object?>)row;
                rows.Add(new SheetRow(rows.Count + 1, [.. cells.Values.Select(TextOf)]));
            }

            return rows;
        }
        catch (Exception e) when (e is InvalidDataException or XmlException or KeyNotFoundException or InvalidOperationException
            or FormatException or NullReferenceException or ArgumentException or OverflowException or NotSupportedException)
        {
            // Whatever a library makes of a damaged workbook, it is a damaged workbook.
            throw new SheetBrokenException("xlsx-broken");
        }
    }

    // A small file may unpack to more than any machine has.
    private static void CheckSize(byte[] file)
    {
        using var zip = new ZipArchive(new MemoryStream(file), ZipArchiveMode.Read);
        if (zip.Entries.Sum(entry => entry.Length) > LargestUnpacked)
            throw new SheetBrokenException("file-too-large", $"{SheetFile.LargestFile >> 20}");
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
