using System.Globalization;
using System.Text.Json;
using Feedback.Api.Access;
using Feedback.Api.Addresses;
using Feedback.Api.Bodies;
using Feedback.Api.Evaluations;
using Feedback.Api.Intake;
using Feedback.Api.Problems;
using Feedback.Domain.Invitations;
using Feedback.Domain.Organisation;
using Feedback.Domain.Time;
using Feedback.Grains.Invitations;
using Feedback.Grains.Organisation;

namespace Feedback.Api.Invitations;

/// <summary>The counter's "please rate": a token for one matter, as a link and a QR code. Nothing is stored until somebody rates.</summary>
internal sealed class InviteEndpoint(AccessCheck access, IBureau bureau, InvitationSeal seal, InvitationPolicy policy, PublicAddress address, TimeProvider clock)
{
    public async Task HandleAsync(HttpContext http, string window)
    {
        try
        {
            RequestBody.DemandJson(http.Request);
            var asked = await RequestBody.ReadAsync(http.Request, Read);
            var id = await FindAsync(window, http.GetCaller().ScopeHere);
            http.Response.Headers.CacheControl = "no-store";
            await http.Response.WriteAsJsonAsync(Answer(http, InvitationOf(id, asked)), ApiJson.Options, http.RequestAborted);
        }
        catch (RefusedException e)
        {
            await Problem.WriteAsync(http, e.Refusal);
        }
    }

    private Invitation InvitationOf(NodeId window, Asked asked)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var at = asked.OccurredAt ?? bureau.Current.Tree.Find(window)!.Zone.At(now);
        if (DayRule.Refused(at.UtcMilliseconds, now) is { } refusal)
            throw new RefusedException(refusal);
        var invitation = new Invitation(window, seal.HashMatter(asked.Matter), asked.ServiceItem, Invitation.Cut(at), policy.Days, Invitation.LanguageOf(asked.Language));
        // A visit so long ago that nobody could rate it any more.
        return invitation.ExpiresAt > now ? invitation : throw Members.Refuse("invitation-late", "occurredAt", policy.Days.ToString(CultureInfo.InvariantCulture));
    }

    private InvitationAnswer Answer(HttpContext http, Invitation invitation)
    {
        var token = seal.Write(invitation);
        var expiresAt = DateTimeOffset.FromUnixTimeMilliseconds(invitation.ExpiresAt).ToOffset(TimeSpan.FromMinutes(invitation.At.OffsetMinutes));
        return address.TryLink("/rate/" + token, out var link, out var refusal)
            ? new InvitationAnswer(token, expiresAt, link.Url, QrPicture.Svg(link), null)
            : new InvitationAnswer(token, expiresAt, null, null, Problem.TitleOf(refusal, Problem.CultureOf(http.Request)));
    }

    private async Task<NodeId> FindAsync(string window, NodeScope scope)
    {
        // A slash within one step of an address arrives as it was sent.
        var idOrPath = window.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        return await access.FindAsync(idOrPath, scope) is { Kind: NodeKind.Window } node ? node.Id : throw Members.Refuse("window-unknown", "window", idOrPath);
    }

    private sealed record Asked(string Matter, string? ServiceItem, string? Language, Moment? OccurredAt);

    private static Asked Read(JsonElement body)
    {
        string? matter = null, item = null, language = null;
        Moment? at = null;
        BodyMembers.Each(body, (name, value) =>
        {
            switch (name)
            {
                case "matter": matter = Members.Text(value, name, EvaluationReader.LongestCode); break;
                case "serviceItem": item = OptionalMember.Text(value, name, EvaluationReader.LongestCode); break;
                case "language": language = OptionalMember.Text(value, name, EvaluationReader.LongestCode); break;
                case "occurredAt": at = OptionalMember.Time(value, name); break;
                default: return false;
            }

            return true;
        });
        return new Asked(matter ?? throw Members.Missing("matter"), item, language, at);
    }
}
