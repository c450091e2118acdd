using System.Collections.Immutable;
using Feedback.Domain.Journal;

namespace Feedback.Domain.Policies;

/// <summary>What cases are about.</summary>
/// <param name="Code">The stable code: letters, digits, hyphens, points and underscores.</param>
/// <param name="Zh">The Chinese name.</param>
/// <param name="En">The English name.</param>
/// <param name="Parent">The category above; null at the top.</param>
public sealed record Category(string Code, string Zh, string En, string? Parent = null);

/// <summary>分类: the categories of cases, in a tree.</summary>
/// <param name="Categories">All of them, in the order in which they are offered.</param>
public sealed record CategoryTree(ImmutableArray<Category> Categories)
{
    /// <summary>The longest code, in characters.</summary>
    public const int LongestCode = 60;

    /// <summary>By default what people complain of most, and the hotline's kinds of urgency.</summary>
    public static readonly CategoryTree Default = new(
    [
        new("service", "窗口服务", "Service at the window"),
        new("attitude", "服务态度", "Attitude", "service"),
        new("overtime", "超过法定时限", "Over the legal time limit", "service"),
        new("extra-conditions", "额外增加条件", "Extra conditions", "service"),
        new("extra-documents", "额外要求材料", "Extra documents", "service"),
        new("fees", "收费", "Fees", "service"),
        new("disclosure", "政务公开", "Disclosure"),
        new("integrity", "廉洁纪律", "Integrity"),
        new("facilities", "设施环境", "Facilities"),
        new("safety", "生命财产安全", "Life and property"),
        new("utilities", "水电气热", "Water, power, gas and heat"),
        new("complex", "复杂疑难", "Complex"),
        new("other", "其他", "Other"),
    ]);

    /// <summary>Finds a category; null when there is none of that code.</summary>
    public Category? Find(string code) => Categories.FirstOrDefault(category => category.Code == code);

    /// <summary>A code and those of the categories above it, the nearest first. A code that is not in the tree stands alone: old cases keep theirs.</summary>
    public IEnumerable<string> LineOf(string? code)
    {
        // It ends: a tree in which categories run in a circle is not read.
        for (; code is not null; code = Find(code)?.Parent)
            yield return code;
    }

    internal static CategoryTree Read(PolicyReader text)
    {
        if (text.List("categories", 1000, Category) is not { } categories)
            return Default;
        var parents = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (index, category) in categories.Index())
        {
            if (!parents.TryAdd(category.Code, category.Parent))
                throw PolicyReader.Wrong("policy-twice", $"categories[{index}].code", category.Code);
        }

        foreach (var (index, category) in categories.Index())
        {
            var steps = 0;
            for (var above = category.Parent; above is not null; above = parents[above])
            {
                if (!parents.ContainsKey(above))
                    throw PolicyReader.Wrong("policy-parent-unknown", $"categories[{index}].parent", above);
                if (++steps > categories.Length)
                    throw PolicyReader.Wrong("policy-parent-circle", $"categories[{index}].parent", category.Code);
            }
        }

        return new CategoryTree(categories);
    }

    internal static void Write(CanonicalWriter text, CategoryTree document)
    {
        text.BeginArray("categories"u8);
        foreach (var category in document.Categories)
            text.BeginObject().Member("code"u8, category.Code).Member("zh"u8, category.Zh).Member("en"u8, category.En).Member("parent"u8, category.Parent).EndObject();
        text.EndArray();
    }

    private static Category Category(PolicyReader text)
    {
        var code = text.Needed("code", text.Text("code", LongestCode));
        return code.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.')
            ? new Category(code, text.Needed("zh", text.Text("zh", 60)), text.Needed("en", text.Text("en", 60)), text.Text("parent", LongestCode))
            : throw PolicyReader.Wrong("policy-code", text.PathOf("code"), code);
    }
}
