using System.Text.Json;
using System.Text.Json.Serialization;
using Feedback.Api.Access;
using Feedback.Api.Bodies;
using Feedback.Api.Cases;
using Feedback.Api.Intake;
using Feedback.Api.Limits;
using Feedback.Api.Problems;
using Feedback.Domain.Evaluations;

namespace Feedback.Api.Ratings;

/// <summary>The endpoints at which citizens see that their rating is counted.</summary>
internal static class LookupRoutes
{
    private const int Longest = 64;

    public static void MapRatingLookups(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/ratings/{code}", (HttpContext http, string code, RatingFates fates) => AnswerAsync(http, () =>
                // The address below, which takes another method.
                code == "lookup" ? throw Members.Refuse("method-not-allowed") : fates.FindAsync(code, http.RequestAborted)))
            .IsOpen("The code is unguessable, and whoever has it is the citizen; the answer tells neither grade nor text of the rating.")
            .WithName("rating").WithTags("Citizens").WithSummary("Tells whether a rating is stored and counted, and whether the chain still holds it.")
            .WithDescription("code is the one that came with the receipt. Neither grade nor text is told. A bad rating that was looked into has the case with what the "
                + "citizen was told, once they were told something; with the code of that case they confirm, dispute and reopen it.")
            .Produces<RatingAnswer>().ProducesProblem(404);

        routes.MapPost("/api/v1/ratings/lookup", (HttpContext http, RatingFates fates) => AnswerAsync(http, async () =>
            {
                RequestBody.DemandJson(http.Request);
                var (number, code) = await RequestBody.ReadAsync(http.Request, Read);
                return await fates.FindAsync(number, code, http.RequestAborted);
            }))
            .TriesSecrets().IsOpen("A number's six digits may be tried five times a day; the answer tells neither grade nor text of the rating.")
            .WithName("rating-lookup").WithTags("Citizens").WithSummary("The same by what can be said on the telephone: a number and six digits.")
            .WithDescription("After five wrong codes a number is closed for a day. A number that is closed, one that does not exist, and a wrong code look the same.")
            .Accepts<RatingLookup>("application/json")
            .Produces<RatingAnswer>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(413).ProducesProblem(415);
    }

    private static async Task AnswerAsync(HttpContext http, Func<Task<RatingAnswer?>> find)
    {
        http.Response.Headers.CacheControl = "no-store";
        try
        {
            var answer = await find() ?? throw Members.Refuse("rating-unknown");
            await http.Response.WriteAsJsonAsync(answer, ApiJson.Options, http.RequestAborted);
        }
        catch (RefusedException e)
        {
            await Problem.WriteAsync(http, e.Refusal);
        }
        catch (TimeoutException)
        {
            await Problem.WriteAsync(http, new Refusal("busy", Retryable: true));
        }
    }

    private static (string Number, string QueryCode) Read(JsonElement body)
    {
        string? number = null, code = null;
        BodyMembers.Each(body, (name, value) =>
        {
            switch (name)
            {
                case "number": number = Members.Text(value, name, Longest); break;
                case "queryCode": code = Members.Text(value, name, Longest); break;
                default: return false;
            }

            return true;
        });
        return (number ?? throw Members.Missing("number"), code ?? throw Members.Missing("queryCode"));
    }
}

/// <summary>What can be said on the telephone.</summary>
/// <param name="Number">The number that came with the receipt, such as <c>12-345</c>.</param>
/// <param name="QueryCode">The six digits that go with it.</param>
public sealed record RatingLookup(string Number, string QueryCode);

/// <summary>What became of a rating. Never its grade, and never its text.</summary>
/// <param name="Stored">Whether the journal has it.</param>
/// <param name="Counted">Whether it is in the figures; false where a person excluded it.</param>
/// <param name="Day">The hall's local day on which it is counted.</param>
/// <param name="Digest">The digest of the hash chain at its version now: the same as on the receipt.</param>
/// <param name="Unchanged">Whether the chain still holds it as it did when the receipt was given.</param>
public sealed record RatingAnswer(bool Stored, bool Counted, DateOnly? Day, string? Digest, bool Unchanged)
{
    /// <summary>What a bad rating led to, as its citizen sees it; left out as long as the citizen was told nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TrackedCase? Case { get; init; }
}
