using System.Collections.Immutable;
using System.Text.Json;
using Feedback.Domain.Journal;

namespace Feedback.Domain.Cases;

/// <summary>Integer counts by code, which can be added and subtracted: what happened to cases on one day at one node, or over many of both.</summary>
/// <remarks>Codes are words of what is counted and of what, such as <c>opened/complaint</c>. A code that is not there counts 0.</remarks>
public sealed class CaseCounts
{
    /// <summary>Nothing.</summary>
    public static readonly CaseCounts Empty = new(ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal));

    private readonly ImmutableSortedDictionary<string, long> _counts;

    private CaseCounts(ImmutableSortedDictionary<string, long> counts) => _counts = counts;

    /// <summary>Whether nothing is counted.</summary>
    public bool IsEmpty => _counts.IsEmpty;

    /// <summary>The codes with their counts, in the order of the codes; none is 0.</summary>
    public IEnumerable<KeyValuePair<string, long>> All => _counts;

    /// <summary>One count.</summary>
    public long this[string code] => _counts.GetValueOrDefault(code);

    /// <summary>With so many more of a code.</summary>
    public CaseCounts Plus(string code, long count) =>
        count == 0 ? this
        : this[code] + count is var sum && sum == 0 ? new(_counts.Remove(code))
        : new(_counts.SetItem(code, sum));

    /// <summary>The sum.</summary>
    public CaseCounts Plus(CaseCounts other) => other._counts.Aggregate(this, (sum, count) => sum.Plus(count.Key, count.Value));

    /// <summary>The difference.</summary>
    public CaseCounts Minus(CaseCounts other) => other._counts.Aggregate(this, (sum, count) => sum.Plus(count.Key, -count.Value));

    /// <summary>JSON keyed by code, in the order of the codes.</summary>
    public string Write()
    {
        var text = new CanonicalWriter().BeginObject();
        foreach (var (code, count) in _counts)
            text.Name(code).Value(count);
        return System.Text.Encoding.UTF8.GetString(text.EndObject().Written);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="JsonException">The text is something else.</exception>
    public static CaseCounts Read(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.EnumerateObject().Aggregate(Empty, (sum, count) => sum.Plus(count.Name, count.Value.GetInt64()));
    }
}
