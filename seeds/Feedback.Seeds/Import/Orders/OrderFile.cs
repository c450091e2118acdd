using System.Collections.Immutable;
using System.Globalization;
using Feedback.Domain.Time;
using Feedback.Seeds.Import.Cases;

namespace Feedback.Seeds.Import.Orders;

/// <summary>A list of the city's orders that was read whole: either every row can be taken, or <see cref="Errors"/> tells why, and there are no orders.</summary>
public sealed class OrderFile
{
    /// <summary>The most rows of one file.</summary>
    public const int MostRows = 100_000;

    /// <summary>The longest text of what a citizen says, in characters.</summary>
    public const int LongestWords = 10_000;

    private OrderFile(long rows, ImmutableArray<ReadOrder> orders, IReadOnlyList<RowError> errors) =>
        (Rows, Orders, Errors) = (rows, errors.Count == 0 ? orders : [], errors);

    /// <summary>Rows below the header, blank lines not counted.</summary>
    public long Rows { get; }

    /// <summary>The orders in the order of the rows.</summary>
    public ImmutableArray<ReadOrder> Orders { get; }

    /// <summary>Everything that is wrong, by row, in the reader's language.</summary>
    public IReadOnlyList<RowError> Errors { get; }

    /// <summary>Reads a file to its end.</summary>
    /// <param name="file">A CSV file with a header, in UTF-8, UTF-16 with a byte order mark, or GB18030.</param>
    /// <param name="mapping">Which column means what.</param>
    /// <param name="clock">Tells which times lie in the future.</param>
    /// <param name="culture">The language of the errors.</param>
    /// <param name="cancellation">Stops between two rows.</param>
    /// <exception cref="MappingException">The mapping does not fit the columns.</exception>
    public static async Task<OrderFile> ReadAsync(
        byte[] file, OrderMapping mapping, TimeProvider clock, CultureInfo culture, CancellationToken cancellation = default)
    {
        var errors = new CaseRowErrors(culture);
        var (rows, orders) = await ListRows.ReadAsync<ReadOrder>(file, mapping.Delimiter, MostRows, errors, ReaderOf, cancellation);
        return new OrderFile(rows, orders, errors.All);

        Func<CsvRow, ReadOrder?> ReaderOf(IReadOnlyList<string> header)
        {
            mapping.CheckColumns([.. header]);
            return new OrderRowReader(mapping, header, errors, clock.GetUtcNow().ToUnixTimeMilliseconds()).Read;
        }
    }
}

/// <summary>Turns the cells of rows into orders; tells everything that is wrong with a row, not the first thing only.</summary>
internal sealed class OrderRowReader(OrderMapping mapping, IReadOnlyList<string> header, CaseRowErrors errors, long now)
{
    private const int LongestNumber = 64;
    private const int LongestWord = 200;
    private const int LongestNode = 500;

    private readonly CaseCells _cells = new(mapping.Missing, header, errors);
    private readonly CaseTimes _at = new(mapping.At, mapping.Zone);
    private readonly Dictionary<string, long> _numbers = new(StringComparer.Ordinal);

    /// <summary>Reads a row; null when something in it cannot be taken, which is told.</summary>
    public ReadOrder? Read(CsvRow row)
    {
        var before = errors.All.Count;
        if (row.Cells.Length < header.Count || row.Cells.Skip(header.Count).Any(cell => !string.IsNullOrWhiteSpace(cell)))
        {
            errors.Add(row.Number, null, "cells", row.Cells.Length.ToString(CultureInfo.InvariantCulture), header.Count);
            return null;
        }

        var number = NumberOf(row);
        var at = TimeOf(row);
        var node = Needed(row, mapping.Node, LongestNode);
        var words = Needed(row, mapping.Words, OrderFile.LongestWords, multiline: true);
        var contact = Optional(row, mapping.Contact, LongestWord);
        var category = Optional(row, mapping.Category, LongestWord);
        var (limit, due) = LimitOf(row, at);
        return errors.All.Count > before ? null : new ReadOrder(row.Number, number!, at!.Value, node!, words!, contact, category, limit, due);
    }

    private string? NumberOf(CsvRow row)
    {
        var number = Needed(row, mapping.Number, LongestNumber);
        if (number is null)
            return null;
        if (!number.All(letter => char.IsLetterOrDigit(letter) || letter is '-' or '.' or '_' or '(' or ')' or '（' or '）' or '〔' or '〕'))
            errors.Add(row.Number, mapping.Number.Column, "order-number-unfit", number);
        else if (!_numbers.TryAdd(number, row.Number))
            errors.Add(row.Number, mapping.Number.Column, "number-twice", number, _numbers[number]);
        return number;
    }

    private Moment? TimeOf(CsvRow row)
    {
        if (_cells.Needed(row, _at.Column, LongestWord) is not { } text)
            return null;
        var time = _at.Read(text);
        if (time is null)
            errors.Add(row.Number, _at.Column, "time-unknown", text, _at.Format);
        else if (time.Value.UtcMilliseconds > now)
            errors.Add(row.Number, _at.Column, "time-in-future", text);
        return time;
    }

    private (string? Limit, Moment? Due) LimitOf(CsvRow row, Moment? at)
    {
        if (Optional(row, mapping.Limit, LongestWord) is not { } text)
            return (null, null);
        if (LimitWords.Read(text) is { } limit)
            return (limit, null);
        var due = _at.Read(text);
        if (due is null)
            errors.Add(row.Number, mapping.Limit!.Column, "limit-unknown", text, _at.Format);
        else if (at is { } sent && due.Value.UtcMilliseconds < sent.UtcMilliseconds)
            errors.Add(row.Number, mapping.Limit!.Column, "limit-before-sent", text, _cells.Optional(row, _at.Column, LongestWord));
        return (null, due);
    }

    private string? Needed(CsvRow row, FieldMapping field, int longest, bool multiline = false) =>
        field.Value ?? Translated(field, _cells.Needed(row, field.Column!, longest, multiline));

    private string? Optional(CsvRow row, FieldMapping? field, int longest) =>
        field is null ? null : field.Value ?? Translated(field, _cells.Optional(row, field.Column!, longest));

    private static string? Translated(FieldMapping field, string? text) => text is null ? null : field.Values?.GetValueOrDefault(text) ?? text;
}
