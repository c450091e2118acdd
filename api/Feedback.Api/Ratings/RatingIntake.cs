using System.Security.Cryptography;
using Feedback.Api.Access;
using Feedback.Api.Intake;
using Feedback.Domain.Access;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Invitations;
using Feedback.Domain.Journal;
using Feedback.Domain.Lookups;
using Feedback.Domain.Organisation;
using Feedback.Domain.Time;
using Feedback.Domain.Windows;
using Feedback.Grains.Invitations;
using Feedback.Grains.Organisation;
using Feedback.Grains.Windows;

namespace Feedback.Api.Ratings;

/// <summary>A citizen's rating that is stored.</summary>
/// <param name="Subject">Window and version.</param>
/// <param name="Digest">The chain's digest at that version, hexadecimal.</param>
/// <param name="IsNew">False when it was stored before, by the same sender.</param>
public sealed record StoredRating(LookupSubject Subject, string Digest, bool IsNew);

/// <summary>The path of a citizen's rating into the journal, from the page and from the API: invited? → evaluation → window → receipt.</summary>
public sealed class RatingIntake(InvitationSeal seal, AccessCheck access, IBureau bureau, WindowCalls windows, TimeProvider clock)
{
    /// <summary>How old a rating without an invitation may be: three days, in milliseconds. A phone may have been out of reach.</summary>
    public const long WithinTime = 3L * 24 * 60 * 60 * 1000;

    private const int DrawLength = 16;

    /// <summary>What a sender draws, so that a retry is known again: 128 random bits as text.</summary>
    public static string Draw() => Opaque.FromBytes(RandomNumberGenerator.GetBytes(DrawLength)).ToString();

    /// <summary>Stores a rating, once however often it is sent.</summary>
    /// <param name="http">The request.</param>
    /// <param name="rating">What was sent.</param>
    /// <returns>The rating as it is stored, or why it is not.</returns>
    public async Task<(StoredRating? Stored, Refusal? Refusal)> SubmitAsync(HttpContext http, Rating rating)
    {
        var (claim, refusal) = rating.Token is { } token ? Invited(rating, token) : await UnattachedAsync(rating);
        if (claim is null)
            return (null, refusal);
        var sender = new Sender(Sender.Public, null, StaffPresent: await IsStaffAsync(http, claim.Window));
        var result = (await windows.SubmitAsync(claim.Window, [claim], sender))[0];
        return result.Status switch
        {
            ClaimStatus.Accepted or ClaimStatus.Repeated =>
                (new StoredRating(new LookupSubject(claim.Window, result.Version), result.Digest!, result.Status == ClaimStatus.Accepted), null),
            ClaimStatus.Conflicting => (null, rating.Token is null ? new Refusal("conflict", "id") : new Refusal("rated-already")),
            ClaimStatus.Refused => (null, result.Refusal),
            _ => (null, new Refusal("outcome-unknown", Retryable: true)),
        };
    }

    private (EvaluationClaim? Claim, Refusal? Refusal) Invited(Rating rating, string token) =>
        seal.Read(token) is { } invitation
            ? (new EvaluationClaim(
                EvaluationOf(rating, invitation.Window, Invitation.Source, invitation.RatingId(rating.Id ?? Draw()), invitation.At) with { ServiceItem = invitation.ServiceItem },
                Comment: rating.Comment,
                MatterHash: invitation.Matter), null)
            : (null, new Refusal("invitation-invalid"));

    private async Task<(EvaluationClaim? Claim, Refusal? Refusal)> UnattachedAsync(Rating rating)
    {
        var (window, at) = (rating.Window!, rating.OccurredAt!.Value);
        if (await access.FindAsync(window, NodeScope.Everywhere) is not { Kind: NodeKind.Window } node)
            return (null, new Refusal("window-unknown", "window", window));
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        if (DayRule.Refused(at.UtcMilliseconds, now) is { } refusal)
            return (null, refusal);
        // Anybody may send these: so nobody may send them for days that are told already.
        return at.UtcMilliseconds < now - WithinTime
            ? (null, new Refusal("rating-too-old", "occurredAt"))
            : (new EvaluationClaim(EvaluationOf(rating, node.Id, RatingReader.WindowCode, rating.Id!, at), Comment: rating.Comment), null);
    }

    private static Evaluation EvaluationOf(Rating rating, NodeId window, string source, string id, Moment at) => new()
    {
        Id = id,
        Source = source,
        Window = window,
        OccurredAt = at,
        Grade = rating.Grade,
        Origin = Origin.Active,
        Dimensions = rating.Dimensions,
        Channel = Channel.Qr,
        Reasons = rating.Reasons,
        Language = rating.Language,
    };

    // Citizens have no session. Who has one, and answers for this window, rates the own work or that of the own people.
    private async Task<bool> IsStaffAsync(HttpContext http, NodeId window)
    {
        if (await Sessions.FindAsync(http) is not { } account)
            return false;
        var view = access.ViewOf(account.ScopeOf(Permission.ReadReleased));
        return bureau.Current.Tree.Find(window) is { } node && view.Sees(node);
    }
}
