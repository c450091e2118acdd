using Feedback.Api.Access;
using Feedback.Web.Accounts;
using Feedback.Web.Alerts;
using Feedback.Web.Audit;
using Feedback.Web.Cases.Boxes;
using Feedback.Web.Cases.Citizen;
using Feedback.Web.Cases.Hotline;
using Feedback.Web.Cases.Office;
using Feedback.Web.Cluster;
using Feedback.Web.Evaluations;
using Feedback.Web.Frame;
using Feedback.Web.Matters;
using Feedback.Web.Nodes;
using Feedback.Web.Paper;
using Feedback.Web.Platform;
using Feedback.Web.Policies;
using Feedback.Web.Ratings;
using Feedback.Web.Released;
using Feedback.Web.Setup;
using Feedback.Web.SignIn;
using Feedback.Web.Terminals;
using Feedback.Web.Words;

namespace Feedback.Web;

/// <summary>Registers the pages and maps them.</summary>
public static class PagesSetup
{
    private static readonly TimeSpan ChoiceKept = TimeSpan.FromDays(365);

    /// <summary>Adds what the pages need; sessions come with the API.</summary>
    public static IServiceCollection AddFeedbackPages(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddSingleton<NodeSources>();
        services.AddSingleton<SetupCode>();
        services.AddSingleton<RegisterPages>();
        services.AddSingleton<TerminalPages>();
        services.AddSingleton<FirstKeyPages>();
        services.AddSingleton<SecondFactorCards>();
        services.AddSingleton<AccountPages>();
        services.AddSingleton<CountedPages>();
        services.AddCitizenCases();
        services.AddOfficePages();
        services.AddSingleton<PaperPages>();
        services.AddSingleton<HotlinePages>();
        services.AddSingleton<BoxPages>();
        services.AddMatterPages();
        services.AddSingleton<PolicyPages>();
        services.AddSingleton<CalendarPages>();
        services.AddSingleton<CalendarReminder>();
        return services;
    }

    /// <summary>Maps signing in, the places with their figures, the choice of language, and the files of the pages.</summary>
    public static void MapFeedbackPages(this IEndpointRouteBuilder app)
    {
        app.MapAssets();
        app.MapSignIn();
        app.MapNodes();
        app.MapReleasedPages();
        app.MapEvaluations();
        app.MapSetup();
        TerminalPages.Map(app);
        app.MapAudit();
        app.MapAlertPage();
        app.MapClusterPage();
        app.MapPlatformPage();
        app.MapAccountPages();
        app.MapOwnAccount();
        app.MapRatePages();
        CountedPages.Map(app);
        app.MapCitizenCases();
        app.MapOfficePages();
        PaperPages.Map(app);
        HotlinePages.Map(app);
        BoxPages.Map(app);
        app.MapMatterPages();
        PolicyPages.Map(app);
        CalendarPages.Map(app);
        app.MapGet("/language", Language).IsOpen("Everybody chooses a language.").ExcludeFromDescription();
    }

    /// <summary>Sends whoever comes to <c>/</c> to the places, and from there to the sign-in if need be.</summary>
    public static void MapStart(this IEndpointRouteBuilder app) =>
        app.MapGet("/", () => Results.LocalRedirect("/nodes")).IsOpen("Leads on, and tells nothing.").ExcludeFromDescription();

    private static IResult Language(HttpContext http)
    {
        if (http.Request.Query["to"].ToString() is "zh" or "en")
            http.Response.Cookies.Append(PageWords.Cookie, http.Request.Query["to"].ToString(), new CookieOptions
            {
                MaxAge = ChoiceKept,
                HttpOnly = true,
                SameSite = SameSiteMode.Lax,
                Secure = http.Request.IsHttps,
                IsEssential = true,
            });
        var back = http.Request.Query["back"].ToString();
        // Whoever is half-way through signing in stays there.
        if (back is "/sign-in/code" or "/sign-in/enrol")
            return Results.LocalRedirect(back);
        return Results.LocalRedirect(back.StartsWith("/sign-in", StringComparison.Ordinal) ? "/sign-in" : SignInEndpoints.BackOf(back));
    }
}
