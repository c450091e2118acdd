using System.Collections.Immutable;
using System.Text.Json;
using Feedback.Api.Bodies;
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
        BodyMembers.Each(body, (name, value) =>
        {
            switch (name)
            {
                case "sections" or "limit" when value.ValueKind == JsonValueKind.Null: break;
                case "sections": sections = Sections(value, name); break;
                case "limit":
                    limit = Limit.TryParse(Members.Text(value, name, 64), out var read, out var refusal, name) ? read.ToString() : throw new RefusedException(refusal);
                    break;
                default: return false;
            }

            return true;
        });
        return (sections, limit);
    }

    private static ImmutableSortedDictionary<DisclosureSection, ImmutableArray<DisclosedLine>> Sections(JsonElement value, string field)
    {
        var sections = None;
        BodyMembers.Each(value, (word, lines) =>
        {
            if (DisclosureWords.SectionOf(word) is not { } section)
                return false;
            // One without lines is as good as left out.
            if (OptionalMember.List(lines, $"{field}.{word}", MostLines, Line) is { IsEmpty: false } some)
                sections = sections.Add(section, some);
            return true;
        }, field);
        return sections;
    }

    private static DisclosedLine Line(JsonElement value, string at)
    {
        string? zh = null, en = null;
        BodyMembers.Each(value, (name, text) =>
        {
            switch (name)
            {
                case "zh": zh = OptionalMember.Text(text, $"{at}.{name}", LongestLine); break;
                case "en": en = OptionalMember.Text(text, $"{at}.{name}", LongestLine); break;
                default: return false;
            }

            return true;
        }, at);
        return new DisclosedLine(zh ?? throw Members.Missing($"{at}.zh"), en);
    }
}
