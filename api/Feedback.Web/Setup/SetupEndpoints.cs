using Feedback.Api.Access;
using Feedback.Api.Limits;
using Feedback.Domain.Access;
using Feedback.Grains.Accounts;
using Feedback.Web.Frame;
using Feedback.Web.Words;
using Microsoft.AspNetCore.Antiforgery;

namespace Feedback.Web.Setup;

/// <summary>
/// The first administrator of a site, made by whoever has the setup code. Once there is an account the page is gone, except as
/// the register page of administrators of the whole bureau.
/// </summary>
internal static class SetupEndpoints
{
    public static void MapSetup(this IEndpointRouteBuilder app)
    {
        app.MapGet("/setup", ShowAsync).IsOpen("Before there is any account nobody is known; afterwards it is the register page of those who sign in for it.").ExcludeFromDescription();
        app.MapPost("/setup/administrator", CreateAsync).TriesSecrets().IsOpen("Demands the set-up code that only the service's own output shows, and there is no account yet.").ExcludeFromDescription();
        app.MapRegisters();
    }

    /// <summary>Answers the system administrator of the whole bureau; to all others the page does not exist.</summary>
    public static async Task<IResult> ForAdministratorAsync(HttpContext http, Func<Account, Task<IResult>> answer) =>
        await Sessions.FindAsync(http) is { } account && account.ScopeOf(Permission.ManageRegisters).IsEverywhere ? await answer(account) : Gone(http);

    private static async Task<IResult> ShowAsync(HttpContext http, IAntiforgery forms, IAccounts accounts, SetupCode code, RegisterPages registers) =>
        await IsOpenAsync(accounts, code)
            ? Form(http, forms)
            : await ForAdministratorAsync(http, account => Task.FromResult(registers.Show(http, account, new RegisterPageModel())));

    private static async Task<IResult> CreateAsync(HttpContext http, IAntiforgery forms, IAccounts accounts, SetupCode code)
    {
        if (!await IsOpenAsync(accounts, code))
            return Gone(http);
        var (form, status) = await Forms.ReadAsync(http, forms);
        if (form is null)
            return Form(http, forms, error: "badForm", status: status);
        var (name, password) = (form["name"].ToString(), form["password"].ToString());
        if (!code.Matches(form["code"].ToString()))
            return Form(http, forms, name, "setup-code-wrong");
        if (password != form["again"].ToString())
            return Form(http, forms, name, "setup-password-differs");
        switch (await accounts.CreateFirstAdministratorAsync(name, password))
        {
            case AccountOutcome.Done:
                code.Lapse();
                await Sessions.BeginAsync(http, (await accounts.FindByNameAsync(name))!);
                return Results.LocalRedirect("/setup");
            case AccountOutcome.PasswordUnfit:
                return Form(http, forms, name, "setup-password-unfit");
            case AccountOutcome.NameUnfit:
                return Form(http, forms, name, "setup-name-unfit");
            default:
                // Somebody else was quicker.
                code.Lapse();
                return Gone(http);
        }
    }

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
