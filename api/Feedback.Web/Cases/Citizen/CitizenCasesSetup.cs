namespace Feedback.Web.Cases.Citizen;

/// <summary>Registers the citizens' pages for cases and maps them.</summary>
internal static class CitizenCasesSetup
{
    /// <summary>Adds what the pages need.</summary>
    public static void AddCitizenCases(this IServiceCollection services)
    {
        services.AddSingleton<FilePages>();
        services.AddSingleton<FiledPages>();
        services.AddSingleton<TrackPages>();
    }

    /// <summary>Maps filing, the card of what was filed, following it, and the poster of a place.</summary>
    public static void MapCitizenCases(this IEndpointRouteBuilder app)
    {
        FilePages.Map(app);
        FiledPages.Map(app);
        TrackPages.Map(app);
    }
}
