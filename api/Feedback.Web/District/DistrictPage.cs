using System.Net;
using System.Reflection;
using System.Text;
using Feedback.Analytics.Periods;
using Feedback.Analytics.Rates;
using Feedback.Api;
using Feedback.Api.Access;
using Feedback.Api.Problems;
using Feedback.Api.Released;
using Feedback.Charts;
using Feedback.Charts.Fonts;
using Feedback.Charts.Trends;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Organisation;
using Feedback.Grains.Organisation;

namespace Feedback.Web.District;

/// <summary>
/// The district's figure and its trend, refreshing live: open without sign-in, so it shows what is released and nothing else.
/// </summary>
public static class DistrictPage
{
    private const string Demo = "A demonstration shows its district to everybody; no other verb maps it.";
    private const int Days = 30;
    private static readonly string Template = Read("District.html");

    /// <summary>Maps the page at <c>/</c>, its stream and its chart.</summary>
    /// <param name="app">The application.</param>
    /// <param name="district">The node whose figures are open to everybody; null while it is being set up.</param>
    public static void MapDistrictPage(this IEndpointRouteBuilder app, Func<NodeId?> district)
    {
        app.MapGet("/", (HttpContext http, IBureau bureau) => WithNodeAsync(http, bureau, district, node => PageAsync(http, node))).IsOpen(Demo).ExcludeFromDescription();
        Static(app, "/district/page.css", "page.css", "text/css; charset=utf-8");
        Static(app, "/district/page.js", "page.js", "text/javascript; charset=utf-8");
        app.MapGet("/district/font.ttf", (HttpContext http) =>
        {
            http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
            return Results.Stream(ChartFont.Open(), ChartFont.MediaType);
        }).IsOpen(Demo).ExcludeFromDescription();
        app.MapGet("/district/live", (HttpContext http, IBureau bureau, ReleasedFeed feed) =>
            WithNodeAsync(http, bureau, district, node => feed.StreamAsync(http, node))).IsOpen(Demo).ExcludeFromDescription();
        app.MapGet("/district/trend.png", (HttpContext http, IBureau bureau, ReleasedReader reader, ChartDrawing drawing) =>
            WithNodeAsync(http, bureau, district, node => ChartAsync(http, node, reader, drawing))).IsOpen(Demo).ExcludeFromDescription();
    }

    private static void Static(IEndpointRouteBuilder app, string path, string name, string media)
    {
        var text = Read(name);
        app.MapGet(path, () => Results.Text(text, media)).IsOpen(Demo).ExcludeFromDescription();
    }

    private static Task WithNodeAsync(HttpContext http, IBureau bureau, Func<NodeId?> district, Func<Node, Task> answer) =>
        district() is { } id && bureau.Current.Tree.Find(id) is { } node
            ? answer(node)
            : Problem.WriteAsync(http, new Refusal("not-ready", Retryable: true));

    private static Task PageAsync(HttpContext http, Node node)
    {
        var texts = PageTexts.For(http.Request);
        var page = new StringBuilder(Template);
        foreach (var (name, text) in texts.All)
            page.Replace("{{" + name + "}}", WebUtility.HtmlEncode(text));
        page.Replace("{{district}}", WebUtility.HtmlEncode(texts.IsChinese ? node.Name.Zh : node.Name.En));
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentSecurityPolicy =
            "default-src 'none'; img-src 'self' data:; font-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        return http.Response.WriteAsync(page.ToString());
    }

    private static async Task ChartAsync(HttpContext http, Node node, ReleasedReader reader, ChartDrawing drawing)
    {
        var chinese = PageTexts.For(http.Request).IsChinese;
        var texts = chinese ? TrendChartTexts.Chinese : TrendChartTexts.English;
        var tomorrow = reader.TodayAt(node).AddDays(1);
        var period = new Period(tomorrow.AddDays(-Days), tomorrow);
        var points = (await reader.SlicesAsync(node, period, PeriodUnit.Day)).Select(slice => TrendPoint.Of(slice.From, new Proportion(slice.Rate.Numerator, slice.Rate.Denominator))).ToList();
        var model = new TrendChartModel(
            chinese ? $"{node.Name.Zh} 好评率" : $"{node.Name.En}: satisfaction rate",
            texts.Span(period),
            texts.Denominator(points.Sum(point => point.Rate.Trials)),
            points,
            texts);
        var (size, theme) = (SizeFor(http.Request), http.Request.Query["theme"] == "dark" ? ChartTheme.Dark : ChartTheme.Light);
        var png = await drawing.DrawAsync("trend", "png", () => ChartPicture.Png(model, size, theme));
        http.Response.ContentType = "image/png";
        http.Response.Headers.CacheControl = "no-store";
        await http.Response.Body.WriteAsync(png);
    }

    // As wide as the page shows it, so that its words are as large as the page's own; never so flat that the curve is lost.
    private static ChartSize SizeFor(HttpRequest request)
    {
        var width = int.TryParse(request.Query["width"], out var asked) ? Math.Clamp(asked, 320, 1200) : 960;
        return new ChartSize(width, Math.Clamp(width * 7 / 16, 300, 480), 2);
    }

    private static string Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Feedback.Web." + name)!;
        return new StreamReader(stream).ReadToEnd();
    }
}
