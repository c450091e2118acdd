using Feedback.Api.Access;
using Feedback.Api.Intake;
using Feedback.Api.Problems;
using Feedback.Domain.Lookups;
using Feedback.Grains.Lookups;

namespace Feedback.Api.Ratings;

/// <summary>The endpoints at which citizens rate, and look up what became of it.</summary>
internal static class RatingRoutes
{
    public static void MapRatings(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/ratings", RateAsync)
            .IsOpen("The token proves the invitation; without one a rating is counted apart, as unattached.")
            .WithName("rate").WithTags("Citizens").WithSummary("Stores a citizen's rating: one for each invitation.")
            .WithDescription("With the token of an invitation: 201 with a receipt, 200 with the first receipt when the same rating is sent again with the same id, 409 when the "
                + "matter was rated already. Without one, name window, id and occurredAt: such ratings belong to no matter and are shown apart. Everything else is set by the server.")
            .Accepts<RatingBody>("application/json")
            .Produces<RatingReceipt>(201).Produces<RatingReceipt>(200)
            .ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(413).ProducesProblem(415).ProducesProblem(503);
    }

    private static async Task RateAsync(HttpContext http, RatingIntake intake, RatingLookups lookups)
    {
        try
        {
            RequestBody.DemandJson(http.Request);
            var (stored, refusal) = await intake.SubmitAsync(http, await RequestBody.ReadAsync(http.Request, RatingReader.Read));
            if (stored is null)
                throw new RefusedException(refusal!);
            http.Response.StatusCode = stored.IsNew ? StatusCodes.Status201Created : StatusCodes.Status200OK;
            http.Response.Headers.CacheControl = "no-store";
            await http.Response.WriteAsJsonAsync(RatingReceipt.Of(stored, lookups), ApiJson.Options, http.RequestAborted);
        }
        catch (RefusedException e)
        {
            await Problem.WriteAsync(http, e.Refusal);
        }
    }
}

/// <summary>A citizen's rating.</summary>
/// <param name="Token">The token of the invitation; left out for a window's printed code.</param>
/// <param name="Window">The window's id or path; left out with a token.</param>
/// <param name="Id">What the sender drew, at most 64 characters; a retry carries the same. Needed without a token.</param>
/// <param name="OccurredAt">When, within the last three days: RFC 3339 with an offset. Needed without a token, which says when itself.</param>
/// <param name="Grade">5 very satisfied … 1 very dissatisfied.</param>
/// <param name="Dimensions">Grades by dimension code.</param>
/// <param name="Reasons">Codes of the reasons chosen.</param>
/// <param name="Comment">At most 1,000 characters.</param>
/// <param name="Language">The form's language.</param>
public sealed record RatingBody(
    string? Token, string? Window, string? Id, DateTimeOffset? OccurredAt, int Grade,
    IReadOnlyDictionary<string, int>? Dimensions, IReadOnlyList<string>? Reasons, string? Comment, string? Language);

/// <summary>Proves that a rating was stored; never reveals the grade.</summary>
/// <param name="Window">The window's immutable id.</param>
/// <param name="Version">The event's version in the window's stream.</param>
/// <param name="Digest">The digest of the stream's hash chain at that version, 64 hexadecimal digits.</param>
/// <param name="Code">With it anybody who has it looks the rating up at <c>/counted/CODE</c>.</param>
/// <param name="Number">The number to be said on the telephone.</param>
/// <param name="QueryCode">The six digits that go with the number.</param>
public sealed record RatingReceipt(string Window, long Version, string Digest, string Code, string Number, string QueryCode)
{
    internal static RatingReceipt Of(StoredRating stored, RatingLookups lookups) => new(
        stored.Subject.Window.Value, stored.Subject.Version, stored.Digest,
        lookups.CodeOf(stored.Subject, stored.Digest), LookupCode.NumberOf(stored.Subject), lookups.QueryCodeOf(stored.Subject));
}
