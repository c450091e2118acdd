using Feedback.Grains.Organisation;
using Feedback.Grains.Registers;

namespace Feedback.Web.Setup;

/// <summary>What the register page shows besides the counts: what just became of an upload.</summary>
public sealed record RegisterPageModel
{
    /// <summary>The bureau as it stands.</summary>
    public BureauState Bureau { get; init; } = BureauState.Empty;

    /// <summary>The register that was uploaded; null when none was.</summary>
    public RegisterKind? Uploaded { get; init; }

    /// <summary>What became of it.</summary>
    public RegisterOutcome? Outcome { get; init; }

    /// <summary>Whether it was only to be checked.</summary>
    public bool OnlyChecked { get; init; }

    /// <summary>What is wrong with the upload itself: the name of a word.</summary>
    public string? Error { get; init; }
}
