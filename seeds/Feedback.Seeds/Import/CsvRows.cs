using System.Runtime.CompilerServices;
using Sylvan.Data.Csv;

namespace Feedback.Seeds.Import;

/// <summary>A file that cannot be read on as CSV.</summary>
internal sealed class CsvBrokenException(long row, string message) : Exception(message)
{
    public long Row { get; } = row;
}

/// <summary>The cells of one row, as they stand.</summary>
/// <param name="Number">The row as a spreadsheet counts: the header is row 1.</param>
/// <param name="Cells">The cells.</param>
internal readonly record struct CsvRow(long Number, string[] Cells);

/// <summary>Reads a CSV file row by row (RFC 4180), and holds one row at a time.</summary>
internal sealed class CsvRows : IAsyncDisposable
{
    private const int LongestRow = 1 << 20;

    private readonly CsvDataReader _csv;

    private CsvRows(CsvDataReader csv)
    {
        _csv = csv;
        Header = [.. Enumerable.Range(0, csv.FieldCount).Select(i => csv.GetName(i).TrimStart('\uFEFF').Trim())];
    }

    /// <summary>The trimmed names of the columns.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <exception cref="CsvBrokenException">There is no header.</exception>
    public static async Task<CsvRows> OpenAsync(TextReader text, char? delimiter, CancellationToken cancellation)
    {
        var options = new CsvDataReaderOptions
        {
            Delimiter = delimiter,
            MaxBufferSize = LongestRow,
            OwnsReader = false,
            Comment = '\0', // a row that begins with # is a row
        };
        try
        {
            return new CsvRows(await CsvDataReader.CreateAsync(text, options, cancellation));
        }
        catch (Exception e) when (e is CsvFormatException or CsvConfigurationException)
        {
            throw new CsvBrokenException(1, $"The file has no header that can be read: {e.Message}");
        }
    }

    /// <summary>The rows below the header, without blank lines.</summary>
    /// <exception cref="CsvBrokenException">The file cannot be read on.</exception>
    public async IAsyncEnumerable<CsvRow> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var number = 2L; await NextAsync(number, cancellation); number++)
        {
            var cells = new string[_csv.RowFieldCount];
            for (var i = 0; i < cells.Length; i++)
                cells[i] = _csv.GetString(i);
            if (Array.Exists(cells, cell => !string.IsNullOrWhiteSpace(cell)))
                yield return new CsvRow(number, cells);
        }
    }

    public ValueTask DisposeAsync() => _csv.DisposeAsync();

    private async Task<bool> NextAsync(long number, CancellationToken cancellation)
    {
        try
        {
            return await _csv.ReadAsync(cancellation);
        }
        catch (CsvFormatException e)
        {
            throw new CsvBrokenException(number, e.Message);
        }
    }
}
