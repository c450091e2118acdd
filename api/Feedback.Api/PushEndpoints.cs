using System.Text.Json.Serialization;
using Feedback.Api.Access;
using Feedback.Api.Evaluations;
using Feedback.Api.Intake;
using Feedback.Api.Matters;
using Feedback.Api.Problems;
using Feedback.Api.Staff;
using Feedback.Domain.Access;
using Feedback.Domain.Evaluations;

namespace Feedback.Api;

/// <summary>The endpoints that take events from windows.</summary>
internal static class PushEndpoints
{
    private static readonly string[] MediaTypes = ["application/cloudevents+json", "application/cloudevents-batch+json"];

    private const string Kept = "The header Feedback-Generation of an answer names the life of the database that stored it. Keep what was "
        + "acknowledged for 7 days and, when that header changes, send all of it again: the database was restored, and what came after its "
        + "backup is stored once more; the rest is answered by its first receipt.";

    public static void MapPushes(this IEndpointRouteBuilder routes)
    {
        Map(routes, "/api/v1/evaluations", EvaluationReader.Read)
            .WithName("push-evaluations").WithSummary("Stores one evaluation, or up to 1,000.")
            .WithDescription("One object: 201 with a receipt, 200 with the first receipt when it was sent before, 409 when the same id said something else. "
                + "An array: 200 with what became of every row. A retry must be unchanged, occurredAt included. "
                + "Silence, with origin default, is taken only where the policy default-rule of the window's node says so on that day, and with the grade that it names. " + Kept)
            .Accepts<EvaluationBody>("application/json", MediaTypes)
            .WithQuery("lookup", "true: the receipt of a single evaluation has the code with which the citizen looks it up at /counted/CODE, whatever the grade.", required: false);
        Map(routes, "/api/v1/matters", MatterReader.Read)
            .WithName("push-matters").WithSummary("Stores one finished matter, or up to 1,000: the denominator of response rates.")
            .WithDescription("The same source and number are the same matter. A retry must be unchanged, finishedAt included. " + Kept)
            .Accepts<MatterBody>("application/json", MediaTypes);
        routes.MapWindowStaff();
    }

    private static RouteHandlerBuilder Map(IEndpointRouteBuilder routes, string path, ReadClaim read) =>
        routes.MapPost(path, (HttpContext http, PushEndpoint push) => push.HandleAsync(http, read))
            .WithTags("Push").WithMetadata(EndpointPolicy.Demand(Permission.PushEvents, RefuseAsync, rowsMayBeSigned: true), ComesAgain.Mark)
            .Produces<Receipt>(201).Produces<Receipt>(200)
            .ProducesProblem(400).ProducesProblem(401).ProducesProblem(404).ProducesProblem(409)
            .ProducesProblem(413).ProducesProblem(415).ProducesProblem(503);

    // Whatever is rejected is counted, also what never comes as far as the endpoint.
    private static Task RefuseAsync(HttpContext http, Refusal refusal)
    {
        http.RequestServices.GetRequiredService<IntakeMeter>().Count(refusal);
        return Problem.WriteAsync(http, refusal);
    }
}

/// <summary>One evaluation as a window pushes it.</summary>
/// <param name="Id">The client's id, unique within window and source; at most 128 characters.</param>
/// <param name="Source">Who numbers the ids; the terminal when left out.</param>
/// <param name="Window">The window's id or path.</param>
/// <param name="OccurredAt">When it happened: RFC 3339 with an offset. A retry carries the same.</param>
/// <param name="Grade">5 very satisfied … 1 very dissatisfied; null only with origin declined.</param>
/// <param name="Origin">active, default, callback or declined; default only where the policy default-rule counts silence.</param>
/// <param name="Dimensions">Grades by dimension code.</param>
/// <param name="Matter">The number of the matter.</param>
/// <param name="ServiceItem">The service item's code.</param>
/// <param name="Staff">The staff member claimed.</param>
/// <param name="Channel">terminal, qr, phone, app, web, hotline or paper.</param>
/// <param name="Reasons">Codes of the reasons chosen.</param>
/// <param name="Comment">At most 1,000 characters.</param>
/// <param name="Language">The form's language.</param>
/// <param name="Signature">The terminal's signature over all the others, such as k7.AbC…; the operator's guide shows how it is made.</param>
public sealed record EvaluationBody(
    string Id, string? Source, string Window, DateTimeOffset OccurredAt, int? Grade, string Origin,
    IReadOnlyDictionary<string, int>? Dimensions, string? Matter, string? ServiceItem, string? Staff, string Channel,
    IReadOnlyList<string>? Reasons, string? Comment, string? Language, string? Signature);

/// <summary>One finished matter as a window's business system pushes it.</summary>
/// <param name="Number">The matter's number.</param>
/// <param name="Window">The window's id or path.</param>
/// <param name="FinishedAt">When it was finished: RFC 3339 with an offset. A retry carries the same.</param>
/// <param name="Source">Who numbers the matters; the terminal when left out.</param>
/// <param name="ServiceItem">The service item's code.</param>
/// <param name="Staff">The staff member claimed.</param>
/// <param name="Signature">The terminal's signature over all the others, such as k7.AbC…; the operator's guide shows how it is made.</param>
public sealed record MatterBody(string Number, string Window, DateTimeOffset FinishedAt, string? Source, string? ServiceItem, string? Staff, string? Signature);

/// <summary>Proves that an event was stored; never reveals the grade.</summary>
/// <param name="Id">The client's id.</param>
/// <param name="Window">The window's immutable id.</param>
/// <param name="Version">The event's version in the window's stream.</param>
/// <param name="Digest">The digest of the stream's hash chain at that version, 64 hexadecimal digits.</param>
public sealed record Receipt(string Id, string Window, long Version, string Digest)
{
    /// <summary>With it the citizen looks the evaluation up at <c>/counted/CODE</c>, and reads there what a bad one led to; left out unless it was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Code { get; init; }
}
