using System.Globalization;
using System.Resources;

namespace Feedback.Seeds.Import.Cases;

/// <summary>What is wrong with a file of cases, row by row, in the reader's language.</summary>
/// <param name="culture">The language: Chinese for zh, English for all else.</param>
internal sealed class CaseRowErrors(CultureInfo culture)
{
    private const int LongestValue = 60;
    private static readonly ResourceManager Texts = new("Feedback.Seeds.Import.Cases.CaseImportTexts", typeof(CaseRowErrors).Assembly);
    private readonly List<RowError> _found = [];

    /// <summary>All errors in the order of the rows.</summary>
    public IReadOnlyList<RowError> All => _found;

    /// <summary>Adds an error.</summary>
    /// <param name="row">The row as a spreadsheet counts; 0 for the whole file.</param>
    /// <param name="column">The column's header; null for the whole row.</param>
    /// <param name="code">What is wrong: a name in <c>CaseImportTexts</c>, which also has its mend.</param>
    /// <param name="value">What stands there.</param>
    /// <param name="limit">What the words name besides: a limit, a format, or another row.</param>
    public void Add(long row, string? column, string code, string? value = null, object? limit = null) =>
        _found.Add(new RowError(row, column, value, Words(code, value, limit), Words(code + ".mend", value, limit)));

    /// <summary>A text for people by its name.</summary>
    public string Words(string name, string? value = null, object? limit = null) => string.Format(
        culture, Texts.GetString(name, culture) ?? throw new InvalidOperationException($"'{name}' has no words."), Short(value), limit);

    // Never through the middle of a surrogate pair.
    private static string? Short(string? value) =>
        value is { Length: > LongestValue } ? string.Concat(value.AsSpan(0, char.IsHighSurrogate(value[LongestValue - 1]) ? LongestValue - 1 : LongestValue), "…") : value;
}
