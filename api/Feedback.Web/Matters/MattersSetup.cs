namespace Feedback.Web.Matters;

/// <summary>Registers the office's pages of service matters and maps them.</summary>
internal static class MattersSetup
{
    public static void AddMatterPages(this IServiceCollection services)
    {
        services.AddSingleton<MatterListPages>();
        services.AddSingleton<AcceptancePages>();
        services.AddSingleton<MatterCardPages>();
    }

    public static void MapMatterPages(this IEndpointRouteBuilder app)
    {
        MatterListPages.Map(app);
        AcceptancePages.Map(app);
        MatterCardPages.Map(app);
    }
}
