using System.Text;
using Feedback.Domain.Writing;

namespace Feedback.Seeds.Registers;

/// <summary>The cells of a row as text, cleaned of what people do not see.</summary>
/// <param name="Number">The row as a spreadsheet counts, from 1.</param>
/// <param name="Cells">The cells.</param>
internal readonly record struct SheetRow(long Number, string[] Cells)
{
    /// <summary>Whether nothing stands in it.</summary>
    public bool IsBlank => Array.TrueForAll(Cells, cell => cell.Length == 0);

    /// <summary>The cell of a column; blank beyond the last.</summary>
    public string this[int column] => column < Cells.Length ? Cells[column] : "";

    /// <summary>
    /// Takes out what nobody sees in a cell: space around it, of any width; line breaks and runs of space within it become one
    /// space; marks without width, which come along when text is copied, go.
    /// </summary>
    public static string Clean(string? raw)
    {
        if (string.IsNullOrEmpty(raw))
            return "";
        var clean = new StringBuilder(raw.Length);
        foreach (var letter in raw)
        {
            if (letter is '\uFEFF' or '\u200B' or '\u200C' or '\u200D' or '\u2060')
                continue;
            if (!char.IsWhiteSpace(letter))
                clean.Append(letter);
            else if (clean.Length > 0 && clean[^1] != ' ')
                clean.Append(' ');
        }

        // Half a character, which a workbook may write as _xD800_, is none: it becomes the sign for that.
        var text = clean.ToString().TrimEnd();
        return text.Any(char.IsSurrogate) ? string.Concat(text.EnumerateRunes().Select(rune => rune.ToString())) : text;
    }

    /// <summary>A cell that is read by machines: full-width letters, digits and signs become plain ones.</summary>
    public static string Narrow(string cell) => NormalForm.Of(cell, NormalizationForm.FormKC);
}
