using System.Security.Claims;
using Feedback.Grains.Accounts;
using Microsoft.AspNetCore.Authentication;

namespace Feedback.Api.Access;

/// <summary>
/// The state of somebody who showed a password and still owes a second proof: a sealed cookie of its own, which opens nothing but
/// the pages of that proof.
/// </summary>
public static class HalfSessions
{
    /// <summary>The name of the scheme and of its cookie.</summary>
    public const string Scheme = "feedback-half";

    /// <summary>How long the second proof may take.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(10);

    /// <summary>Begins it.</summary>
    public static Task BeginAsync(HttpContext http, Account account) =>
        http.SignInAsync(Scheme, Sessions.PrincipalOf(account, Scheme));

    /// <summary>Ends it.</summary>
    public static Task EndAsync(HttpContext http) => http.SignOutAsync(Scheme);

    /// <summary>Whose password was shown; null when nobody's was, or it changed since.</summary>
    public static async Task<Account?> FindAsync(HttpContext http) =>
        (await http.AuthenticateAsync(Scheme)).Principal is { } principal
        && principal.FindFirstValue(ClaimTypes.NameIdentifier) is { } id
        && await http.RequestServices.GetRequiredService<IAccounts>().FindAsync(id) is { Disabled: false } account
        && account.Stamp == principal.FindFirstValue(Sessions.StampClaim)
            ? account
            : null;
}
