using System.Collections.Immutable;
using Feedback.Domain.Journal;

namespace Feedback.Domain.Catalogue;

/// <summary>What a bureau publishes about a service item: the six elements (六要素公开), its conditions, and the applicant's rights and duties.</summary>
public enum DisclosureSection
{
    /// <summary>受理条件: the conditions of acceptance.</summary>
    Conditions = 1,

    /// <summary>办理依据: the legal basis.</summary>
    Basis,

    /// <summary>职责: the duty of the office.</summary>
    Duty,

    /// <summary>办理程序: the procedure.</summary>
    Procedure,

    /// <summary>办理标准: the standard.</summary>
    Standard,

    /// <summary>办理结果: the result.</summary>
    Result,

    /// <summary>申请人权利和义务: the applicant's rights and duties.</summary>
    Rights,
}

/// <summary>The stable words of sections.</summary>
public static class DisclosureWords
{
    private static readonly string[] Words = ["conditions", "basis", "duty", "procedure", "standard", "result", "rights"];

    /// <summary>Every section, in the order in which they are told.</summary>
    public static ImmutableArray<DisclosureSection> All { get; } = [.. Enumerable.Range(1, Words.Length).Select(number => (DisclosureSection)number)];

    /// <summary>The stable word.</summary>
    public static string Word(this DisclosureSection section) => Words[(int)section - 1];

    /// <summary>The section of a word, or null.</summary>
    public static DisclosureSection? SectionOf(string word) => Array.IndexOf(Words, word) is >= 0 and var index ? (DisclosureSection)(index + 1) : null;
}

/// <summary>A line that is published, in the office's language and, where somebody translated it, in English.</summary>
/// <param name="Zh">Chinese.</param>
/// <param name="En">English; null where nobody translated it.</param>
public sealed record DisclosedLine(string Zh, string? En);

/// <summary>What is published about a service item from now on; it replaces what was published before.</summary>
public sealed record ServiceItemDisclosed : JournalEvent
{
    /// <summary>The code of the item.</summary>
    public required string Code { get; init; }

    /// <summary>The lines by section; a section without any is not there.</summary>
    public required ImmutableSortedDictionary<DisclosureSection, ImmutableArray<DisclosedLine>> Sections { get; init; }

    /// <summary>How long a matter may take from its acceptance on, such as <c>10wd</c>; null where nothing was promised.</summary>
    public string? Limit { get; init; }
}

/// <summary>What is published about a service item, and since which version of the catalogue.</summary>
/// <param name="Version">The version of the event.</param>
/// <param name="Sections">The lines by section.</param>
/// <param name="Limit">How long a matter may take; null where nothing was promised.</param>
public sealed record ItemDisclosure(long Version, ImmutableSortedDictionary<DisclosureSection, ImmutableArray<DisclosedLine>> Sections, string? Limit);
