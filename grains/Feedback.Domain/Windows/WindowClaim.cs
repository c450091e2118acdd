using Feedback.Domain.Evaluations;
using Feedback.Domain.Invitations;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.Time;

namespace Feedback.Domain.Windows;

/// <summary>What a client asks a window to store, with personal text still in plain.</summary>
public abstract record WindowClaim
{
    /// <summary>The window.</summary>
    public abstract NodeId Window { get; }

    /// <summary>The claim's own time; a retry carries the same, and the look-up of old identities relies on it.</summary>
    public abstract Moment Time { get; }

    /// <summary>The terminal's signature over what the claim says, in base64url; null when it does not sign. Not part of what is said.</summary>
    public string? Signature { get; init; }

    /// <summary>Whether the key that signed was revoked before the claim came in.</summary>
    public bool SignedBeforeRevocation { get; init; }

    /// <summary>Whether the key that signed had ended long before the claim came in.</summary>
    public bool SignedByEndedKey { get; init; }
}

/// <summary>An evaluation that a client asks to store.</summary>
/// <param name="Evaluation">What was said.</param>
/// <param name="Matter">The matter's number in plain, or null.</param>
/// <param name="Comment">The comment in plain, or null.</param>
/// <param name="MatterHash">The keyed hash of a matter whose number is not known here, as of an invitation's; null where the number is, or no matter.</param>
public sealed record EvaluationClaim(Evaluation Evaluation, string? Matter = null, string? Comment = null, Opaque? MatterHash = null) : WindowClaim
{
    /// <summary>Whether it comes by invitation: then its identity is kept for as long as the journal is, whatever its time.</summary>
    public bool IsInvited => Evaluation.Source == Invitation.Source;

    /// <inheritdoc/>
    public override NodeId Window => Evaluation.Window;

    /// <inheritdoc/>
    public override Moment Time => Evaluation.OccurredAt;

    /// <summary>Whether another claim says the same, personal text included.</summary>
    public bool SaysTheSameAs(EvaluationClaim other) =>
        Matter == other.Matter && MatterHash == other.MatterHash && Comment == other.Comment && Evaluation.SaysTheSameAs(other.Evaluation);
}

/// <summary>A finished matter that a client asks to store.</summary>
/// <param name="At">The window.</param>
/// <param name="Number">The matter's number in plain.</param>
/// <param name="Source">Who numbers the matters.</param>
/// <param name="FinishedAt">The business system's time.</param>
/// <param name="ServiceItem">The service item's code, or null.</param>
/// <param name="Staff">The staff member claimed, or null.</param>
public sealed record MatterClaim(
    NodeId At, string Number, string Source, Moment FinishedAt, string? ServiceItem = null, string? Staff = null) : WindowClaim
{
    /// <inheritdoc/>
    public override NodeId Window => At;

    /// <inheritdoc/>
    public override Moment Time => FinishedAt;

    /// <summary>Whether another claim says the same.</summary>
    public bool SaysTheSameAs(MatterClaim other) =>
        (At, Number, Source, FinishedAt, ServiceItem, Staff) == (other.At, other.Number, other.Source, other.FinishedAt, other.ServiceItem, other.Staff);
}
