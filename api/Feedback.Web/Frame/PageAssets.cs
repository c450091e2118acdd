using System.Reflection;
using System.Security.Cryptography;
using Feedback.Api.Access;
using Feedback.Charts.Fonts;

namespace Feedback.Web.Frame;

/// <summary>The style sheet, script and font of the pages. Their addresses change with their content, so browsers keep them for good.</summary>
internal static class PageAssets
{
    private const string KeptForGood = "public, max-age=31536000, immutable";
    private static readonly byte[] CssBytes = Read("pages.css");
    private static readonly byte[] PaperBytes = Read("paper.css");
    private static readonly byte[] ScriptBytes = Read("pages.js");

    /// <summary>The address of the style sheet.</summary>
    public static string Css { get; } = "/assets/pages.css?v=" + MarkOf(CssBytes);

    /// <summary>The address of the style sheet of printed forms.</summary>
    public static string Paper { get; } = "/assets/paper.css?v=" + MarkOf(PaperBytes);

    /// <summary>The address of the script.</summary>
    public static string Script { get; } = "/assets/pages.js?v=" + MarkOf(ScriptBytes);

    public static void MapAssets(this IEndpointRouteBuilder app)
    {
        app.MapGet("/assets/pages.css", (HttpContext http) => Kept(http, Results.Bytes(CssBytes, "text/css; charset=utf-8"))).IsOpen("The same for everybody, published with the program.").ExcludeFromDescription();
        app.MapGet("/assets/paper.css", (HttpContext http) => Kept(http, Results.Bytes(PaperBytes, "text/css; charset=utf-8"))).IsOpen("The same for everybody, published with the program.").ExcludeFromDescription();
        app.MapGet("/assets/pages.js", (HttpContext http) => Kept(http, Results.Bytes(ScriptBytes, "text/javascript; charset=utf-8"))).IsOpen("The same for everybody, published with the program.").ExcludeFromDescription();
        app.MapGet("/assets/font.ttf", (HttpContext http) => Kept(http, Results.Stream(ChartFont.Open(), ChartFont.MediaType))).IsOpen("The same for everybody, published with the program.").ExcludeFromDescription();
    }

    private static IResult Kept(HttpContext http, IResult file)
    {
        http.Response.Headers.CacheControl = KeptForGood;
        return file;
    }

    private static string MarkOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 6));

    private static byte[] Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Feedback.Web." + name)!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
