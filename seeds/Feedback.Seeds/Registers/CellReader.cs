namespace Feedback.Seeds.Registers;

/// <summary>Reads cells, and tells what is wrong with one.</summary>
internal sealed class CellReader(Sheet sheet, RegisterErrors errors)
{
    /// <summary>Marks a number that has more digits than a spreadsheet keeps; no text has this letter.</summary>
    public const string CutNumber = "\uE000";

    private static readonly HashSet<string> SpreadsheetErrors = ["#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!"];

    /// <summary>A cell that must not be blank; null when it cannot be taken, which is told.</summary>
    public string? Needed(SheetRow row, RegisterColumn column, int longest)
    {
        if (sheet.Cell(row, column).Length > 0)
            return Optional(row, column, longest);
        errors.Add(row.Number, column, "blank");
        return null;
    }

    /// <summary>A cell that may be blank; null when it is, or when it cannot be taken, which is told.</summary>
    public string? Optional(SheetRow row, RegisterColumn column, int longest)
    {
        var cell = sheet.Cell(row, column);
        if (cell.Length == 0)
            return null;
        if (Wrong(cell, longest) is not { } code)
            return cell;
        errors.Add(row.Number, column, code, cell.TrimStart(CutNumber[0]), $"{longest}");
        return null;
    }

    /// <summary>A cell that is one of some words; null when it is blank or none of them, which is told.</summary>
    public T? Word<T>(SheetRow row, RegisterColumn column, IReadOnlyDictionary<string, T> words, string code)
        where T : struct
    {
        var cell = SheetRow.Narrow(sheet.Cell(row, column)).ToLowerInvariant();
        if (cell.Length == 0)
            return null;
        if (words.TryGetValue(cell, out var value))
            return value;
        errors.Add(row.Number, column, code, sheet.Cell(row, column));
        return null;
    }

    private static string? Wrong(string cell, int longest)
    {
        if (cell.StartsWith(CutNumber, StringComparison.Ordinal))
            return "number-cut";
        if (SpreadsheetErrors.Contains(cell.ToUpperInvariant()))
            return "cell-error";
        if (cell[0] is '=' or '＝' or '@' or '＠')
            return "formula";
        if (cell.Length > longest)
            return "too-long";
        for (var i = 0; i < cell.Length; i++)
        {
            if (char.IsControl(cell[i]) || cell[i] == '\uFFFD' || (char.IsSurrogate(cell[i]) && !(i + 1 < cell.Length && char.IsSurrogatePair(cell[i], cell[++i]))))
                return "unclean";
        }

        return null;
    }
}
