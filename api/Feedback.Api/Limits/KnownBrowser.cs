using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Feedback.Api.Limits;

/// <summary>
/// A browser that somebody signed in with before. It tries passwords on an account of its own, so that a stranger who floods
/// the sign-in from the same hall keeps nobody out who works there (OWASP calls it a device cookie). It proves nothing else.
/// </summary>
internal static class KnownBrowser
{
    private const string Cookie = "feedback-browser";
    private const string Purpose = "feedback known browser 1";
    private static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    /// <summary>Remembers the browser of somebody who has just signed in.</summary>
    public static void Remember(HttpContext http)
    {
        if (IdOf(http) is not null)
            return;
        var id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(12));
        http.Response.Cookies.Append(Cookie, Seal(http).Protect(id), new CookieOptions
        {
            MaxAge = Kept,
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = http.Request.IsHttps,
            IsEssential = true,
        });
    }

    /// <summary>The browser's number; null for one that nobody signed in with.</summary>
    public static string? IdOf(HttpContext http)
    {
        if (http.Request.Cookies[Cookie] is not { Length: > 0 and < 512 } sealedId)
            return null;
        try
        {
            return Seal(http).Unprotect(sealedId);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static IDataProtector Seal(HttpContext http) => http.RequestServices.GetRequiredService<IDataProtectionProvider>().CreateProtector(Purpose);
}
