using System.Security.Claims;
using Feedback.Grains.Accounts;
using Microsoft.AspNetCore.Authentication;

namespace Feedback.Api.Access;

/// <summary>Sessions of people: a sealed cookie, good as long as the account's stamp is the one it was made with.</summary>
public static class Sessions
{
    /// <summary>The name of the scheme and of its cookie.</summary>
    public const string Scheme = "feedback-session";

    private const string StampClaim = "stamp";
    private static readonly TimeSpan Length = TimeSpan.FromHours(12);

    /// <summary>Adds sessions and forms that cannot be forged.</summary>
    public static IServiceCollection AddSessions(this IServiceCollection services)
    {
        // Or else every push, too, would be searched for a session: who needs one asks for it.
        AppContext.SetSwitch("Microsoft.AspNetCore.Authentication.SuppressAutoDefaultScheme", true);
        services.AddAuthentication().AddCookie(Scheme, options =>
        {
            options.Cookie.Name = Scheme;
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.ExpireTimeSpan = Length;
            options.Events.OnValidatePrincipal = async context =>
            {
                if (await AccountOfAsync(context.HttpContext, context.Principal!) is null)
                    context.RejectPrincipal();
            };
        });
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "feedback-form";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.FormFieldName = "form";
            // Pages say more about framing, in their Content-Security-Policy.
            options.SuppressXFrameOptionsHeader = true;
        });
        return services;
    }

    /// <summary>Begins a session.</summary>
    public static Task BeginAsync(HttpContext http, Account account)
    {
        var claims = new[] { new Claim(ClaimTypes.NameIdentifier, account.Id), new Claim(ClaimTypes.Name, account.Name), new Claim(StampClaim, account.Stamp) };
        Limits.KnownBrowser.Remember(http);
        return http.SignInAsync(Scheme, new ClaimsPrincipal(new ClaimsIdentity(claims, Scheme)));
    }

    /// <summary>Ends the session of a request.</summary>
    public static Task EndAsync(HttpContext http) => http.SignOutAsync(Scheme);

    /// <summary>The account whose session a request carries; null without one that is still good.</summary>
    public static async Task<Account?> FindAsync(HttpContext http)
    {
        var session = await http.AuthenticateAsync(Scheme);
        return session.Principal is { } principal ? await AccountOfAsync(http, principal) : null;
    }

    /// <summary>Whether an account's session is still good, for answers that last.</summary>
    public static async Task<bool> IsGoodAsync(HttpContext http, Account account) =>
        await http.RequestServices.GetRequiredService<IAccounts>().FindAsync(account.Id) is { Disabled: false } now && now.Stamp == account.Stamp;

    // Once per request: what the check of the cookie found is what the request goes on with.
    private static async Task<Account?> AccountOfAsync(HttpContext http, ClaimsPrincipal principal)
    {
        if (http.Items[Scheme] is Account known)
            return known;
        var accounts = http.RequestServices.GetRequiredService<IAccounts>();
        var account = principal.FindFirstValue(ClaimTypes.NameIdentifier) is { } id ? await accounts.FindAsync(id) : null;
        if (account is null or { Disabled: true } || account.Stamp != principal.FindFirstValue(StampClaim))
            return null;
        http.Items[Scheme] = account;
        return account;
    }
}
