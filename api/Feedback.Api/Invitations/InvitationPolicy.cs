using Feedback.Domain.Invitations;

namespace Feedback.Api.Invitations;

/// <summary>How a bureau invites.</summary>
/// <param name="Days">How long an invitation is good from the visit on, 1 to 90 days.</param>
public sealed record InvitationPolicy(int Days = Invitation.UsualDays);
