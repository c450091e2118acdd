using Feedback.Api.Access;
using Feedback.Domain.Access;
using Microsoft.Net.Http.Headers;

namespace Feedback.Api.Charts;

/// <summary>The endpoints that draw figures. Who may see a node's figures may see its charts.</summary>
internal static class ChartEndpoints
{
    private const long CachedBytes = 32 * 1024 * 1024;

    /// <summary>Adds what the endpoints need.</summary>
    public static void AddCharts(this IServiceCollection services)
    {
        services.AddSingleton(new ChartCache(CachedBytes));
        services.AddSingleton<ChartFiles>();
    }

    /// <summary>Maps the list of charts and the charts.</summary>
    public static void MapCharts(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/charts", () => Results.Json(ChartList.Everything, ApiJson.Options))
            .Demands(Permission.ReadFigures).WithName("charts").WithTags("Charts").WithSummary("The charts there are, with their titles and parameters.")
            .Produces<ChartList>().ProducesProblem(401);

        var chart = routes.MapGet("/api/v1/charts/{name}.{format}", (string name, string format, HttpContext http, AccessCheck access, ChartFiles files) =>
                ReadEndpoints.ForReaderAsync(http, async scope =>
                {
                    var query = ChartQuery.Read(name, format, http.Request);
                    var node = await ReadEndpoints.FindAsync(access, http.Request.Query["node"].ToString(), scope);
                    var (file, period) = await files.GetAsync(query, node, http.Request.Query);
                    var headers = http.Response.Headers;
                    headers.CacheControl = "private, no-cache";
                    headers.Vary = "Accept-Language, Authorization, Cookie";
                    headers.ContentLanguage = query.Words.Language;
                    headers.ContentDisposition = $"{(query.Format == ChartFormat.Csv ? "attachment" : "inline")}; filename=\"{name}-{node.Id}-{period.From:yyyy-MM-dd}-{period.To.AddDays(-1):yyyy-MM-dd}.{format}\"";
                    return Results.Bytes(file.Bytes, MediaTypeOf(query.Format), entityTag: new EntityTagHeaderValue(file.ETag));
                }))
            .Demands(Permission.ReadFigures).WithName("chart").WithTags("Charts").WithSummary("A chart as PNG, SVG or CSV.")
            .WithDescription("Answers 304 to If-None-Match as long as no figure in the picture changed. The CSV holds the numbers of the picture.");
        foreach (var parameter in ChartList.Parameters)
            chart.WithQuery(parameter.Name, parameter.En, required: parameter.Default is null);
        chart.Produces(200, contentType: "image/png", additionalContentTypes: ["image/svg+xml", "text/csv"]).Produces(304)
            .ProducesProblem(400).ProducesProblem(401).ProducesProblem(404);
    }

    private static string MediaTypeOf(ChartFormat format) => format switch
    {
        ChartFormat.Png => "image/png",
        ChartFormat.Svg => "image/svg+xml; charset=utf-8",
        _ => "text/csv; charset=utf-8",
    };
}
