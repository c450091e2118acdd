using Feedback.Api.Access;
using Feedback.Api.Addresses;
using Feedback.Api.Limits;
using Feedback.Domain.Access;
using Feedback.Grains.Accounts;
using Feedback.Grains.Audit;
using Feedback.Web.Frame;
using Feedback.Web.Words;
using Microsoft.AspNetCore.Antiforgery;

namespace Feedback.Web.Setup;

/// <summary>
/// The first accounts of a site, made by whoever has the setup code: three administrators of whom nobody is two. Once there is an account the page is gone, except as
/// the register page of administrators of the whole bureau.
/// </summary>
internal static class SetupEndpoints
{
    public static void MapSetup(this IEndpointRouteBuilder app)
    {
        app.MapGet("/setup", ShowAsync).IsOpen("Before there is any account nobody is known; afterwards it is the register page of those who sign in for it.").ExcludeFromDescription();
        app.MapPost("/setup/administrator", CreateAsync).TriesSecrets().IsOpen("Demands the set-up code that only the service's own output shows, and there is no account yet.").ExcludeFromDescription();
        app.MapRegisters();
        FirstKeyPages.Map(app);
    }

    /// <summary>Answers the system administrator of the whole bureau; to all others the page does not exist.</summary>
    public static async Task<IResult> ForAdministratorAsync(HttpContext http, Func<Account, Task<IResult>> answer) =>
        await Sessions.FindAsync(http) is { } account && account.ScopeOf(Permission.ManageRegisters).IsEverywhere ? await answer(account) : Gone(http);

    private static async Task<IResult> ShowAsync(HttpContext http, IAntiforgery forms, IAccounts accounts, SetupCode code, RegisterPages registers) =>
        await IsOpenAsync(accounts, code)
            ? Form(http, forms)
            : await ForAdministratorAsync(http, account => Task.FromResult(registers.Show(http, account, new RegisterPageModel())));

    private static async Task<IResult> CreateAsync(HttpContext http, IAntiforgery forms, IAccounts accounts, SetupCode code, IAudit audit)
    {
        if (!await IsOpenAsync(accounts, code))
            return Gone(http);
        var (form, status) = await Forms.ReadAsync(http, forms);
        if (form is null)
            return Form(http, forms, error: "badForm", status: status);
        var name = form["name"].ToString();
        if (!code.Matches(form["code"].ToString()))
            return Form(http, forms, name, "setup-code-wrong");
        var first = FirstAccounts(name);
        foreach (var account in first)
            await audit.RecordAsync(new AuditEntry(Acts.AccountOpened, "setup-code") { Target = "account:" + account.Name, Reason = GrantText.Write(account.Grants), Address = CallerAddress.Of(http) });
        switch (await accounts.CreateFirstAsync(first))
        {
            case AccountOutcome.Done:
                code.Lapse();
                return http.ShowOnce("setup-accounts", "setup-accounts-lead", "/sign-in?back=/setup", [.. first.Select(account => new ShownOnce(account.Name, account.Password))]);
            case AccountOutcome.NameTaken:
                return Form(http, forms, name, "setup-name-taken");
            case AccountOutcome.NameUnfit:
                return Form(http, forms, name, "setup-name-unfit");
            default:
                // Somebody else was quicker.
                code.Lapse();
                return Gone(http);
        }
    }

    // The system administrator also reads the figures of the whole bureau.
    private static NewAccount[] FirstAccounts(string name) =>
    [
        new(name, PasswordRules.Generate(), [new Grant(Role.SystemAdministrator, null), new Grant(Role.DistrictManager, null)]),
        new("security", PasswordRules.Generate(), [new Grant(Role.SecurityAdministrator, null)]),
        new("audit", PasswordRules.Generate(), [new Grant(Role.AuditAdministrator, null)]),
    ];

    private static async Task<bool> IsOpenAsync(IAccounts accounts, SetupCode code) => code.IsOpen && (await accounts.ListAsync()).Count == 0;

    private static IResult Gone(HttpContext http) => http.Message(StatusCodes.Status404NotFound, "notFound");

    private static IResult Form(HttpContext http, IAntiforgery forms, string name = "", string? error = null, int status = StatusCodes.Status400BadRequest) =>
        http.Page<FirstAdministratorPage>(error is null ? StatusCodes.Status200OK : status, new()
        {
            ["Words"] = PageWords.For(http.Request),
            ["FormToken"] = forms.GetAndStoreTokens(http).RequestToken!,
            ["Name"] = name,
            ["Error"] = error,
        });
}
