using System.Globalization;
using System.Text;
using Feedback.Api.Access;
using Feedback.Api.Addresses;
using Feedback.Charts.Files;
using Feedback.Domain.Access;
using Feedback.Grains.Audit;

namespace Feedback.Api.Audit;

/// <summary>Searching the audit trail, and taking it away as a file.</summary>
internal static class AuditEndpoints
{
    private const int EntriesAtOnce = 1000;
    private static readonly string[] Heads = ["version", "at", "act", "actor", "target", "node", "reason", "address", "refused", "count", "firstAt"];

    public static void MapAudit(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/audit", (HttpContext http, AuditFilter filter) =>
                ReadEndpoints.ForReaderAsync(http, async _ => Results.Json(AuditReport.Of(await filter.FindAsync(http, http.Request.Query)), ApiJson.Options)))
            .Demands(Permission.ReadAudit).WithName("audit").WithTags("Audit").WithSummary("Who did what, and who was refused what; the newest first.")
            .WithFilter()
            .WithQuery("after", "What an answer gave as 'next', for older entries.", required: false)
            .WithQuery("limit", "At most so many entries, 1 to 200; 50 when left out.", required: false)
            .Produces<AuditReport>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403);

        routes.MapGet("/api/v1/audit.csv", (HttpContext http, AuditFilter filter, IAudit audit) =>
                ReadEndpoints.ForReaderAsync(http, _ => ExportAsync(http, filter, audit)))
            .Demands(Permission.ReadAudit).WithName("audit-export").WithTags("Audit").WithSummary("The audit trail as CSV; that it was exported is itself recorded.")
            .WithFilter()
            .Produces<string>(200, "text/csv").ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(503);
    }

    private static RouteHandlerBuilder WithFilter(this RouteHandlerBuilder route) => route
        .WithQuery("from", "The first local day of the bureau, such as 2026-11-01.", required: false)
        .WithQuery("to", "The local day after the last.", required: false)
        .WithQuery("actor", "A part of who did it, such as account:lin.", required: false)
        .WithQuery("act", "A part of what was done, such as key.", required: false)
        .WithQuery("target", "A part of what it was done to.", required: false)
        .WithQuery("refused", "true: refusals only; false: only what was done.", required: false);

    private static async Task<IResult> ExportAsync(HttpContext http, AuditFilter filter, IAudit audit)
    {
        var query = filter.Read(http.Request.Query) with { Before = null };
        await audit.RecordAsync(new AuditEntry(Acts.AuditExported, http.GetCaller().Caller.Name)
        {
            Target = http.Request.QueryString.Value is { Length: > 1 } asked ? asked[1..] : "everything",
            Address = CallerAddress.Of(http),
        });
        http.Response.ContentType = "text/csv; charset=utf-8";
        http.Response.Headers.ContentDisposition = "attachment; filename=\"audit.csv\"";
        http.Response.Headers.CacheControl = "no-store";
        await http.Response.BodyWriter.WriteAsync(CsvFile.Of([Heads]), http.RequestAborted);
        // Page by page: a trail of ten years is never in memory as a whole.
        for (AuditPage? page = null; page is null || page.Next is not null;)
        {
            page = await filter.FindAsync(http, query with { Before = page?.Next }, EntriesAtOnce);
            var text = new StringBuilder();
            foreach (var line in page.Lines)
                text.AppendJoin(',', Cells(line)).Append("\r\n");
            await http.Response.WriteAsync(text.ToString(), http.RequestAborted);
        }

        return Results.Empty;
    }

    private static IEnumerable<string> Cells(AuditLine line)
    {
        var view = AuditEntryView.Of(line);
        return
        [
            view.Version.ToString(CultureInfo.InvariantCulture), Time(view.At), CsvFile.Cell(view.Act), CsvFile.Cell(view.Actor), CsvFile.Cell(view.Target ?? ""),
            CsvFile.Cell(view.Node ?? ""), CsvFile.Cell(view.Reason ?? ""), CsvFile.Cell(view.Address ?? ""), view.Refused ? "true" : "false",
            view.Count.ToString(CultureInfo.InvariantCulture), view.FirstAt is { } first ? Time(first) : "",
        ];
    }

    private static string Time(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
