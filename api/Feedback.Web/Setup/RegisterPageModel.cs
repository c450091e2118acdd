using Feedback.Domain.Keys;
using Feedback.Grains.Organisation;
using Feedback.Grains.Registers;

namespace Feedback.Web.Setup;

/// <summary>What the register page shows besides the counts: what just became of an upload, or a key that was just issued.</summary>
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

    /// <summary>The secret of the key that was just issued; it is never shown again.</summary>
    public string? Secret { get; init; }

    /// <summary>A window that the key is good for.</summary>
    public string? Window { get; init; }

    /// <summary>Where windows push evaluations: a link that works out there, or else a shell variable to be set.</summary>
    public string Push { get; init; } = "";

    /// <summary>Why there is no such link, in the reader's language; null when there is one.</summary>
    public string? NoLink { get; init; }

    /// <summary>Whether there is a device key already.</summary>
    public bool HasKey => Bureau.Keys.Keys.Any(key => key is { Purpose: KeyPurpose.Device, Revoked: false });
}
