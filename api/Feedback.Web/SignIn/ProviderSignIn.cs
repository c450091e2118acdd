using System.Security.Claims;
using Feedback.Api.Access;
using Feedback.Api.Addresses;
using Feedback.Grains.Accounts;
using Feedback.Grains.Audit;
using Feedback.Web.Frame;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Feedback.Web.SignIn;

/// <summary>
/// Signing in at the bureau's own provider: OpenID Connect, code flow with PKCE. The provider vouches for somebody; which account
/// that is, and whether there is one at all, is decided here. Its tokens are read once and not kept.
/// </summary>
public static class ProviderSignIn
{
    /// <summary>The name of the scheme.</summary>
    public const string Scheme = "provider";

    /// <summary>Where the provider sends people back to: to be registered there.</summary>
    public const string CallbackPath = "/sign-in/provider/back";

    private const string Name = "preferred_username";
    private const string Subject = "subject";
    private const string Vouched = "vouched";

    // How long we wait for the provider before we say that it cannot be reached.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Adds the provider, or notes that there is none.</summary>
    public static IServiceCollection AddProviderSignIn(this IServiceCollection services, SignInProvider? provider)
    {
        services.AddSingleton(new OfferedProvider(provider));
        if (provider is not null)
            services.AddAuthentication().AddOpenIdConnect(Scheme, options => Set(options, provider));
        return services;
    }

    /// <summary>The address at which signing in at the provider begins.</summary>
    internal static void MapProvider(this IEndpointRouteBuilder app) =>
        app.MapGet("/sign-in/provider", BeginAsync).IsOpen("Leads to the provider; who comes from there is not known yet.").ExcludeFromDescription();

    private static async Task<IResult> BeginAsync(HttpContext http, OfferedProvider offered)
    {
        if (offered.Provider is null)
            return http.Message(StatusCodes.Status404NotFound, "notFound");
        try
        {
            await http.ChallengeAsync(Scheme, new AuthenticationProperties { RedirectUri = SignInEndpoints.BackOf(http.Request.Query["back"].ToString()) });
            return Results.Empty;
        }
        catch (Exception e) when (e is InvalidOperationException or HttpRequestException or IOException)
        {
            return Results.LocalRedirect("/sign-in?failed=provider");
        }
    }

    private static void Set(OpenIdConnectOptions options, SignInProvider provider)
    {
        options.Authority = provider.Authority.ToString().TrimEnd('/');
        options.RequireHttpsMetadata = provider.Authority.Scheme == Uri.UriSchemeHttps;
        options.ClientId = provider.ClientId;
        options.ClientSecret = provider.ClientSecret;
        options.ResponseType = OpenIdConnectResponseType.Code;
        // Comes back by a link, so cookies need not cross sites.
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.UsePkce = true;
        options.CallbackPath = CallbackPath;
        options.SaveTokens = false;
        options.MapInboundClaims = false;
        options.GetClaimsFromUserInfoEndpoint = true;
        options.ClaimActions.MapUniqueJsonKey(Name, Name);
        options.BackchannelTimeout = Patience;
        // Nothing is ever signed in by it: our own session begins below.
        options.SignInScheme = HalfSessions.Scheme;
        foreach (var cookie in new[] { options.CorrelationCookie, options.NonceCookie })
            (cookie.SameSite, cookie.SecurePolicy) = (SameSiteMode.Lax, CookieSecurePolicy.SameAsRequest);
        options.Events.OnTokenValidated = RememberAsync;
        options.Events.OnTicketReceived = FinishAsync;
        options.Events.OnRemoteFailure = context =>
        {
            context.HandleResponse();
            SignInEndpoints.NoteRefusal(context.HttpContext, context.HttpContext.RequestServices.GetRequiredService<IAudit>(), "unknown");
            context.Response.Redirect("/sign-in?failed=provider");
            return Task.CompletedTask;
        };
    }

    // What only the provider's signed token says.
    private static Task RememberAsync(TokenValidatedContext context)
    {
        var token = context.SecurityToken;
        context.Properties!.Items[Subject] = token.Issuer + " " + token.Subject;
        context.Properties.Items[Vouched] = SecondProof.IsIn(token.Claims) ? "true" : "false";
        return Task.CompletedTask;
    }

    private static async Task FinishAsync(TicketReceivedContext context)
    {
        var http = context.HttpContext;
        context.HandleResponse();
        var accounts = http.RequestServices.GetRequiredService<IAccounts>();
        var audit = http.RequestServices.GetRequiredService<IAudit>();
        var account = await accounts.SignInExternallyAsync(context.Properties!.Items[Subject]!, context.Principal?.FindFirstValue(Name), binding => audit.RecordAsync(
            new AuditEntry(Acts.AccountBound, "account:" + binding.Name) { Target = "account:" + binding.Name, Address = CallerAddress.Of(http) }));
        if (account is null)
            SignInEndpoints.NoteRefusal(http, audit, "unknown");
        var answer = account is null
            ? Results.LocalRedirect("/sign-in?failed=account")
            : await SecondFactorEndpoints.GoOnAsync(http, account, SignInEndpoints.BackOf(context.ReturnUri), vouched: context.Properties.Items[Vouched] == "true");
        await answer.ExecuteAsync(http);
    }
}
