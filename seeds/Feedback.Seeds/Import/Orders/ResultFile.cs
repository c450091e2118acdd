using System.Globalization;
using Feedback.Domain.Cases;
using Feedback.Seeds.Import.Cases;
using Feedback.Seeds.Registers;

namespace Feedback.Seeds.Import.Orders;

/// <summary>The city's list of orders with its results, read whole: either every row can be taken, or <see cref="Errors"/> tells why.</summary>
/// <param name="Results">The results by the city's number; none where there are errors.</param>
/// <param name="Errors">Everything that is wrong, by row, in the reader's language.</param>
public sealed record ResultFile(IReadOnlyDictionary<string, OrderResults> Results, IReadOnlyList<RowError> Errors)
{
    private const int LongestWord = 64;
    private static readonly string[] Yes = ["yes", "y", "true", "1", "是", "已解决", "解决", "满意", "基本满意", "非常满意", "及时", "按时"];
    private static readonly string[] No = ["no", "n", "false", "0", "否", "未解决", "不满意", "非常不满意", "超时", "逾期"];

    /// <summary>Reads a file to its end.</summary>
    /// <param name="file">A CSV file with a header, in UTF-8, UTF-16 with a byte order mark, or GB18030.</param>
    /// <param name="mapping">Which column tells which result.</param>
    /// <param name="culture">The language of the errors.</param>
    /// <param name="cancellation">Stops between two rows.</param>
    /// <exception cref="MappingException">The mapping does not fit the columns.</exception>
    public static async Task<ResultFile> ReadAsync(byte[] file, ResultMapping mapping, CultureInfo culture, CancellationToken cancellation = default)
    {
        var errors = new CaseRowErrors(culture);
        var results = new Dictionary<string, OrderResults>(StringComparer.Ordinal);
        var rows = new Dictionary<string, long>(StringComparer.Ordinal);
        try
        {
            using var text = new StringReader(SheetFile.TextOf(file));
            await using var csv = await CsvRows.OpenAsync(text, mapping.Delimiter, cancellation);
            mapping.CheckColumns([.. csv.Header]);
            var cells = new CaseCells(mapping.Missing, csv.Header, errors);
            await foreach (var row in csv.ReadAsync(cancellation))
            {
                if (row.Cells.Length < csv.Header.Count)
                {
                    errors.Add(row.Number, null, "cells", row.Cells.Length.ToString(CultureInfo.InvariantCulture), csv.Header.Count);
                    continue;
                }

                var told = mapping.Results.Select(one => Read(row, one.Field, cells, errors)).ToList();
                if (cells.Needed(row, mapping.Number.Column!, LongestWord) is not { } number)
                    continue;
                if (!rows.TryAdd(number, row.Number))
                    errors.Add(row.Number, mapping.Number.Column, "number-twice", number, rows[number]);
                results[number] = new OrderResults(told[0], told[1], told[2], told[3], told[4], told[5]);
            }

            if (results.Count == 0 && errors.All.Count == 0)
                errors.Add(0, null, "empty");
        }
        catch (CsvBrokenException e)
        {
            errors.Add(e.Row, null, e.Row == 1 ? "empty" : "broken");
        }
        catch (SheetBrokenException)
        {
            errors.Add(0, null, "encoding");
        }

        return new ResultFile(errors.All.Count == 0 ? results : new Dictionary<string, OrderResults>(), errors.All);
    }

    private static bool? Read(CsvRow row, FieldMapping? field, CaseCells cells, CaseRowErrors errors)
    {
        if (field is null || cells.Optional(row, field.Column!, LongestWord) is not { } cell)
            return null;
        var word = field.Values?.GetValueOrDefault(cell) ?? cell;
        if (Yes.Contains(word, StringComparer.OrdinalIgnoreCase))
            return true;
        if (!No.Contains(word, StringComparer.OrdinalIgnoreCase))
            errors.Add(row.Number, field.Column, "word-unknown", cell, string.Join(", ", Yes.Concat(No)));
        return false;
    }
}
