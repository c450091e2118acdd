namespace Feedback.Web.SignIn;

/// <summary>The bureau's own provider of sign-in, by OpenID Connect.</summary>
/// <param name="Authority">Its issuer: HTTPS, or on this machine.</param>
/// <param name="ClientId">What we are called there.</param>
/// <param name="ClientSecret">What we prove ourselves by there; null where it knows us by PKCE alone.</param>
public sealed record SignInProvider(Uri Authority, string ClientId, string? ClientSecret);

/// <summary>Whether the sign-in page offers the provider.</summary>
/// <param name="Provider">The provider; null without one.</param>
public sealed record OfferedProvider(SignInProvider? Provider);
