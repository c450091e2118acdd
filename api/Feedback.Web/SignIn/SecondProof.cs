using System.Security.Claims;

namespace Feedback.Web.SignIn;

/// <summary>What a provider's token says about how somebody was asked to prove themselves there.</summary>
public static class SecondProof
{
    // Contexts by which providers say that there was more than one proof. Only whole values count: a part of a name may say the opposite.
    private static readonly string[] Contexts =
    [
        "mfa",
        "http://schemas.openid.net/pape/policies/2007/06/multi-factor",
        "https://refeds.org/profile/mfa",
    ];

    /// <summary>
    /// Whether there was a second proof: <c>amr</c> (RFC 8176) has <c>mfa</c>, or a password and a one-time code; or <c>acr</c> is a
    /// context that means so.
    /// </summary>
    public static bool IsIn(IEnumerable<Claim> claims)
    {
        var (methods, context) = (new HashSet<string>(StringComparer.Ordinal), false);
        foreach (var claim in claims)
        {
            if (claim.Type == "amr")
                methods.Add(claim.Value);
            else if (claim.Type == "acr")
                context |= Contexts.Contains(claim.Value);
        }

        return context || methods.Contains("mfa") || (methods.Contains("pwd") && methods.Contains("otp"));
    }
}
