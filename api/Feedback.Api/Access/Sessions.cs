using System.Security.Claims;
using Feedback.Api.Addresses;
using Feedback.Grains.Accounts;
using Feedback.Grains.Audit;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Feedback.Api.Access;

/// <summary>Sessions of people: a sealed cookie, good as long as the account's stamp is the one it was made with.</summary>
public static class Sessions
{
    /// <summary>The name of the scheme and of its cookie.</summary>
    public const string Scheme = "feedback-session";

    internal const string StampClaim = "stamp";

    // Borne by sessions that were begun with a second proof, ours or the provider's.
    private const string ProvenClaim = "proven";
    private static readonly TimeSpan Length = TimeSpan.FromHours(12);

    /// <summary>Adds sessions and forms that cannot be forged.</summary>
    public static IServiceCollection AddSessions(this IServiceCollection services)
    {
        // Or else every push, too, would be searched for a session: who needs one asks for it.
        AppContext.SetSwitch("Microsoft.AspNetCore.Authentication.SuppressAutoDefaultScheme", true);
        services.AddAuthentication().AddCookie(HalfSessions.Scheme, options => SetCookie(options, HalfSessions.Scheme, HalfSessions.Length)).AddCookie(Scheme, options =>
        {
            SetCookie(options, Scheme, Length);
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

    /// <summary>Begins a session, and leaves a trace of it first.</summary>
    /// <param name="http">The request.</param>
    /// <param name="account">Whose.</param>
    /// <param name="proven">Whether there was a second proof.</param>
    public static async Task BeginAsync(HttpContext http, Account account, bool proven = false)
    {
        await http.RequestServices.GetRequiredService<IAudit>().RecordAsync(
            new AuditEntry(Acts.SessionBegan, "account:" + account.Name) { Address = CallerAddress.Of(http) });
        Limits.KnownBrowser.Remember(http);
        var principal = PrincipalOf(account, Scheme);
        if (proven)
            ((ClaimsIdentity)principal.Identity!).AddClaim(new Claim(ProvenClaim, "true"));
        // Who was known to this request before is known no longer.
        http.Items.Remove(Scheme);
        await http.SignInAsync(Scheme, principal);
    }

    /// <summary>Whether the session of a request was begun with a second proof.</summary>
    public static async Task<bool> IsProvenAsync(HttpContext http) => (await http.AuthenticateAsync(Scheme)).Principal?.HasClaim(ProvenClaim, "true") == true;

    internal static ClaimsPrincipal PrincipalOf(Account account, string scheme) => new(new ClaimsIdentity(
        [new Claim(ClaimTypes.NameIdentifier, account.Id), new Claim(ClaimTypes.Name, account.Name), new Claim(StampClaim, account.Stamp)], scheme));

    /// <summary>Ends the session of a request.</summary>
    public static Task EndAsync(HttpContext http) => http.SignOutAsync(Scheme);

    /// <summary>The account whose session a request carries; null without one that is still good.</summary>
    public static async Task<Account?> FindAsync(HttpContext http)
    {
        var session = await http.AuthenticateAsync(Scheme);
        return session.Principal is { } principal ? await AccountOfAsync(http, principal) : null;
    }

    /// <summary>The account whose session this request was found to carry already; null when nobody looked, or there is none.</summary>
    public static Account? KnownTo(HttpContext http) => http.Items[Scheme] as Account;

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
        // A session from before a second factor was demanded here is good no more.
        if (http.RequestServices.GetRequiredService<SecondFactorRule>().Demands(account) && !principal.HasClaim(ProvenClaim, "true"))
            return null;
        http.Items[Scheme] = account;
        return account;
    }

    private static void SetCookie(CookieAuthenticationOptions options, string name, TimeSpan length)
    {
        options.Cookie.Name = name;
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = length;
        // However busy it is: a session that was stolen ends, too.
        options.SlidingExpiration = false;
    }
}
