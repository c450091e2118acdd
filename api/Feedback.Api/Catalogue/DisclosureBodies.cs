using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Feedback.Api.Intake;
using Feedback.Domain.Catalogue;
using Feedback.Domain.WorkingTime;

namespace Feedback.Api.Catalogue;

/// <summary>What is published about a service item (六要素公开).</summary>
/// <param name="Sections">Lines by section: conditions, basis, duty, procedure, standard, result, rights. A section that is left out has none.</param>
/// <param name="Limit">How long a matter may take from its acceptance on, such as 10wd; null where nothing is promised.</param>
public sealed record DisclosureBody(IReadOnlyDictionary<string, IReadOnlyList<DisclosedLineBody>> Sections, string? Limit = null);

/// <summary>A line that is published.</summary>
/// <param name="Zh">Chinese.</param>
/// <param name="En">English, or null.</param>
public sealed record DisclosedLineBody(string Zh, string? En = null);

/// <summary>What is published about a service item.</summary>
/// <param name="Code">The item's code.</param>
/// <param name="Zh">The item's Chinese name.</param>
/// <param name="En">The item's English name.</param>
/// <param name="Version">The version of the catalogue since which it is published; 0 while nothing is.</param>
/// <param name="Sections">Lines by section.</param>
/// <param name="Limit">How long a matter may take, or null.</param>
public sealed record DisclosureView(string Code, string Zh, string En, long Version, IReadOnlyDictionary<string, IReadOnlyList<DisclosedLineBody>> Sections, string? Limit)
{
    internal static DisclosureView Of(ServiceItem item, ItemDisclosure? disclosure) => new(
        item.Code, item.Zh, item.En, disclosure?.Version ?? 0,
        (disclosure?.Sections ?? DisclosureBodies.None).ToDictionary(section => section.Key.Word(), section => (IReadOnlyList<DisclosedLineBody>)[.. section.Value.Select(line => new DisclosedLineBody(line.Zh, line.En))]),
        disclosure?.Limit);
}

/// <summary>Reads what is to be published, each member refused by name when it is not what it must be.</summary>
internal static class DisclosureBodies
{
    public static readonly ImmutableSortedDictionary<DisclosureSection, ImmutableArray<DisclosedLine>> None = ImmutableSortedDictionary<DisclosureSection, ImmutableArray<DisclosedLine>>.Empty;

    private const int MostLines = 50;
    private const int LongestLine = 500;

    public static (ImmutableSortedDictionary<DisclosureSection, ImmutableArray<DisclosedLine>> Sections, string? Limit) Read(JsonElement body)
    {
        var (sections, limit) = (None, (string?)null);
        Each(body, "", (name, value) =>
        {
            switch (name)
            {
                case "sections":
                    Each(value, name, (word, lines) => sections = DisclosureWords.SectionOf(word) is { } section
                        ? sections.SetItem(section, Lines(lines, "sections." + word))
                        : throw Members.Refuse("member-unknown", "sections." + word));
                    break;
                case "limit":
                    limit = Limit.TryParse(Members.Text(value, name, 64), out var read, out var refusal, name) ? read.ToString() : throw new RefusedException(refusal);
                    break;
                default: throw Members.Refuse("member-unknown", name);
            }
        });
        return (sections.RemoveRange(sections.Where(section => section.Value.IsEmpty).Select(section => section.Key)), limit);
    }

    private static ImmutableArray<DisclosedLine> Lines(JsonElement value, string field) =>
        value.ValueKind != JsonValueKind.Array ? throw Members.Refuse("list-expected", field)
        : value.GetArrayLength() > MostLines ? throw Members.Refuse("list-too-long", field, MostLines.ToString(CultureInfo.InvariantCulture))
        : [.. value.EnumerateArray().Select((line, index) => Line(line, string.Create(CultureInfo.InvariantCulture, $"{field}[{index}]")))];

    private static DisclosedLine Line(JsonElement value, string field)
    {
        string? zh = null, en = null;
        Each(value, field, (name, text) =>
        {
            switch (name)
            {
                case "zh": zh = Members.Text(text, $"{field}.{name}", LongestLine); break;
                case "en": en = Members.Text(text, $"{field}.{name}", LongestLine); break;
                default: throw Members.Refuse("member-unknown", $"{field}.{name}");
            }
        });
        return new DisclosedLine(zh ?? throw Members.Refuse("member-missing", field + ".zh"), en);
    }

    private static void Each(JsonElement body, string at, Action<string, JsonElement> take)
    {
        if (body.ValueKind != JsonValueKind.Object)
            throw Members.Refuse("object-expected", at.Length == 0 ? null : at);
        var given = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in body.EnumerateObject())
        {
            var name = Members.NameOf(member);
            if (!given.Add(name))
                throw Members.Refuse("member-twice", at.Length == 0 ? name : $"{at}.{name}");
            if (member.Value.ValueKind != JsonValueKind.Null)
                take(name, member.Value);
        }
    }
}
