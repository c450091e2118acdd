namespace Feedback.Seeds.Import.Cases;

/// <summary>Reads single cells of a row, and tells what is wrong with them.</summary>
internal sealed class CaseCells
{
    private readonly HashSet<string> _missing;
    private readonly Dictionary<string, int> _columns;
    private readonly CaseRowErrors _errors;

    public CaseCells(IEnumerable<string> missing, IReadOnlyList<string> header, CaseRowErrors errors)
    {
        _missing = [.. missing, ""];
        _errors = errors;
        _columns = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (index, column) in header.Index())
            _columns.TryAdd(column, index);
    }

    /// <summary>The text of a cell that may be blank: null then, and also where it cannot be taken, which is told.</summary>
    public string? Optional(CsvRow row, string column, int longest, bool multiline = false)
    {
        var text = row.Cells[_columns[column]].Trim();
        if (_missing.Contains(text))
            return null;
        var wrong = text.Length > longest ? "too-long" : text.Contains('\uFFFD') ? "not-utf8" : Cells.IsClean(text, multiline) ? null : "control-characters";
        if (wrong is null)
            return text;
        _errors.Add(row.Number, column, wrong, text, longest);
        return null;
    }

    /// <summary>The text of a cell that may not be blank; null where it is or cannot be taken, which is told.</summary>
    public string? Needed(CsvRow row, string column, int longest, bool multiline = false)
    {
        if (!_missing.Contains(row.Cells[_columns[column]].Trim()))
            return Optional(row, column, longest, multiline);
        _errors.Add(row.Number, column, "blank");
        return null;
    }

    /// <summary>The meaning of a field's word; null where the word is not known, which is told.</summary>
    /// <param name="row">The row.</param>
    /// <param name="field">The field, which may translate the cell.</param>
    /// <param name="longest">The longest word.</param>
    /// <param name="meaning">Knows the words; null for one that it does not know.</param>
    /// <param name="words">The words that are known, for the error.</param>
    public T? Word<T>(CsvRow row, FieldMapping field, int longest, Func<string, T?> meaning, string words)
        where T : struct
    {
        var text = field.Value ?? Needed(row, field.Column!, longest);
        if (text is null)
            return null;
        if (meaning(field.Values?.GetValueOrDefault(text) ?? text) is { } known)
            return known;
        _errors.Add(row.Number, field.Column, "word-unknown", text, field.Values is { } values ? string.Join(", ", values.Keys.Order(StringComparer.Ordinal)) : words);
        return null;
    }
}
