using Feedback.Api.Access;
using Feedback.Domain.Access;
using Feedback.Domain.Organisation;
using Microsoft.Net.Http.Headers;

namespace Feedback.Api.Paper;

/// <summary>The endpoints of batches of printed forms (评议表).</summary>
internal static class PaperRoutes
{
    private const string Tag = "Paper forms";
    private const string All = "/api/v1/paper-batches";
    private const string One = All + "/{paperBatch}";
    private const string Seen = "The ETag of the batch as it was read, or *; refused with 412 when somebody changed it since.";

    /// <summary>Adds what the endpoints and the pages need.</summary>
    public static void AddPaper(this IServiceCollection services)
    {
        services.AddSingleton<PaperDesk>();
        services.AddSingleton<PaperForms>();
        services.AddSingleton<PaperFiles>();
        services.AddSingleton<PaperEndpoints>();
    }

    public static void MapPaper(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(All, (HttpContext http, PaperEndpoints paper) => Read(http, scope => paper.OpenAsync(http, scope)))
            .Is("paper-batch-open", "Opens a batch of printed forms: a place, a period, and how many are handed out.")
            .WithDescription("Forms are numbered from 1 to as many as are handed out; each carries the batch's number. Those that came back are counted by two people before anything is keyed: here, or later.")
            .Accepts<PaperOpeningBody>("application/json").Produces<PaperBatchView>(201).Produces<PaperBatchView>()
            .ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(415).ProducesProblem(503);

        routes.MapGet(All, (HttpContext http, PaperEndpoints paper) => Read(http, scope => paper.ListAsync(http, scope)))
            .Is("paper-batches", "The batches of a place and everything below it, those opened last first, with return rate and valid rate.")
            .WithQuery("node", "The place's id or path; everything within the caller's scope when left out.", required: false)
            .WithQuery("after", "The next of the page before.", required: false)
            .WithQuery("limit", "1 to 200; 50 when left out.", required: false)
            .Produces<PaperBatchList>().ProducesProblem(400).ProducesProblem(404);

        routes.MapGet(One, (HttpContext http, string paperBatch, PaperEndpoints paper) => Read(http, scope => paper.ReadAsync(http, paperBatch, scope)))
            .Is("paper-batch", "A batch: counts, forms that are spoilt, forms to be keyed a second time, differences, and how it was closed.")
            .WithDescription("Its ETag, sent back as If-Match, keeps a decision from being made on what somebody else changed.")
            .Produces<PaperBatchView>().ProducesProblem(404);

        routes.MapPost(One + "/count", (HttpContext http, string paperBatch, PaperEndpoints paper) => Read(http, scope => paper.CountAsync(http, paperBatch, scope)))
            .Is("paper-batch-count", "Tells how many forms came back, counted by hand by two people.")
            .WithDescription("Nothing is keyed before that, and once something is keyed the count stays.")
            .Accepts<PaperCountBody>("application/json").Produces<PaperBatchView>()
            .ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(415).ProducesProblem(503);

        routes.MapPost(One + "/forms", (HttpContext http, string paperBatch, PaperEndpoints paper) => Read(http, scope => paper.KeyAsync(http, paperBatch, scope)))
            .Is("paper-forms-key", "Keys forms: each becomes an evaluation of its window with the channel paper.")
            .WithDescription("A form is known by the batch and its number: keyed again as before it counts once, and other answers under its number are refused. "
                + "Where some are stored the answer is 200 with those that are not.")
            .Accepts<PaperFormsBody>("application/json").Produces<KeyedFormsView>()
            .ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(415).ProducesProblem(503);

        routes.MapPost(One + "/file", (HttpContext http, string paperBatch, PaperEndpoints paper) => Read(http, scope => paper.TakeFileAsync(http, paperBatch, scope)))
            .Is("paper-file-key", "Keys the forms of a spreadsheet, one form a row; the body is the file.")
            .WithDescription("CSV (UTF-8 or GB18030) or .xlsx, 4 MiB at most. Headings, Chinese or English: 编号/form, 总体评价/grade, the dimensions by code or name, 意见/comment, 事项/item, "
                + "窗口/window, 日期/day, 废票/spoilt. Where a row cannot be read, nothing is taken and 'errors' tells why. The same file again changes nothing.")
            .Accepts<Stream>(PaperFileBody.Csv, PaperFileBody.Xlsx).Produces<PaperFileView>()
            .ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(413).ProducesProblem(415).ProducesProblem(503);

        routes.MapPost(One + "/spoilt", (HttpContext http, string paperBatch, PaperEndpoints paper) => Read(http, scope => paper.SpoilAsync(http, paperBatch, scope)))
            .Is("paper-form-spoil", "Says that a form came back that cannot be counted, and why; or takes that back.")
            .Accepts<SpoiltFormBody>("application/json").Produces<PaperBatchView>()
            .ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(415).ProducesProblem(503);

        routes.MapPost(One + "/rechecks", (HttpContext http, string paperBatch, PaperEndpoints paper) => Read(http, scope => paper.RecheckAsync(http, paperBatch, scope)))
            .Is("paper-form-recheck", "Keys a form a second time and compares it with the first; nothing is counted.")
            .WithDescription("A tenth of the forms, at least one, is drawn for it ('toRecheck'); somebody else than who keyed a form first keys it again. Where the two differ, the form is in 'disputes' until somebody says what is right.")
            .Accepts<PaperFormBody>("application/json").Produces<PaperBatchView>()
            .ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(415).ProducesProblem(503);

        routes.MapPost(One + "/solutions", (HttpContext http, string paperBatch, PaperEndpoints paper) => Read(http, scope => paper.SolveAsync(http, paperBatch, scope)))
            .Is("paper-form-solve", "Says what is right of a form: what was keyed first, or what is sent here instead.")
            .WithDescription("A correction excludes the evaluation that was mistyped (reason paper-mistyped) and stores another one; both stay in the journal. "
                + "It needs two readings by two people that differ, and nobody decides for their own: whoever keyed first corrects to what the second read, the second says that the first is right, "
                + "or a third person says either; whoever may exclude evaluations and is not of the rated hall corrects by themselves. A correction is audited. "
                + "Nobody corrects a form about which a case is open from which they are recused.")
            .WithHeader(HeaderNames.IfMatch, Seen)
            .Accepts<SolvedFormBody>("application/json").Produces<PaperBatchView>()
            .ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(412).ProducesProblem(415).ProducesProblem(428).ProducesProblem(503);

        routes.MapPost(One + "/close", (HttpContext http, string paperBatch, PaperEndpoints paper) => Read(http, scope => paper.CloseAsync(http, paperBatch, scope)))
            .Is("paper-batch-close", "Closes a batch: nothing is keyed any more.")
            .WithDescription("Refused while forms of the sample are not keyed twice, or two keyings differ. Where not as many are keyed and spoilt as were counted, a reason is needed, and stays visible.")
            .WithHeader(HeaderNames.IfMatch, Seen)
            .Accepts<PaperClosingBody>("application/json").Produces<PaperBatchView>()
            .ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(412).ProducesProblem(415).ProducesProblem(428).ProducesProblem(503);
    }

    private static RouteHandlerBuilder Is(this RouteHandlerBuilder route, string name, string summary) =>
        route.Demands(Permission.KeyForms).WithName(name).WithTags(Tag).WithSummary(summary).ProducesProblem(401).ProducesProblem(403);

    private static Task Read(HttpContext http, Func<NodeScope, Task<IResult>> read) => ReadEndpoints.ForReaderAsync(http, read);
}
