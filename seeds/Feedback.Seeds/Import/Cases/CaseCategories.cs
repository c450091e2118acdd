using System.Collections.Immutable;
using Feedback.Domain.Policies;

namespace Feedback.Seeds.Import.Cases;

/// <summary>The categories that rows name, each with a code made from its words.</summary>
internal sealed class CaseCategories(CategoryMapping mapping)
{
    private const int LongestName = 60;
    private readonly Dictionary<string, string> _codes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _same = new(StringComparer.Ordinal);
    private readonly List<Category> _found = [];

    /// <summary>Those found so far, in the order in which they were met.</summary>
    public ImmutableArray<Category> Found => [.. _found];

    /// <summary>The code of words.</summary>
    public string Of(string words)
    {
        if (_codes.TryGetValue(words, out var known))
            return known;
        var name = mapping.Names.GetValueOrDefault(words);
        var code = name?.Code ?? CodeOf(words);
        if (_found.TrueForAll(one => one.Code != code))
            _found.Add(new Category(code, Short(name?.Zh ?? words), Short(name?.En ?? words)));
        _codes.Add(words, code);
        return code;
    }

    private string CodeOf(string words)
    {
        var same = WordCodes.Same(words);
        if (_same.TryGetValue(same, out var known))
            return known;
        var code = WordCodes.Of(words, "category");
        if (_found.Exists(one => one.Code == code))
            code = WordCodes.Apart(words, "category");
        _same.Add(same, code);
        return code;
    }

    // Never through the middle of a surrogate pair.
    private static string Short(string name) =>
        name.Length <= LongestName ? name : name[..(char.IsHighSurrogate(name[LongestName - 1]) ? LongestName - 1 : LongestName)];
}
