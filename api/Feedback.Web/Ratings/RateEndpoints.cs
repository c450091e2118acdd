using Feedback.Api.Access;
using Feedback.Api.Addresses;
using Feedback.Api.Invitations;
using Feedback.Api.Problems;
using Feedback.Api.Ratings;
using Feedback.Domain.Invitations;
using Feedback.Domain.Lookups;
using Feedback.Grains.Invitations;
using Feedback.Grains.Lookups;
using Feedback.Grains.Organisation;
using Feedback.Web.Cases.Citizen;
using Feedback.Web.Frame;
using Feedback.Web.Words;

namespace Feedback.Web.Ratings;

/// <summary>The pages on which citizens rate and are thanked. They work without an account, without a script and on any phone.</summary>
internal static class RateEndpoints
{
    private const string OpenBecause = "Citizens need no account: the token proves the invitation, and ratings of a printed code are shown apart.";

    public static void MapRatePages(this IEndpointRouteBuilder app)
    {
        app.MapGet("/rate/{token}", AskInvited).IsOpen(OpenBecause).WithName("rate-page").ExcludeFromDescription();
        app.MapPost("/rate/{token}", TakeInvitedAsync).IsOpen(OpenBecause).WithName("rate-form").ExcludeFromDescription();
        app.MapGet("/rate/w/{window}", AskAtWindow).IsOpen(OpenBecause).WithName("rate-window-page").ExcludeFromDescription();
        app.MapPost("/rate/w/{window}", TakeAtWindowAsync).IsOpen(OpenBecause).WithName("rate-window-form").ExcludeFromDescription();
        app.MapGet("/thanks/{code}", Thank).IsOpen("The code is unguessable, and the page tells nothing but how to look the rating up.").WithName("thanks").ExcludeFromDescription();
    }

    private static IResult AskInvited(HttpContext http, string token, InvitationSeal seal, IBureau bureau)
    {
        var (model, words) = Invited(http, token, seal, bureau);
        return model is null ? Expired(http, words) : Ask(http, StatusCodes.Status200OK, words, model);
    }

    private static async Task<IResult> TakeInvitedAsync(HttpContext http, string token, InvitationSeal seal, IBureau bureau, RatingIntake intake, RatingLookups lookups)
    {
        var (model, words) = Invited(http, token, seal, bureau);
        return model is null ? Expired(http, words) : await TakeAsync(http, words, model, new Rating { Token = token, Grade = default, Language = words.Tag }, intake, lookups);
    }

    private static IResult AskAtWindow(HttpContext http, string window, IBureau bureau, TimeProvider clock)
    {
        var (model, words) = AtWindow(http, window, bureau, clock);
        return model is null ? http.Notice(StatusCodes.Status404NotFound, words, "notFound", "rating-no-window") : Ask(http, StatusCodes.Status200OK, words, model);
    }

    private static async Task<IResult> TakeAtWindowAsync(HttpContext http, string window, IBureau bureau, TimeProvider clock, RatingIntake intake, RatingLookups lookups)
    {
        var (model, words) = AtWindow(http, window, bureau, clock);
        return model is null
            ? http.Notice(StatusCodes.Status404NotFound, words, "notFound", "rating-no-window")
            : await TakeAsync(http, words, model, new Rating { Window = window, Grade = default, Language = words.Tag }, intake, lookups);
    }

    private static (RateModel? Model, PageWords Words) Invited(HttpContext http, string token, InvitationSeal seal, IBureau bureau)
    {
        var invitation = seal.Read(token);
        var words = CitizenFrame.WordsOf(http, invitation?.Language switch
        {
            InvitationLanguage.Chinese => "zh",
            InvitationLanguage.English => "en",
            _ => null,
        });
        return (invitation is null ? null : RateModel.Of(bureau.Current, invitation, "/rate/" + token, RatingIntake.Draw(), words), words);
    }

    private static (RateModel? Model, PageWords Words) AtWindow(HttpContext http, string window, IBureau bureau, TimeProvider clock)
    {
        var words = CitizenFrame.WordsOf(http);
        return (RateModel.Of(bureau.Current, window, "/rate/w/" + window, RatingIntake.Draw(), clock.GetUtcNow().ToUnixTimeMilliseconds(), words), words);
    }

    private static async Task<IResult> TakeAsync(HttpContext http, PageWords words, RateModel model, Rating blank, RatingIntake intake, RatingLookups lookups)
    {
        if (await Forms.ReadOpenAsync(http) is not { } form)
            return Ask(http, StatusCodes.Status400BadRequest, words, model with { Error = "badForm" });
        // Filled in as before, under the draw of the first page: whoever sends it again sends the same.
        model = model with { Form = form, Draw = form["id"].ToString() is { Length: > 0 } draw ? draw : model.Draw, At = model.At is null ? null : form["at"].ToString() };
        var (rating, refusal) = RatingForm.Read(form, blank);
        StoredRating? stored = null;
        if (rating is not null)
            (stored, refusal) = await intake.SubmitAsync(http, rating);
        if (stored is not null)
            // Whatever was rated, the next page is the same.
            return new SeeOther($"/thanks/{lookups.CodeOf(stored.Subject, stored.Digest)}?{CitizenFrame.LanguageMember}={words.Language}");
        return refusal!.Code switch
        {
            "rated-already" => http.Notice(StatusCodes.Status409Conflict, words, "rated-already", "rated-already-text"),
            "invitation-invalid" => Expired(http, words),
            // A page that lay open for days, or was sent twice in two ways: a fresh one helps.
            "conflict" or "rating-too-old" or "time-invalid" or "time-in-future" or "time-too-old" => http.Notice(StatusCodes.Status409Conflict, words, "rating-stale", "rating-stale-text"),
            var code => Ask(http, Problem.StatusOf(refusal), words, model with { Error = ErrorOf(code, refusal.Field) }),
        };
    }

    private static string ErrorOf(string code, string? field) => (code, field) switch
    {
        ("grade-missing", _) => "rating-choose",
        ("text-too-long", "comment") => "rating-too-long",
        ("busy" or "outcome-unknown" or "upgrade-under-way", _) => "rating-busy",
        _ => "rating-not-taken",
    };

    private static IResult Thank(HttpContext http, string code, RatingLookups lookups, PublicAddress address, IBureau bureau, TimeProvider clock)
    {
        var words = CitizenFrame.WordsOf(http);
        if (lookups.Read(code) is not { } rating)
            return http.Notice(StatusCodes.Status404NotFound, words, "notFound", "lookup-unknown");
        return http.Citizens<ThanksPage>(StatusCodes.Status200OK, words, new()
        {
            ["Address"] = "/thanks/" + code,
            ["Code"] = code,
            ["Window"] = rating.Window.Value,
            // The page does not know the grade, so that nobody who looks at it learns it: what holds for bad ratings is told to all.
            ["BadRatings"] = FilePlaces.PoliciesAt(bureau.Current, rating.Window, clock.GetUtcNow().ToUnixTimeMilliseconds()).BadRating,
            ["Number"] = LookupCode.NumberOf(rating),
            ["QueryCode"] = lookups.QueryCodeOf(rating),
            ["Picture"] = address.TryLink("/counted/" + code, out var link, out _) ? QrPicture.Address(link) : null,
        });
    }

    private static IResult Ask(HttpContext http, int status, PageWords words, RateModel model) => http.Citizens<RatePage>(status, words, new() { ["Model"] = model });

    private static IResult Expired(HttpContext http, PageWords words) => http.Notice(StatusCodes.Status404NotFound, words, "rating-expired", "rating-expired-text");
}

/// <summary>Sends the browser on with GET (RFC 9110, 15.4.4): reloading the next page sends nothing again.</summary>
internal sealed class SeeOther(string path) : IResult
{
    public Task ExecuteAsync(HttpContext http)
    {
        http.SetPageHeaders();
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = path;
        return Task.CompletedTask;
    }
}
