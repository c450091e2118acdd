using System.Collections.Immutable;
using Feedback.Seeds.Registers;

namespace Feedback.Seeds.Import.Cases;

/// <summary>Reads a list of another system row by row: what a row says, or what is wrong with it.</summary>
internal static class ListRows
{
    /// <summary>Reads a file to its end, or to one row more than it may have.</summary>
    /// <param name="file">A CSV file with a header, in UTF-8, UTF-16 with a byte order mark, or GB18030.</param>
    /// <param name="delimiter">What separates its columns; null for whatever does.</param>
    /// <param name="most">The most rows of one file.</param>
    /// <param name="errors">Takes what is wrong.</param>
    /// <param name="readerOf">Gives the reader of a row for a header: null for a row that cannot be taken.</param>
    /// <param name="cancellation">Stops between two rows.</param>
    /// <returns>Rows below the header, blank lines not counted, and what was read of them.</returns>
    /// <exception cref="MappingException">The mapping does not fit the columns.</exception>
    public static async Task<(long Rows, ImmutableArray<T> Read)> ReadAsync<T>(
        byte[] file, char? delimiter, int most, CaseRowErrors errors, Func<IReadOnlyList<string>, Func<CsvRow, T?>> readerOf, CancellationToken cancellation)
        where T : class
    {
        var (rows, all) = (0L, ImmutableArray.CreateBuilder<T>());
        try
        {
            using var text = new StringReader(SheetFile.TextOf(file));
            await using var csv = await CsvRows.OpenAsync(text, delimiter, cancellation);
            if (csv.Header.All(column => column.Length == 0))
                throw new CsvBrokenException(1, "The header is blank.");
            var read = readerOf(csv.Header);
            await foreach (var row in csv.ReadAsync(cancellation))
            {
                if (++rows > most)
                {
                    errors.Add(row.Number, null, "too-many", null, most);
                    break;
                }

                if (read(row) is { } one)
                    all.Add(one);
            }

            if (rows == 0)
                errors.Add(0, null, "empty");
        }
        catch (CsvBrokenException e)
        {
            errors.Add(e.Row, null, e.Row == 1 && rows == 0 ? "empty" : "broken");
        }
        catch (SheetBrokenException)
        {
            errors.Add(0, null, "encoding");
        }

        return (rows, all.DrainToImmutable());
    }
}
