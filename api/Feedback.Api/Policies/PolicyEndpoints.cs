using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Feedback.Api.Access;
using Feedback.Api.Addresses;
using Feedback.Api.Intake;
using Feedback.Api.Satisfaction;
using Feedback.Domain.Access;
using Feedback.Domain.Policies;
using Feedback.Grains.Policies;
using Microsoft.Net.Http.Headers;

namespace Feedback.Api.Policies;

/// <summary>The endpoints that tell and set the policies of places.</summary>
internal static class PolicyEndpoints
{
    private const string One = "/api/v1/policies/{subject}";

    public static void MapPolicies(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/policies", (HttpContext http, AccessCheck access, PolicyReading policies) => ReadEndpoints.ForReaderAsync(http, async scope =>
                Results.Json(policies.All(await ReadEndpoints.FindAsync(access, NodeIn(http), scope), scope), ApiJson.Options)))
            .Demands(Permission.ReadPolicies).WithName("policies").WithTags("Policies").WithSummary("The policies that hold at a node today, where they come from, and what is planned.")
            .WithDescription("The nearest node at or above that has a policy decides; where nobody set one, the default holds.")
            .WithQuery("node", "The node's id or path.")
            .Produces<PolicyList>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);

        routes.MapGet(One, (HttpContext http, string subject, AccessCheck access, PolicyReading policies) => ReadEndpoints.ForReaderAsync(http, async scope =>
            {
                var node = await ReadEndpoints.FindAsync(access, NodeIn(http), scope);
                var found = policies.One(node, scope, SubjectOf(subject), DayIn(http, "day"));
                Tag(http, found.Policy.LastDecision);
                return Results.Json(found, ApiJson.Options);
            }))
            .Demands(Permission.ReadPolicies).WithName("policy").WithTags("Policies").WithSummary("The policy about one subject that holds at a node on a day, and what is planned after it.")
            .WithDescription("Its ETag, sent back as If-Match, keeps a change from hiding somebody else's.")
            .WithQuery("node", "The node's id or path.")
            .WithQuery("day", "The local day, such as 2026-11-01; today at the node when left out.", required: false)
            .Produces<SinglePolicy>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);

        routes.MapPut(One, (HttpContext http, string subject, AccessCheck access, PolicyChanges changes) => ReadEndpoints.ForReaderAsync(http, async scope =>
            {
                var node = await ReadEndpoints.FindAsync(access, NodeIn(http), scope);
                var draft = new PolicyDraft(node.Id, SubjectOf(subject).Word, DayIn(http, "from"), await RequestBody.ReadAsync(http.Request, TextOf), scope, KnownTo(http));
                var (set, refusal) = await changes.SetAsync(draft, ActorOf(http));
                if (set is null)
                    throw new RefusedException(refusal!);
                Tag(http, set.Version);
                return Results.Json(new SetPolicyView(draft.Subject, NodeLabel.Of(node, access.ViewOf(scope)), set.From, set.Version, JsonNode.Parse(set.Text)!), ApiJson.Options);
            }))
            .Demands(Permission.ManagePolicies).WithName("policy-set").WithTags("Policies").WithSummary("Sets a policy at a node, from a local day on; the body is its document.")
            .WithDescription("It holds at the node and below until another one there or nearer does, and replaces what was planned here from that day on. What is left out of the document has its default. Audited.")
            .WithQuery("node", "The node's id or path.")
            .WithQuery("from", "The first local day on which it holds, today at the earliest; tomorrow when left out.", required: false)
            .WithHeader(HeaderNames.IfMatch, "The ETag of the policy as it was read; refused with 412 when somebody changed it since.")
            .Accepts<PolicyBody>("application/json")
            .Produces<SetPolicyView>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(412).ProducesProblem(503);
    }

    internal static PolicyActor ActorOf(HttpContext http) =>
        new(http.GetCaller().Caller.Name, http.GetCaller().Caller.Account?.Name, CallerAddress.Of(http));

    private static string NodeIn(HttpContext http) => http.Request.Query["node"].ToString();

    private static IPolicySubject SubjectOf(string word) => PolicySubjects.Find(word)
        ?? throw Members.Refuse("policy-subject-unknown", "subject", string.Join(", ", PolicySubjects.All.Select(subject => subject.Word)));

    private static DateOnly? DayIn(HttpContext http, string name) => http.Request.Query[name].ToString().Length == 0 ? null
        : SatisfactionQuery.Day(http.Request.Query, name) ?? throw new RefusedException(SatisfactionQuery.BadDay(http.Request.Query, name));

    private static string TextOf(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
            throw Members.Refuse("object-expected");
        try
        {
            return body.GetRawText();
        }
        catch (InvalidOperationException)
        {
            // Bytes that are no UTF-8.
            throw Members.Refuse("text-invalid", "document");
        }
    }

    private static void Tag(HttpContext http, long decision) => http.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{decision}\"");

    // Null for whoever takes whatever is there; -1, which no policy ever has, for a tag that is none of ours.
    private static long? KnownTo(HttpContext http)
    {
        var tags = http.Request.Headers.IfMatch;
        if (tags.Count == 0 || tags.ToString().Trim() == "*")
            return null;
        var known = tags.ToString().Trim().Trim('"');
        return long.TryParse(known, NumberStyles.None, CultureInfo.InvariantCulture, out var decision) ? decision : -1;
    }
}
