namespace Feedback.Seeds.Import;

/// <summary>Reads single cells as the mapping's fields say.</summary>
internal sealed class Cells(ImportMapping mapping, IReadOnlyList<string> header)
{
    /// <summary>Stands for "asked, and none given".</summary>
    public const byte DeclinedGrade = 0;

    private readonly HashSet<string> _missing = [.. mapping.Missing, ""];

    /// <summary>The text of a field: translated where the mapping does so, else null when it counts as blank.</summary>
    /// <exception cref="RowErrorException">The text is too long, or not clean.</exception>
    public string? Text(CsvRow row, FieldMapping field, int longest, bool multiline = false)
    {
        var raw = Raw(row, field);
        var text = field.Values?.GetValueOrDefault(raw) ?? (_missing.Contains(raw) ? null : raw);
        if (text is null)
            return null;
        if (text.Length > longest)
            throw Error(row, field, $"The text is longer than {longest} characters.", "Shorten it.");
        if (text.Contains('\uFFFD'))
            throw Error(row, field, "The text holds bytes that are no UTF-8.", "Save the file as UTF-8.");
        return IsClean(text, multiline) ? text : throw Error(row, field, "The text holds control characters.", "Take them out.");
    }

    /// <summary>The text of a grade. Where the mapping translates grades, it must know every one that occurs.</summary>
    /// <exception cref="RowErrorException">The mapping does not know the cell.</exception>
    public string? Grade(CsvRow row, FieldMapping field)
    {
        var raw = Raw(row, field);
        if (field.Values?.TryGetValue(raw, out var translated) ?? false)
            return translated;
        if (_missing.Contains(raw))
            return null;
        return field.Values is null ? raw : throw Error(row, field,
            $"The mapping does not say which grade this is; it knows {string.Join(", ", field.Values.Keys.Order(StringComparer.Ordinal))}.",
            "Mend the cell, or add it to the mapping's values.");
    }

    /// <summary>An error about a field's cell.</summary>
    public RowErrorException Error(CsvRow row, FieldMapping field, string problem, string mend) =>
        new(new RowError(row.Number, field.Column, Raw(row, field), problem, mend));

    private string Raw(CsvRow row, FieldMapping field) => field.Value ?? row.Cells[IndexOf(field.Column!)].Trim();

    private int IndexOf(string column)
    {
        var index = 0;
        while (header[index] != column)
            index++;
        return index;
    }

    /// <summary>Whether a text has no control characters and no half surrogate pairs.</summary>
    public static bool IsClean(string text, bool multiline)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsControl(text[i]) && !(multiline && text[i] is '\n' or '\r' or '\t'))
                return false;
            if (char.IsSurrogate(text[i]) && !(i + 1 < text.Length && char.IsSurrogatePair(text[i], text[++i])))
                return false;
        }

        return true;
    }
}
