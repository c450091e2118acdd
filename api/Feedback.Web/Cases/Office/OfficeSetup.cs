namespace Feedback.Web.Cases.Office;

/// <summary>Registers the office's pages of cases and maps them.</summary>
internal static class OfficeSetup
{
    public static void AddOfficePages(this IServiceCollection services)
    {
        services.AddSingleton<OfficeReaders>();
        services.AddSingleton<BoardPages>();
        services.AddSingleton<FilingPages>();
        services.AddSingleton<CardPages>();
    }

    public static void MapOfficePages(this IEndpointRouteBuilder app)
    {
        BoardPages.Map(app);
        FilingPages.Map(app);
        CardPages.Map(app);
    }
}
