using Feedback.Api.Terminals;

namespace Feedback.Web.Terminals;

/// <summary>What the page of terminals shows.</summary>
public sealed record TerminalsPageModel
{
    /// <summary>The terminals and open codes within the administrator's scope.</summary>
    public TerminalList List { get; init; } = new([], []);

    /// <summary>The codes that were just issued; their letters are never shown again.</summary>
    public IReadOnlyList<IssuedCode> Issued { get; init; } = [];

    /// <summary>What was done, in words; null when nothing was.</summary>
    public string? Done { get; init; }

    /// <summary>What is wrong, in words; null when nothing is.</summary>
    public string? Error { get; init; }

    /// <summary>The place that was asked for.</summary>
    public string Node { get; init; } = "";
}
