using System.Globalization;

namespace Feedback.Seeds.Import;

/// <summary>Why a row, or what became of it, was not taken.</summary>
/// <param name="Row">The row as a spreadsheet counts: the header is row 1.</param>
/// <param name="Column">The column's header; null when it is about the whole row.</param>
/// <param name="Value">What stands there; null when it is about the whole row.</param>
/// <param name="Problem">What is wrong.</param>
/// <param name="Mend">What to do.</param>
public sealed record RowError(long Row, string? Column, string? Value, string Problem, string Mend);

/// <summary>A row that cannot be read.</summary>
internal sealed class RowErrorException(RowError error) : Exception(error.Problem)
{
    public RowError Error { get; } = error;
}

/// <summary>Writes row errors as CSV: row, column, value, problem, mend. Cells that a spreadsheet would compute are disarmed.</summary>
/// <param name="to">Takes the text; the header comes with the first error.</param>
internal sealed class ErrorReport(TextWriter to)
{
    private const int LongestValue = 200;

    /// <summary>How many errors were written.</summary>
    public long Count { get; private set; }

    /// <summary>Writes an error.</summary>
    public async Task AddAsync(RowError error)
    {
        if (Count++ == 0)
            await to.WriteLineAsync("row,column,value,problem,mend");
        var value = error.Value is { Length: > LongestValue } ? error.Value[..LongestValue] + "…" : error.Value;
        await to.WriteLineAsync(string.Join(',',
            error.Row.ToString(CultureInfo.InvariantCulture), Cell(error.Column), Cell(value), Cell(error.Problem), Cell(error.Mend)));
    }

    // OWASP, CSV injection: these beginnings make a spreadsheet compute the cell, blanks before them or not; an apostrophe makes it text.
    private static string Cell(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "";
        if (text[0] is '\t' or '\r' or '\n' || text.AsSpan().TrimStart() is ['=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠', ..])
            text = "'" + text;
        return text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
