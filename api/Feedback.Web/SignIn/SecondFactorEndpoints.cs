using Feedback.Api.Access;
using Feedback.Api.Addresses;
using Feedback.Api.Limits;
using Feedback.Grains.Accounts;
using Feedback.Grains.Audit;
using Feedback.Web.Frame;
using Feedback.Web.Words;
using Microsoft.AspNetCore.Antiforgery;

namespace Feedback.Web.SignIn;

/// <summary>The second half of signing in: a code of the second factor, or setting one up where the role demands it.</summary>
internal static class SecondFactorEndpoints
{
    private const string Why = "Whoever showed a password and owes a second proof has no session yet; all others are sent to the sign-in.";

    public static void MapSecondFactor(this IEndpointRouteBuilder app)
    {
        app.MapGet("/sign-in/code", (HttpContext http, IAntiforgery forms) => ForHalfAsync(http, _ => Task.FromResult(Code(http, forms)))).IsOpen(Why).ExcludeFromDescription();
        app.MapPost("/sign-in/code", (HttpContext http, IAntiforgery forms, ISecondFactors factors, IAudit audit) => ForHalfAsync(http, account => ProveAsync(http, forms, factors, audit, account))).TriesSecrets().IsOpen(Why).ExcludeFromDescription();
        app.MapGet("/sign-in/enrol", (HttpContext http, IAntiforgery forms, SecondFactorCards cards) => ForHalfAsync(http, account =>
            Task.FromResult(account.HasSecondFactor ? Results.LocalRedirect("/sign-in/code") : Enrol(http, forms, cards.Draw(account))))).IsOpen(Why).ExcludeFromDescription();
        app.MapPost("/sign-in/enrol", (HttpContext http, IAntiforgery forms, SecondFactorCards cards, ISecondFactors factors, IAccounts accounts, IAudit audit) =>
            ForHalfAsync(http, account => EnrolAsync(http, forms, cards, factors, accounts, audit, account))).TriesSecrets().IsOpen(Why).ExcludeFromDescription();
    }

    /// <summary>Goes on with somebody whose first proof was good: a session where that is enough, else to the second one.</summary>
    /// <param name="http">The request.</param>
    /// <param name="account">Whose first proof was good.</param>
    /// <param name="back">Where to go then.</param>
    /// <param name="vouched">Whether the provider asked for a second proof itself.</param>
    public static async Task<IResult> GoOnAsync(HttpContext http, Account account, string back, bool vouched = false)
    {
        if (!vouched && (account.HasSecondFactor || http.RequestServices.GetRequiredService<SecondFactorRule>().Demands(account)))
        {
            await HalfSessions.BeginAsync(http, account);
            return Results.LocalRedirect((account.HasSecondFactor ? "/sign-in/code" : "/sign-in/enrol") + "?back=" + Uri.EscapeDataString(back));
        }

        await Sessions.BeginAsync(http, account, proven: vouched);
        return Results.LocalRedirect(StartOf(account, back));
    }

    // Who reads no figures has nothing to see at the start of the others.
    private static string StartOf(Account account, string back) => back == "/nodes" ? FrameLinks.StartOf(account) : back;

    private static async Task<IResult> ForHalfAsync(HttpContext http, Func<Account, Task<IResult>> answer) =>
        await HalfSessions.FindAsync(http) is { } account ? await answer(account) : Results.LocalRedirect("/sign-in");

    private static async Task<IResult> ProveAsync(HttpContext http, IAntiforgery forms, ISecondFactors factors, IAudit audit, Account account)
    {
        var (form, status) = await Forms.ReadAsync(http, forms);
        if (form is null)
            return Code(http, forms, error: "badForm", status: status);
        var back = SignInEndpoints.BackOf(form["back"].ToString());
        if (!await factors.ProveAsync(account.Id, form["code"].ToString()))
        {
            SignInEndpoints.NoteRefusal(http, audit, "account:" + account.Name);
            return Code(http, forms, back, "account-code-failed");
        }

        await HalfSessions.EndAsync(http);
        await Sessions.BeginAsync(http, account, proven: true);
        return Results.LocalRedirect(StartOf(account, back));
    }

    private static async Task<IResult> EnrolAsync(
        HttpContext http, IAntiforgery forms, SecondFactorCards cards, ISecondFactors factors, IAccounts accounts, IAudit audit, Account account)
    {
        // Who has a factor shows it: this page is no way around it, nor by two requests at once.
        if (account.HasSecondFactor)
            return Results.LocalRedirect("/sign-in/code");
        var (form, status) = await Forms.ReadAsync(http, forms);
        if (form is null || cards.Read(account, form["card"].ToString()) is not { } card)
            return Enrol(http, forms, cards.Draw(account), "badForm", status == StatusCodes.Status200OK ? StatusCodes.Status400BadRequest : status);
        var code = form["code"].ToString();
        if (!cards.IsProven(card, code))
            return Enrol(http, forms, card, "account-code-failed", StatusCodes.Status400BadRequest);
        await audit.RecordAsync(new AuditEntry(Acts.SecondFactorSet, "account:" + account.Name) { Target = "account:" + account.Name, Address = CallerAddress.Of(http) });
        if (await factors.EnrolAsync(account.Id, card.Secret, code, account.Stamp) is not { } codes)
            return Enrol(http, forms, card, "account-code-failed", StatusCodes.Status400BadRequest);
        await HalfSessions.EndAsync(http);
        // Under the new stamp.
        await Sessions.BeginAsync(http, (await accounts.FindAsync(account.Id))!, proven: true);
        return http.ShowOnce("account-recovery", "account-recovery-lead", FrameLinks.StartOf(account), new ShownOnce(null, string.Join('\n', codes)));
    }

    private static IResult Code(HttpContext http, IAntiforgery forms, string? back = null, string? error = null, int status = StatusCodes.Status400BadRequest) =>
        http.Page<CodePage>(error is null ? StatusCodes.Status200OK : status, new()
        {
            ["Words"] = PageWords.For(http.Request),
            ["FormToken"] = forms.GetAndStoreTokens(http).RequestToken!,
            ["Back"] = back ?? SignInEndpoints.BackOf(http.Request.Query["back"].ToString()),
            ["Error"] = error,
        });

    private static IResult Enrol(HttpContext http, IAntiforgery forms, SecondFactorCard card, string? error = null, int status = StatusCodes.Status200OK) =>
        http.Page<EnrolPage>(status, new()
        {
            ["Words"] = PageWords.For(http.Request),
            ["FormToken"] = forms.GetAndStoreTokens(http).RequestToken!,
            ["Action"] = "/sign-in/enrol",
            ["Card"] = card,
            ["Error"] = error,
        });
}
