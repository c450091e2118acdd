using System.Text;

namespace Feedback.Seeds.Registers;

/// <summary>Reads a spreadsheet's first sheet as rows of text. What it is, is told by its first bytes, not by its name.</summary>
internal static class SheetFile
{
    /// <summary>The most bytes that a file may have.</summary>
    public const int LargestFile = 16 * 1024 * 1024;

    /// <summary>The most rows that a file may have.</summary>
    public const int MostRows = 50_000;

    private static readonly byte[] Zip = "PK\u0003\u0004"u8.ToArray();
    private static readonly byte[] OldOffice = [0xD0, 0xCF, 0x11, 0xE0];

    /// <exception cref="SheetBrokenException">The file cannot be read.</exception>
    public static List<SheetRow> Read(byte[] file)
    {
        if (file.Length > LargestFile)
            throw new SheetBrokenException("file-too-large", $"{LargestFile >> 20}");
        if (file.AsSpan().StartsWith(OldOffice))
            throw new SheetBrokenException("file-is-xls");
        var rows = file.AsSpan().StartsWith(Zip) ? XlsxSheet.Read(file) : CsvSheet.Read(TextOf(file));
        if (rows.Count > MostRows)
            throw new SheetBrokenException("too-many-rows", $"{MostRows}");
        return rows;
    }

    /// <summary>
    /// The text of a file: as its byte order mark says; else UTF-8 where all bytes are that; else GB18030, the encoding of
    /// Chinese spreadsheets, which also reads GBK and GB 2312.
    /// </summary>
    /// <exception cref="SheetBrokenException">It is none of these.</exception>
    internal static string TextOf(byte[] file)
    {
        if (file.AsSpan().StartsWith(Encoding.Unicode.Preamble))
            return Encoding.Unicode.GetString(file.AsSpan(2));
        if (file.AsSpan().StartsWith(Encoding.BigEndianUnicode.Preamble))
            return Encoding.BigEndianUnicode.GetString(file.AsSpan(2));
        var bytes = file.AsSpan(file.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0);
        foreach (var encoding in new[] { new UTF8Encoding(false, throwOnInvalidBytes: true), Gb18030() })
        {
            try
            {
                return encoding.GetString(bytes);
            }
            catch (DecoderFallbackException)
            {
                // Then it is the next one.
            }
        }

        throw new SheetBrokenException("file-encoding");
    }

    private static Encoding Gb18030() => CodePagesEncodingProvider.Instance.GetEncoding(
        "GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;
}
