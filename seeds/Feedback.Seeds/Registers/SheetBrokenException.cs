namespace Feedback.Seeds.Registers;

/// <summary>A file that is no register that can be read.</summary>
/// <param name="code">What is wrong: a name in <c>RegisterTexts</c>.</param>
/// <param name="value">What the words name; null for nothing.</param>
/// <param name="row">The row at which reading ends; 0 for the whole file.</param>
internal sealed class SheetBrokenException(string code, string? value = null, long row = 0) : Exception(code)
{
    public string Code { get; } = code;

    public string? Value { get; } = value;

    public long Row { get; } = row;
}
