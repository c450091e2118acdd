using Feedback.Api.Access;
using Feedback.Api.Intake;
using Feedback.Api.Problems;
using Feedback.Domain.Access;
using Feedback.Domain.Evaluations;

namespace Feedback.Api.Accounts;

/// <summary>The endpoints by which a security administrator opens and closes accounts.</summary>
internal static class AccountEndpoints
{
    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        var accounts = routes.MapGroup("/api/v1").Demands(Permission.ManageAccounts).WithTags("Accounts");
        accounts.MapGet("/accounts", async (HttpContext http, AccountAdministration office) =>
                Results.Json(new AccountList([.. (await office.ListAsync(http.GetCaller())).Select(AccountView.Of)]), ApiJson.Options))
            .WithName("accounts").WithSummary("The accounts within the caller's scope.").Produces<AccountList>().ProducesProblem(401).ProducesProblem(403);
        accounts.MapPost("/accounts", (HttpContext http, AccountAdministration office, AccessCheck access) => AnswerAsync(http, async () =>
            {
                var body = await BodyAsync(http, access, opening: true);
                var (password, refusal) = await office.OpenAsync(http, body.Name!, body.Grants, body.External, body.Email, body.Staff);
                return refusal is null ? Results.Json(new OpenedAccount(body.Name!, password), ApiJson.Options, statusCode: StatusCodes.Status201Created) : throw new RefusedException(refusal);
            }))
            .WithName("account-open").WithSummary("Opens an account; its password is drawn and shown this once.")
            .WithDescription("node is an id or path; null grants a role for the whole bureau. One account is never two of system, security and audit administrator. external: true opens it for the bureau's own provider, without a password here.")
            .Accepts<AccountBody>("application/json").Produces<OpenedAccount>(201).ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);
        accounts.MapGet("/accounts/{account}", async (HttpContext http, string account, AccountAdministration office) => await AnswerAsync(http, async () =>
                Results.Json(AccountView.Of(await office.FindAsync(http.GetCaller(), Whole(account)) ?? throw Members.Refuse("account-unknown", "account", Whole(account))), ApiJson.Options)))
            .WithName("account").WithSummary("One account.").Produces<AccountView>().ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);
        accounts.MapPut("/accounts/{account}/grants", (HttpContext http, string account, AccountAdministration office, AccessCheck access) => AnswerAsync(http, async () =>
                Done(await office.GrantAsync(http, Whole(account), (await BodyAsync(http, access, opening: false)).Grants))))
            .WithName("account-grants").WithSummary("Replaces the grants of an account, and ends its sessions.")
            .Accepts<GrantsBody>("application/json").Produces(204).ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);
        accounts.MapPut("/accounts/{account}/email", (HttpContext http, string account, AccountAdministration office) => AnswerAsync(http, async () =>
                Done(await office.SetEmailAsync(http, Whole(account), (await RequestBody.ReadAsync(http.Request, AccountBodies.ReadEmail)).Email))))
            .WithName("account-email").WithSummary("Says where the person of an account is written to about cases; null for nowhere.")
            .WithDescription("One in the file of notices comes before it. Its sessions go on. Told to those who manage accounts only; forgotten when the account is disabled.")
            .Accepts<EmailBody>("application/json").Produces(204).ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);
        accounts.MapPut("/accounts/{account}/staff", (HttpContext http, string account, AccountAdministration office) => AnswerAsync(http, async () =>
                Done(await office.SetStaffAsync(http, Whole(account), (await RequestBody.ReadAsync(http.Request, AccountBodies.ReadStaff)).Staff))))
            .WithName("account-staff").WithSummary("Says which member of staff the person of an account is, by the staff code; null for none.")
            .WithDescription("By it somebody who is complained of, or whose rating is looked into, is kept from the case; it holds from their next request on. A code belongs to one account, "
                + "and stays with one that is disabled until it is taken away. Never for one's own account. The audit trail tells the old and the new code.")
            .Accepts<AccountStaffBody>("application/json").Produces(204).ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);
        Act("disable", "account-disable", "Disables an account for good, and ends its sessions.", (office, http, name) => office.DisableAsync(http, name));
        Act("sessions/end", "account-sessions-end", "Ends all sessions of an account.", (office, http, name) => office.EndSessionsAsync(http, name));
        Act("second-factor/reset", "account-second-factor-reset", "Takes the second factor of an account away, and ends its sessions.", (office, http, name) => office.ResetSecondFactorAsync(http, name));
        accounts.MapPost("/accounts/{account}/password", (HttpContext http, string account, AccountAdministration office) => AnswerAsync(http, async () =>
            {
                var (password, refusal) = await office.ResetPasswordAsync(http, Whole(account));
                return refusal is null ? Results.Json(new OpenedAccount(Whole(account), password), ApiJson.Options) : throw new RefusedException(refusal);
            }))
            .WithName("account-password").WithSummary("Draws another password, shown this once, and ends the account's sessions.")
            .Produces<OpenedAccount>().ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);

        void Act(string path, string name, string summary, Func<AccountAdministration, HttpContext, string, Task<Refusal?>> act) =>
            accounts.MapPost("/accounts/{account}/" + path, (HttpContext http, string account, AccountAdministration office) =>
                    AnswerAsync(http, async () => Done(await act(office, http, Whole(account)))))
                .WithName(name).WithSummary(summary).Produces(204).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);
    }

    // A slash within one step of an address arrives as it was sent.
    private static string Whole(string name) => name.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    private static IResult Done(Refusal? refusal) => refusal is null ? Results.NoContent() : throw new RefusedException(refusal);

    private static async Task<IResult> AnswerAsync(HttpContext http, Func<Task<IResult>> answer)
    {
        // A password must stay in nobody's cache.
        http.Response.Headers.CacheControl = "no-store";
        try
        {
            return await answer();
        }
        catch (RefusedException e)
        {
            await Problem.WriteAsync(http, e.Refusal);
            return Results.Empty;
        }
    }

    private static async Task<(string? Name, IReadOnlyList<Grant> Grants, bool External, string? Email, string? Staff)> BodyAsync(HttpContext http, AccessCheck access, bool opening)
    {
        var (name, wanted, external, email, staff) = await RequestBody.ReadAsync(http.Request, body => AccountBodies.Read(body, opening));
        var grants = new List<Grant>();
        foreach (var (role, node) in wanted)
        {
            var at = node is null ? null : await access.FindAsync(node, http.GetCaller().ScopeHere) ?? throw Members.Refuse("node-unknown", "node", node);
            grants.Add(new Grant(role, at?.Id));
        }

        return (name, grants, external, email, staff);
    }
}
