using System.Collections.Immutable;
using System.Text.Json;
using Feedback.Domain.Journal;

namespace Feedback.Domain.Catalogue;

/// <summary>The stored text of what is published about service items.</summary>
internal static class DisclosureTexts
{
    public static readonly EventKind[] Kinds =
    [
        EventKind.Of<ServiceItemDisclosed>("service-item.disclosed", 1,
            (text, e) =>
            {
                text.Member("code"u8, e.Code).BeginArray("sections"u8);
                foreach (var (section, lines) in e.Sections)
                {
                    text.BeginObject().Member("section"u8, section.Word()).BeginArray("lines"u8);
                    foreach (var line in lines)
                        text.BeginObject().Member("zh"u8, line.Zh).Member("en"u8, line.En).EndObject();
                    text.EndArray().EndObject();
                }

                text.EndArray().Member("limit"u8, e.Limit);
            },
            (text, salt) => new ServiceItemDisclosed
            {
                Salt = salt,
                Code = text.Text("code"),
                Sections = SectionsOf(text),
                Limit = text.TextOrNull("limit"),
            }),
    ];

    private static ImmutableSortedDictionary<DisclosureSection, ImmutableArray<DisclosedLine>> SectionsOf(JsonElement text)
    {
        var sections = ImmutableSortedDictionary.CreateBuilder<DisclosureSection, ImmutableArray<DisclosedLine>>();
        foreach (var one in text.GetProperty("sections").EnumerateArray())
        {
            var section = DisclosureWords.SectionOf(one.Text("section")) ?? throw new FormatException("Member 'section' is not a known word.");
            sections[section] = [.. one.GetProperty("lines").EnumerateArray().Select(line => new DisclosedLine(line.Text("zh"), line.TextOrNull("en")))];
        }

        return sections.ToImmutable();
    }
}
