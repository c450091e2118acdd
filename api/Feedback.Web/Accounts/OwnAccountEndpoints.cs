using Feedback.Api.Access;
using Feedback.Api.Addresses;
using Feedback.Domain.Access;
using Feedback.Grains.Accounts;
using Feedback.Grains.Audit;
using Feedback.Grains.Organisation;
using Feedback.Web.Frame;
using Feedback.Web.SignIn;
using Microsoft.AspNetCore.Antiforgery;

namespace Feedback.Web.Accounts;

/// <summary>Everybody's own account: password, second factor, recovery codes, sessions, and what roles where.</summary>
internal static class OwnAccountEndpoints
{
    private const string Own = FrameLinks.Own;

    public static void MapOwnAccount(this IEndpointRouteBuilder app)
    {
        app.MapGet(Own, (HttpContext http, IAntiforgery forms, IBureau bureau) => Show(http, forms, bureau)).PageDemands(Permission.OwnAccount).ExcludeFromDescription();
        app.MapPost(Own + "/password", ChangePasswordAsync).PageDemands(Permission.OwnAccount).ExcludeFromDescription();
        app.MapPost(Own + "/sessions", EndSessionsAsync).PageDemands(Permission.OwnAccount).ExcludeFromDescription();
        app.MapGet(Own + "/second-factor", (HttpContext http, IAntiforgery forms, SecondFactorCards cards) => Enrol(http, forms, cards.Draw(Of(http)))).PageDemands(Permission.OwnAccount).ExcludeFromDescription();
        app.MapPost(Own + "/second-factor", EnrolAsync).PageDemands(Permission.OwnAccount).ExcludeFromDescription();
        app.MapPost(Own + "/recovery", DrawAsync).PageDemands(Permission.OwnAccount).ExcludeFromDescription();
    }

    private static Account Of(HttpContext http) => http.GetCaller().Caller.Account!;

    private static async Task<IResult> ChangePasswordAsync(HttpContext http, IAntiforgery forms, IBureau bureau, IAccounts accounts, IAudit audit)
    {
        var (form, status) = await Forms.ReadAsync(http, forms);
        // An account of the provider's has no password here, and gets none.
        if (form is null || Of(http).External)
            return Show(http, forms, bureau, "badForm", status == StatusCodes.Status200OK ? StatusCodes.Status400BadRequest : status);
        var (account, password) = (Of(http), form["new"].ToString());
        if (!await IsProvenAsync(http, accounts, form))
            return Show(http, forms, bureau, "account-current-failed");
        if (password != form["again"].ToString())
            return Show(http, forms, bureau, "account-differs");
        if (!PasswordRules.Allows(password))
            return Show(http, forms, bureau, "setup-password-unfit");
        await RecordAsync(http, audit, Acts.AccountPassword);
        await accounts.ResetPasswordAsync(account.Name, password);
        await GoOnAsync(http, accounts);
        return Results.LocalRedirect(Own);
    }

    private static async Task<IResult> EndSessionsAsync(HttpContext http, IAntiforgery forms, IBureau bureau, IAccounts accounts, IAudit audit)
    {
        if ((await Forms.ReadAsync(http, forms)).Form is null)
            return Show(http, forms, bureau, "badForm");
        await RecordAsync(http, audit, Acts.SessionEnded);
        await accounts.EndSessionsAsync(Of(http).Name);
        await Sessions.EndAsync(http);
        return Results.LocalRedirect("/sign-in");
    }

    private static async Task<IResult> EnrolAsync(HttpContext http, IAntiforgery forms, SecondFactorCards cards, ISecondFactors factors, IAccounts accounts, IAudit audit)
    {
        var (account, form) = (Of(http), (await Forms.ReadAsync(http, forms)).Form);
        if (form is null || cards.Read(account, form["card"].ToString()) is not { } card)
            return Enrol(http, forms, cards.Draw(account), "badForm");
        if (!await IsProvenAsync(http, accounts, form))
            return Enrol(http, forms, card, "account-current-failed");
        var code = form["code"].ToString();
        if (!cards.IsProven(card, code))
            return Enrol(http, forms, card, "account-code-failed");
        await RecordAsync(http, audit, Acts.SecondFactorSet);
        if (await factors.EnrolAsync(account.Id, card.Secret, code) is not { } codes)
            return Enrol(http, forms, card, "account-code-failed");
        await GoOnAsync(http, accounts, proven: true);
        return ShowCodes(http, codes);
    }

    private static async Task<IResult> DrawAsync(HttpContext http, IAntiforgery forms, IBureau bureau, ISecondFactors factors, IAccounts accounts, IAudit audit)
    {
        var (form, status) = await Forms.ReadAsync(http, forms);
        if (form is null)
            return Show(http, forms, bureau, "badForm", status);
        if (!await IsProvenAsync(http, accounts, form))
            return Show(http, forms, bureau, "account-current-failed");
        await RecordAsync(http, audit, Acts.SecondFactorRecovery);
        return await factors.DrawRecoveryCodesAsync(Of(http).Id) is { } codes ? ShowCodes(http, codes) : Show(http, forms, bureau, "badForm");
    }

    // Whoever finds an open browser must not take the account over. An account of the provider's has no password to show.
    private static async Task<bool> IsProvenAsync(HttpContext http, IAccounts accounts, IFormCollection form)
    {
        try
        {
            return Of(http).External || await accounts.SignInAsync(Of(http).Name, form["password"].ToString()) is not null;
        }
        catch (SignInBusyException)
        {
            return false;
        }
    }

    // All sessions have ended by the change; this one goes on under the new stamp.
    private static async Task GoOnAsync(HttpContext http, IAccounts accounts, bool proven = false)
    {
        proven |= await Sessions.IsProvenAsync(http);
        await Sessions.BeginAsync(http, (await accounts.FindAsync(Of(http).Id))!, proven);
    }

    private static IResult ShowCodes(HttpContext http, IReadOnlyList<string> codes) =>
        http.ShowOnce("account-recovery", "account-recovery-lead", Own, new ShownOnce(null, string.Join('\n', codes)));

    private static Task RecordAsync(HttpContext http, IAudit audit, string act)
    {
        var name = http.GetCaller().Caller.Name;
        return audit.RecordAsync(new AuditEntry(act, name) { Target = name, Address = CallerAddress.Of(http) });
    }

    private static IResult Enrol(HttpContext http, IAntiforgery forms, SecondFactorCard card, string? error = null)
    {
        var account = Of(http);
        return http.Page<EnrolPage>(error is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest, new()
        {
            ["Words"] = Words.PageWords.For(http.Request),
            ["FormToken"] = forms.GetAndStoreTokens(http).RequestToken!,
            ["Action"] = Own + "/second-factor",
            ["Card"] = card,
            ["Account"] = account.Name,
            ["AsksPassword"] = !account.External,
            ["Error"] = error,
        });
    }

    private static IResult Show(HttpContext http, IAntiforgery forms, IBureau bureau, string? error = null, int status = StatusCodes.Status400BadRequest)
    {
        var parameters = Pages.FrameFor(http, forms);
        parameters["Known"] = Of(http);
        parameters["Tree"] = bureau.Current.Tree;
        parameters["Error"] = error;
        parameters["Address"] = Own;
        return http.Page<OwnAccountPage>(error is null ? StatusCodes.Status200OK : status, parameters);
    }
}
