using System.Collections.Immutable;
using Feedback.Domain.Cases;
using Feedback.Domain.Organisation;

namespace Feedback.Web.Cases.Citizen;

/// <summary>Something to choose.</summary>
/// <param name="Value">What is sent.</param>
/// <param name="Name">What is read.</param>
public sealed record Choice(string Value, string Name);

/// <summary>Choices that belong together.</summary>
/// <param name="Name">What they are called; empty for the only ones.</param>
/// <param name="Choices">The choices.</param>
public sealed record ChoiceGroup(string Name, ImmutableArray<Choice> Choices);

/// <summary>What the page of filing asks about.</summary>
/// <param name="Action">The page's own address; the form is sent there, too.</param>
/// <param name="Node">The place that a printed code names; null where it is to be chosen.</param>
/// <param name="Place">Its name; null where it is to be chosen.</param>
/// <param name="Places">The places to choose from; empty where a printed code names one.</param>
/// <param name="Categories">The categories that hold for every place that can be chosen; empty for none.</param>
public sealed record FileModel(string Action, Node? Node, string? Place, ImmutableArray<ChoiceGroup> Places, ImmutableArray<Choice> Categories)
{
    /// <summary>What citizens file by themselves.</summary>
    public static readonly ImmutableArray<CaseKind> Kinds = [CaseKind.Complaint, CaseKind.Suggestion, CaseKind.Praise, CaseKind.Question];

    /// <summary>The longest contact, in characters.</summary>
    public const int LongestContact = 200;

    /// <summary>The longest text in the field for the number on a badge, in characters.</summary>
    public const int LongestAbout = 100;

    /// <summary>What the sender drew: once per page, so that sending it twice is one case.</summary>
    public required string Draw { get; init; }

    /// <summary>What somebody wrote before it turned out that something is missing.</summary>
    public IFormCollection? Form { get; init; }

    /// <summary>The name of the word of what is wrong; null for nothing.</summary>
    public string? Error { get; init; }

    /// <summary>The field that is wrong; null for the whole form.</summary>
    public string? Field { get; init; }

    /// <summary>A field as it was filled in before.</summary>
    public string Given(string field) => Form?[field].ToString() ?? "";

    /// <summary>Whether a field is the one that is wrong.</summary>
    public bool IsWrong(string field) => Field == field;

    /// <summary>What describes a field: its hint, and what is wrong with it.</summary>
    public string? DescriptionOf(string field, string? hint = null) => IsWrong(field) ? $"problem {hint}".Trim() : hint;
}
