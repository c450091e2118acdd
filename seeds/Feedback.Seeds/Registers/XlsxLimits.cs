using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml;

namespace Feedback.Seeds.Registers;

/// <summary>
/// Looks a workbook through before it is read: a few bytes may unpack to more than any machine has, or claim rows and merged
/// cells that the reader would make in memory one by one.
/// </summary>
internal static partial class XlsxLimits
{
    /// <summary>The most columns that a sheet may have.</summary>
    public const int MostColumns = 256;

    /// <summary>The most cells that may be merged with others.</summary>
    public const int MostMerged = 100_000;

    /// <summary>The most bytes of all parts together, unpacked.</summary>
    public const int LargestUnpacked = 32 * 1024 * 1024;

    // A spreadsheet keeps half as many in a cell; its formula may stand beside it.
    private const int LongestCell = 1 << 16;

    private const int Nowhere = -1;

    private static readonly XmlReaderSettings Hardened = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    /// <exception cref="SheetBrokenException">The workbook is larger than a register may be.</exception>
    /// <exception cref="InvalidDataException">The file is no workbook.</exception>
    /// <exception cref="XmlException">A part is no XML.</exception>
    public static void Check(byte[] file)
    {
        using var zip = new ZipArchive(new MemoryStream(file), ZipArchiveMode.Read);
        var left = LargestUnpacked;
        foreach (var entry in zip.Entries)
        {
            using var part = Unpack(entry, left);
            left -= (int)part.Length;
            if (IsOfCells(entry.FullName))
                CheckPart(part);
        }
    }

    // Counted while it is unpacked: what the file itself says of its sizes may be wrong.
    private static MemoryStream Unpack(ZipArchiveEntry entry, int left)
    {
        var part = new MemoryStream();
        using var packed = entry.Open();
        var buffer = new byte[1 << 16];
        for (int read; (read = packed.Read(buffer)) > 0;)
        {
            if (part.Length + read > left)
                throw new SheetBrokenException("xlsx-too-large", $"{LargestUnpacked >> 20}");
            part.Write(buffer, 0, read);
        }

        part.Position = 0;
        return part;
    }

    private static bool IsOfCells(string name) =>
        name.Replace('\\', '/').TrimStart('/') is var path
        && (path.StartsWith("xl/worksheets/", StringComparison.OrdinalIgnoreCase) || path.StartsWith("xl/sharedStrings", StringComparison.OrdinalIgnoreCase));

    private static void CheckPart(Stream part)
    {
        using var xml = XmlReader.Create(part, Hardened);
        var (cells, merged, letters, textAt) = (0, 0L, 0, Nowhere);
        while (xml.Read())
        {
            if (textAt != Nowhere && xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace)
                letters += xml.Value.Length;
            if (letters > LongestCell)
                throw new SheetBrokenException("xlsx-cell-too-long");
            if (xml.NodeType == XmlNodeType.EndElement && xml.Depth == textAt)
                textAt = Nowhere;
            if (xml.NodeType != XmlNodeType.Element)
                continue;
            // The text of a cell, or one that cells share: all that stands within it counts together.
            if (xml.LocalName is "c" or "si" && textAt == Nowhere && !xml.IsEmptyElement)
                (textAt, letters) = (xml.Depth, 0);
            switch (xml.LocalName)
            {
                case "row":
                    cells = 0;
                    break;
                case "c":
                    CheckColumns(++cells);
                    CheckColumns(xml.GetAttribute("r"));
                    break;
                case "dimension":
                    CheckColumns(xml.GetAttribute("ref"));
                    break;
                case "mergeCell":
                    merged += AreaOf(xml.GetAttribute("ref"));
                    if (merged > MostMerged)
                        throw new SheetBrokenException("xlsx-merged", $"{MostMerged}");
                    break;
            }
        }
    }

    private static void CheckColumns(string? reference)
    {
        foreach (var corner in (reference ?? "").Split(':'))
            CheckColumns(ColumnOf(corner));
    }

    private static void CheckColumns(long count)
    {
        if (count > MostColumns)
            throw new SheetBrokenException("xlsx-too-wide", $"{MostColumns}");
    }

    // A range without its second corner would be looked at for ever.
    private static long AreaOf(string? range)
    {
        if (Range().Match(range ?? "") is not { Success: true } corners)
            throw new InvalidDataException("A merged range has no two corners.");
        var columns = Math.Abs(ColumnOf(corners.Groups[3].ValueSpan) - ColumnOf(corners.Groups[1].ValueSpan)) + 1;
        return columns * (Math.Abs(RowOf(4) - RowOf(2)) + 1);

        long RowOf(int group) => long.Parse(corners.Groups[group].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);
    }

    // The letters at the beginning of a cell's name.
    private static long ColumnOf(ReadOnlySpan<char> cell)
    {
        var column = 0L;
        foreach (var letter in cell)
        {
            if (char.ToUpperInvariant(letter) is not (>= 'A' and <= 'Z' and var upper))
                break;
            column = Math.Min((column * 26) + (upper - 'A' + 1), int.MaxValue);
        }

        return column;
    }

    [GeneratedRegex("^([A-Za-z]{1,3})([0-9]{1,7}):([A-Za-z]{1,3})([0-9]{1,7})$", RegexOptions.CultureInvariant)]
    private static partial Regex Range();
}
