using System.Globalization;
using System.Resources;
using Feedback.Grains.Registers;

namespace Feedback.Seeds.Registers;

/// <summary>What is wrong with a file, row by row; worded when it is told.</summary>
/// <param name="sheet">The file's rows; null where the file itself cannot be read.</param>
internal sealed class RegisterErrors(Sheet? sheet)
{
    private const int LongestValue = 60;
    private static readonly ResourceManager Texts = new("Feedback.Seeds.Registers.RegisterTexts", typeof(RegisterErrors).Assembly);
    private readonly List<(long Row, RegisterColumn? Column, string? Value, string Code, string? Limit)> _found = [];

    /// <summary>Whether nothing is wrong.</summary>
    public bool None => _found.Count == 0;

    /// <summary>Whether something is wrong with a row.</summary>
    public bool Has(long row) => _rows.Contains(row);

    private readonly HashSet<long> _rows = [];

    /// <summary>Adds an error.</summary>
    /// <param name="row">The row; 0 for the whole file.</param>
    /// <param name="column">The column; null for the whole row.</param>
    /// <param name="code">What is wrong: a name in <c>RegisterTexts</c>, which also has its mend.</param>
    /// <param name="value">What stands there.</param>
    /// <param name="limit">What the words name besides: a limit, or another row.</param>
    public void Add(long row, RegisterColumn? column, string code, string? value = null, string? limit = null)
    {
        _rows.Add(row);
        _found.Add((row, column, value, code, limit));
    }

    /// <summary>All errors in words, by row.</summary>
    public IReadOnlyList<RegisterError> Tell(CultureInfo culture) =>
    [
        .. _found.OrderBy(error => error.Row).Select(error => new RegisterError(
            error.Row, error.Column is { } column ? sheet?.Heading(column) ?? Heading(column, culture) : null, Short(error.Value),
            Words(error.Code, culture, error.Value, error.Limit), Words(error.Code + ".mend", culture, error.Value, error.Limit))),
    ];

    /// <summary>A text for people by its name.</summary>
    public static string Words(string name, CultureInfo culture, string? value = null, string? limit = null) => string.Format(
        culture, Texts.GetString(name, culture) ?? throw new InvalidOperationException($"'{name}' has no words."), Short(value), limit);

    /// <summary>A column's heading in a language.</summary>
    public static string Heading(RegisterColumn column, CultureInfo culture) => IsChinese(culture) ? column.Zh : column.En;

    /// <summary>Whether a reader reads Chinese.</summary>
    public static bool IsChinese(CultureInfo culture) => culture.TwoLetterISOLanguageName == "zh";

    // Never through the middle of a surrogate pair.
    private static string? Short(string? value) =>
        value is { Length: > LongestValue } ? string.Concat(value.AsSpan(0, char.IsHighSurrogate(value[LongestValue - 1]) ? LongestValue - 1 : LongestValue), "…") : value;
}
