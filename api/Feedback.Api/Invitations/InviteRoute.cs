using Feedback.Api.Access;
using Feedback.Domain.Access;

namespace Feedback.Api.Invitations;

/// <summary>The endpoint at which a counter asks a citizen for a rating.</summary>
internal static class InviteRoute
{
    public static void MapInvitations(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/windows/{window}/invite", (HttpContext http, string window, InviteEndpoint endpoint) => endpoint.HandleAsync(http, window))
            .Demands(Permission.Invite).WithName("invite").WithTags("Push").WithSummary("Invites a citizen to rate one matter: a token, as a link and a QR code.")
            .WithDescription("window is the id, or the path with %2F for each slash. One matter has one rating, however often it is invited. Nothing is stored, and the token "
                + "does not contain the matter's number. Without a public address there is a token and no link; noLink says how to mend that.")
            .Accepts<InvitationBody>("application/json")
            .Produces<InvitationAnswer>(200)
            .ProducesProblem(400).ProducesProblem(401).ProducesProblem(404).ProducesProblem(413).ProducesProblem(415);
}

/// <summary>Which matter is to be rated.</summary>
/// <param name="Matter">The number of the matter, at most 64 characters.</param>
/// <param name="ServiceItem">The service item's code.</param>
/// <param name="Language">The language of the page, such as <c>en</c>; the browser's own when left out.</param>
/// <param name="OccurredAt">When the citizen was served: RFC 3339 with an offset; now when left out. The rating is counted on that day, and goes to who was signed in then.</param>
public sealed record InvitationBody(string Matter, string? ServiceItem, string? Language, DateTimeOffset? OccurredAt);

/// <summary>An invitation.</summary>
/// <param name="Token">The token.</param>
/// <param name="ExpiresAt">From when on it is good no more.</param>
/// <param name="Url">The link to the page; null without a public address.</param>
/// <param name="Qr">The link as a QR code, an SVG document; null without a public address.</param>
/// <param name="NoLink">Why there is no link, in words; else null.</param>
public sealed record InvitationAnswer(string Token, DateTimeOffset ExpiresAt, string? Url, string? Qr, string? NoLink);
