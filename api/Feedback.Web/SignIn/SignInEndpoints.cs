using System.Globalization;
using Feedback.Api.Access;
using Feedback.Api.Addresses;
using Feedback.Api.Limits;
using Feedback.Grains.Accounts;
using Feedback.Grains.Audit;
using Feedback.Web.Frame;
using Feedback.Web.Words;
using Microsoft.AspNetCore.Antiforgery;

namespace Feedback.Web.SignIn;

/// <summary>Signing in and out, by forms that only our own pages can send.</summary>
internal static class SignInEndpoints
{
    public static void MapSignIn(this IEndpointRouteBuilder app)
    {
        app.MapGet("/sign-in", (HttpContext http, IAntiforgery forms) =>
            Form(http, forms, BackOf(http.Request.Query["back"].ToString()), error: ErrorOf(http.Request.Query["failed"].ToString()), status: StatusCodes.Status200OK)).IsOpen("Who signs in is not known yet; who signs out may be known no longer.").ExcludeFromDescription();
        app.MapPost("/sign-in", SignInAsync).TriesSecrets().IsOpen("Who signs in is not known yet; who signs out may be known no longer.").ExcludeFromDescription();
        app.MapSecondFactor();
        app.MapProvider();
        app.MapPost("/sign-out", SignOutAsync).IsOpen("Who signs in is not known yet; who signs out may be known no longer.").ExcludeFromDescription();
    }

    /// <summary>An address on this site to go back to; anything else, such as another site's or what no header may hold, becomes the start.</summary>
    public static string BackOf(string? address) =>
        address is ['/', ..] and not (['/', '/', ..] or ['/', '\\', ..]) && address.All(letter => letter is > ' ' and <= '~') && !address.StartsWith("/sign", StringComparison.Ordinal)
            ? address
            : "/nodes";

    // What the way back from the provider says, by the name of its word.
    private static string? ErrorOf(string failed) => failed switch
    {
        "provider" => "signInProviderFailed",
        "account" => "signInProviderUnknown",
        _ => null,
    };

    private static async Task<IResult> SignInAsync(HttpContext http, IAntiforgery forms, IAccounts accounts, IAudit audit)
    {
        var (form, status) = await Forms.ReadAsync(http, forms);
        if (form is null)
            return Form(http, forms, "/nodes", error: "badForm", status: status);
        var (name, back) = (form["name"].ToString(), BackOf(form["back"].ToString()));
        try
        {
            if (await accounts.SignInAsync(name, form["password"].ToString()) is not { } account)
            {
                // A name that nobody has may be a password in the wrong field: it is not kept.
                audit.NoteRefusal(new AuditEntry(Acts.SessionRefused, "unknown")
                {
                    Target = await accounts.FindByNameAsync(name) is { } named ? "account:" + named.Name : null,
                    Reason = "credentials-wrong",
                    Address = CallerAddress.Of(http),
                });
                return Form(http, forms, back, name, "signInFailed");
            }

            return await SecondFactorEndpoints.GoOnAsync(http, account, back);
        }
        catch (SignInBusyException)
        {
            http.Response.Headers.RetryAfter = SignInBusyException.RetryAfter.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            return Form(http, forms, back, name, "signInBusy", StatusCodes.Status503ServiceUnavailable);
        }
    }

    /// <summary>Notes that somebody was not let in. What was typed is not told: it may be a password in the wrong field.</summary>
    public static void NoteRefusal(HttpContext http, IAudit audit, string actor) =>
        audit.NoteRefusal(new AuditEntry(Acts.SessionRefused, actor) { Reason = "credentials-wrong", Address = CallerAddress.Of(http), Refused = true });

    private static async Task<IResult> SignOutAsync(HttpContext http, IAntiforgery forms, IAudit audit)
    {
        if ((await Forms.ReadAsync(http, forms)).Form is not null)
        {
            // Whoever wants to end a session can always do so, whatever the trail can take at this moment.
            var account = await Sessions.FindAsync(http);
            await Sessions.EndAsync(http);
            if (account is not null)
                await audit.RecordAsync(new AuditEntry(Acts.SessionEnded, "account:" + account.Name) { Address = CallerAddress.Of(http) });
        }
        else if (await Sessions.FindAsync(http) is not null)
            return http.Message(StatusCodes.Status400BadRequest, "badForm");
        return Results.LocalRedirect("/sign-in");
    }

    private static IResult Form(HttpContext http, IAntiforgery forms, string back, string name = "", string? error = null, int status = StatusCodes.Status400BadRequest) =>
        http.Page<SignInPage>(error is null ? StatusCodes.Status200OK : status, new()
        {
            ["Words"] = PageWords.For(http.Request),
            ["FormToken"] = forms.GetAndStoreTokens(http).RequestToken!,
            ["Back"] = back,
            ["Name"] = name,
            ["Error"] = error,
            ["Provider"] = http.RequestServices.GetRequiredService<OfferedProvider>().Provider is not null,
        });
}
