using Feedback.Api.Access;
using Feedback.Api.Limits;
using Feedback.Domain.Access;

namespace Feedback.Api.Terminals;

/// <summary>The endpoints about terminals, their keys, and tokens.</summary>
internal static class TerminalRoutes
{
    public static void MapTerminals(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/terminals/enrol", (HttpContext http, TerminalEndpoints endpoints) => endpoints.EnrolAsync(http))
            .TriesSecrets().IsOpen("Demands a one-time code of 73 random bits; whoever has none learns nothing.")
            .WithName("enrol-terminal").WithTags("Terminals").WithSummary("Gives a terminal its key, for a one-time code.")
            .WithDescription("A code is used up by the first terminal that comes with it; the same code with the same secret or public key finds the same key again, "
                + "for an answer that was lost. A code that is wrong, used up or too old gets one same answer.")
            .Accepts<EnrolmentBody>("application/json").Produces<EnrolledTerminal>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(409).ProducesProblem(503);
        routes.MapPost("/api/v1/terminals/key", (HttpContext http, TerminalEndpoints endpoints) => endpoints.RenewAsync(http))
            .Demands(Permission.RenewKey).WithName("renew-key").WithTags("Terminals").WithSummary("Gives a terminal another key; the old one stays good for 24 hours.")
            .WithDescription("The terminal draws the new secret or key pair, stores it, and asks with the old key. Asking again with the same is answered with the same. "
                + "A terminal that signs asks with X-Signature, and gets no plain key.")
            .Accepts<RenewalBody>("application/json").Produces<EnrolledTerminal>()
            .ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(409).ProducesProblem(503);
        routes.MapGet("/api/v1/terminals", (HttpContext http, TerminalEndpoints endpoints) => endpoints.ListAsync(http))
            .Administers("terminals", "The terminals with their keys, and the open one-time codes.").Produces<TerminalList>();
        routes.MapPost("/api/v1/enrolment-codes", (HttpContext http, TerminalEndpoints endpoints) => endpoints.IssueCodesAsync(http))
            .Administers("issue-codes", "Issues one-time codes: for one terminal, or for every window below a node.")
            .WithDescription("The letters are answered once. Terminals may choose among algorithms that sign; plain keys only where algorithms names plain.")
            .Accepts<EnrolmentCodesBody>("application/json").Produces<IssuedCodes>().ProducesProblem(400).ProducesProblem(404);
        routes.MapPost("/api/v1/terminals/{terminal}/revoke", (HttpContext http, string terminal, TerminalEndpoints endpoints) => endpoints.RevokeTerminalAsync(http, terminal))
            .Administers("revoke-terminal", "Revokes all keys of a terminal, and its open one-time codes.").Produces<RevokedTerminal>().ProducesProblem(404);
        routes.MapPost("/api/v1/enrolment-codes/{enrolmentCode}/revoke", (HttpContext http, string enrolmentCode, TerminalEndpoints endpoints) => endpoints.RevokeCodeAsync(http, enrolmentCode))
            .Administers("revoke-code", "Revokes a one-time code that nobody used yet; one that was used stays as it is.").Produces<RevokedCode>().ProducesProblem(404);
        routes.MapGet("/api/v1/tokens", (HttpContext http, TerminalEndpoints endpoints) => endpoints.ListTokensAsync(http))
            .Administers("tokens", "The API tokens, without their secrets.").Produces<TokenList>();
        routes.MapPost("/api/v1/tokens", (HttpContext http, TerminalEndpoints endpoints) => endpoints.IssueTokenAsync(http))
            .Administers("issue-token", "Issues an API token; its secret is answered once.")
            .Accepts<TokenBody>("application/json").Produces<IssuedToken>().ProducesProblem(400).ProducesProblem(404);
        routes.MapPost("/api/v1/keys/{key}/revoke", (HttpContext http, string key, TerminalEndpoints endpoints) => endpoints.RevokeKeyAsync(http, key))
            .Administers("revoke-key", "Revokes a key or token; all servers follow within seconds.").Produces<KeyView>().ProducesProblem(404);
    }

    private static RouteHandlerBuilder Administers(this RouteHandlerBuilder route, string name, string summary) =>
        route.Demands(Permission.ManageKeys).WithName(name).WithTags("Terminals").WithSummary(summary).ProducesProblem(401).ProducesProblem(403).ProducesProblem(503);
}
