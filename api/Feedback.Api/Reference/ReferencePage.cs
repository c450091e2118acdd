using System.Security.Cryptography;
using Feedback.Api.Access;
using Feedback.Api.Problems;
using Feedback.Charts.Fonts;
using Feedback.Domain.Evaluations;
using Scalar.AspNetCore;

namespace Feedback.Api.Reference;

/// <summary>The reference for people: Scalar, served by us alone. Nothing is loaded from, or told to, anybody else.</summary>
internal static class ReferencePage
{
    /// <summary>Where it is.</summary>
    public const string Path = "/docs/api";

    private const string FontPath = Path + "/font.ttf";

    // Whatever the reader's own fonts cannot show is shown by ours, and only then is it loaded.
    private const string Fonts = """
        @font-face { font-family: "Feedback"; src: url("/docs/api/font.ttf"); }
        :root { --scalar-font: system-ui, "Feedback", sans-serif; --scalar-font-code: ui-monospace, "DejaVu Sans Mono", "Feedback", monospace; }
        """;

    private const string Published = "The same words for everybody, published with the program.";

    private const string Documents = "/openapi/{documentName}.json";

    /// <summary>Maps the page and the documents that it shows.</summary>
    public static void MapReference(this IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi(Documents).AddEndpointFilter(async (call, next) =>
        {
            if (call.HttpContext.GetRouteValue("documentName") is OpenApiWords.English or OpenApiWords.Chinese)
                return await next(call);
            await Problem.WriteAsync(call.HttpContext, new Refusal("not-found"));
            return Results.Empty;
        }).IsOpen(Published);
        routes.MapGet(FontPath, (HttpContext http) =>
        {
            http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
            return Results.Stream(ChartFont.Open(), ChartFont.MediaType);
        }).IsOpen(Published).ExcludeFromDescription();
        routes.MapScalarApiReference(Path, (options, http) =>
        {
            var chinese = Problem.CultureOf(http.Request).TwoLetterISOLanguageName == "zh";
            options.Title = chinese ? "Feedback 接口参考" : "Feedback API reference";
            options.OpenApiRoutePattern = Documents;
            options.AddDocument(OpenApiWords.English, "English", isDefault: !chinese);
            options.AddDocument(OpenApiWords.Chinese, "中文", isDefault: chinese);
            options.DynamicBaseServerUrl = true;
            options.DefaultFonts = false;
            options.CustomCss = Fonts;
            options.Telemetry = false;
            options.HideClientButton = true;
            options.ShowDeveloperTools = DeveloperToolsVisibility.Never;
            options.Agent = new ScalarAgentOptions { Disabled = true };
            options.Mcp = new ScalarMcpOptions { Disabled = true };
            options.DotNetFlag = false;
            var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
            options.Nonce = nonce;
            http.Response.Headers.ContentSecurityPolicy = Policy(nonce);
        }).IsOpen(Published);
    }

    // Scalar writes its own styles into the page; scripts are those that we send, and all its requests come to us.
    private static string Policy(string nonce) =>
        $"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
}
