using Feedback.Api.Policies;
using Feedback.Web.Cases.Office;

namespace Feedback.Web.Policies;

/// <summary>A policy that somebody tried to set, and why it was refused.</summary>
/// <param name="Subject">What it is about.</param>
/// <param name="Message">What is wrong, in words.</param>
/// <param name="Field">The member that must be mended, such as <c>rules[2].kind</c>; null when it is not about one.</param>
/// <param name="From">The day that was typed.</param>
/// <param name="Typed">What was typed, by member; the document under <c>text</c>.</param>
public sealed record PolicyTrial(string Subject, string Message, string? Field, string From, IReadOnlyDictionary<string, string> Typed);

/// <summary>What the page of policies shows.</summary>
public sealed record PoliciesModel
{
    /// <summary>Names.</summary>
    public required CaseNames Names { get; init; }

    /// <summary>What holds at the place.</summary>
    public required PolicyList List { get; init; }

    /// <summary>Whether the reader may set policies there.</summary>
    public bool MayManage { get; init; }

    /// <summary>The subject that was set just now; null for none.</summary>
    public string? Done { get; init; }

    /// <summary>What was refused; null for nothing.</summary>
    public PolicyTrial? Trial { get; init; }

    /// <summary>The subjects, each with its anchor.</summary>
    public IReadOnlyList<PolicyView> Policies => List.Policies;
}
