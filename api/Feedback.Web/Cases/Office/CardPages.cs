using System.Globalization;
using Feedback.Api.Access;
using Feedback.Api.Addresses;
using Feedback.Api.Cases;
using Feedback.Api.Evaluations;
using Feedback.Api.Problems;
using Feedback.Domain.Access;
using Feedback.Domain.Cases;
using Feedback.Domain.Evaluations;
using Feedback.Grains.Cases;
using Feedback.Grains.Evaluations;
using Feedback.Grains.Journal;
using Feedback.Web.Frame;
using Microsoft.AspNetCore.Antiforgery;

namespace Feedback.Web.Cases.Office;

/// <summary>The card of a case: what is known of it, how its clocks stand, what happened, and what can be done.</summary>
internal sealed class CardPages(
    CaseSight sight, CaseStepping stepping, CaseContacts contacts, CaseDuplicates duplicates, ICaseStore cases, OfficeReaders readers, StoredEvaluations evaluations, AccessCheck access, IAntiforgery forms)
{
    private const int LongestField = 10_000;

    // A card is opened more often than a duplicate is looked for: few are shown, and few compared.
    private const int MostAlike = 5;
    private const int MostCompared = 20;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/cases/{case}", (HttpContext http, string @case, CardPages pages) => pages.ShowAsync(http, @case)).PageDemands(Permission.ReadCases).ExcludeFromDescription();
        app.MapPost("/cases/{case}/steps/{step}", (HttpContext http, string @case, string step, CardPages pages) => pages.StepAsync(http, @case, step))
            .PageDemands(Permission.WorkCases).ExcludeFromDescription();
        app.MapPost("/cases/{case}/contact", (HttpContext http, string @case, CardPages pages) => pages.UnmaskAsync(http, @case)).PageDemands(Permission.WorkCases).ExcludeFromDescription();
    }

    private async Task<IResult> ShowAsync(HttpContext http, string id)
    {
        var reader = readers.Find(http);
        return await sight.FindAsync(id, reader.Actor, http.RequestAborted) is { } seen
            ? await PageAsync(http, reader, await ToldAsync(http, reader, seen), null)
            : http.Message(StatusCodes.Status404NotFound, "notFound");
    }

    // A program reads no more here than the API tells it: what the citizen said and was told, without what gives persons away.
    private async Task<SeenCase> ToldAsync(HttpContext http, OfficeReader reader, SeenCase seen)
    {
        if (reader.IsPerson)
            return seen;
        var texts = (await sight.SeeAsync(seen.Record, CaseActors.Of(http.GetCaller().Caller), http.RequestAborted))?.Texts ?? [];
        return seen with { Texts = [.. texts.Select(read => read with { Text = read.Text is { } text ? MaskWords.Mask(text, reader.Words.Culture) : null })] };
    }

    private async Task<IResult> StepAsync(HttpContext http, string id, string step)
    {
        var (form, status) = await Forms.ReadAsync(http, forms);
        if (form is null)
            return http.Message(status, "badForm");
        if (readers.Find(http) is not { IsPerson: true } reader || await sight.FindAsync(id, reader.Actor, http.RequestAborted) is not { } seen || StepShapes.Find(step) is not { } shape)
            return http.Message(StatusCodes.Status404NotFound, "notFound");
        var typed = shape.Fields.ToDictionary(field => field.Name, field => form[field.Name].ToString().ReplaceLineEndings("\n").Trim());
        var refusal = await PerformAsync(seen, shape, typed, form, reader.Actor, CallerAddress.Of(http));
        var fresh = await sight.FindAsync(id, reader.Actor, http.RequestAborted);
        // What was sent to another unit may be no case of theirs any more.
        if (refusal is null)
            return Results.LocalRedirect(fresh is null ? "/cases" : $"/cases/{seen.State.Id}");
        // Whoever is refused sees the case as it is now, and all that they typed; the field is called as on the form.
        var field = refusal.Field == "note" ? "words" : refusal.Field;
        var message = Problem.TitleOf(refusal with { Field = StepShapes.LabelOf(shape, field, reader.Words) ?? field }, reader.Words.Culture);
        return fresh is null
            ? http.Message(StatusCodes.Status404NotFound, "notFound")
            : await PageAsync(http, reader, fresh, refusal, new StepTrial(step, message, field, typed, refusal.Code == "version-stale"));
    }

    private async Task<Refusal?> PerformAsync(SeenCase seen, StepShape shape, Dictionary<string, string> typed, IFormCollection form, CaseActor actor, string? address)
    {
        if (!long.TryParse(form["version"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var version))
            return new Refusal("member-missing", "version");
        if (typed.Values.Any(text => text.Length > LongestField))
            return new Refusal("text-too-long", "words", LongestField.ToString(CultureInfo.InvariantCulture));
        var input = StepShapes.Read(typed);
        var request = form["request"].ToString();
        return request.Length > 100
            ? new Refusal("id-unfit", "request", "100")
            : (await stepping.PerformAsync(seen, shape.Step, input, actor, version, request.Length == 0 ? null : request, address: address)).Refusal;
    }

    private async Task<IResult> UnmaskAsync(HttpContext http, string id)
    {
        var (form, status) = await Forms.ReadAsync(http, forms);
        if (form is null)
            return http.Message(status, "badForm");
        if (readers.Find(http) is not { IsPerson: true } reader || await sight.FindAsync(id, reader.Actor, http.RequestAborted) is not { } seen)
            return http.Message(StatusCodes.Status404NotFound, "notFound");
        var (reason, refusal) = ReasonReader.Fit(form["reason"].ToString(), ReasonReader.ShortestToUnmask);
        if (reason is null)
            return http.Message(Problem.StatusOf(refusal!), "reasonUnfit");
        try
        {
            var (contact, kept) = await contacts.TellAsync(http, seen, reason);
            return kept is null
                ? await PageAsync(http, reader, seen, null, contact: contact?.Text ?? reader.Words["office-contact-gone"])
                : http.Message(Problem.StatusOf(kept), kept.Code == "recused" ? "office-recused" : "office-contact-kept");
        }
        catch (JournalBusyException)
        {
            return http.Message(StatusCodes.Status503ServiceUnavailable, "tryAgain");
        }
    }

    private async Task<IResult> PageAsync(HttpContext http, OfficeReader reader, SeenCase seen, Refusal? refusal, StepTrial? trial = null, string? contact = null)
    {
        var parameters = Pages.FrameFor(http, forms);
        // A page that a form made cannot be shown again by its address.
        parameters["Address"] = $"/cases/{seen.State.Id}";
        var card = new CardModel
        {
            Seen = seen,
            Names = reader.Names,
            Categories = seen.Times.Policies.Categories,
            Now = readers.Now,
            Request = CaseSecrets.NewId().Value,
            MayUnmask = reader.IsPerson && seen.State.CanBeReached && contacts.Refused(http, seen) is null,
            MayWork = !http.GetCaller().Caller.ScopeOf(Permission.WorkCases).IsNowhere,
            RatingAddress = seen.IsAboutReader ? null : await RatingAsync(http, seen.State),
            Others = await OthersAsync(seen.State, reader.Actor, http.RequestAborted),
            Trial = trial,
            Contact = contact,
        };
        parameters["Model"] = reader.IsPerson && card.Shapes.Any(shape => shape.Step == StepShapes.Merge) ? card with { Duplicates = await AlikeAsync(http, seen, reader.Actor) } : card;
        return http.Page<CardPage>(refusal is null ? StatusCodes.Status200OK : Problem.StatusOf(refusal), parameters);
    }

    // Nobody is shown a case that they may not open, or from which they are kept by recusal: it could not be merged into either.
    private async Task<IReadOnlyList<CardDuplicate>> AlikeAsync(HttpContext http, SeenCase seen, CaseActor actor)
    {
        var found = new List<CardDuplicate>();
        foreach (var one in (await duplicates.OfAsync(http, seen, MostCompared)).Candidates)
        {
            if (found.Count == MostAlike)
                break;
            if (await sight.FindAsync(one.Case.Id, actor, http.RequestAborted) is { Withheld: null } other && !seen.State.Absorbed.Contains(other.State.Id))
                found.Add(new CardDuplicate(other.State, one.Reasons));
        }

        return found;
    }

    // Ratings are listed on the day on which they were received, which with paper and kiosks without a line is not the day on which they were given.
    private async Task<string?> RatingAsync(HttpContext http, CaseState state)
    {
        var view = access.ViewOf(http.GetCaller().Caller.ScopeOf(Permission.ReadEvaluations));
        if (state.Intake.Rating is not { } rating || view.Tree.Find(rating.Window) is not { } window || !view.Sees(window))
            return null;
        if (await evaluations.FindAsync(rating.Window, rating.Version, http.RequestAborted) is not { } rated)
            return null;
        var day = window.Zone.LocalTime(rated.Accepted.Admission.ReceivedAt).Day;
        return string.Create(CultureInfo.InvariantCulture, $"/nodes/{rating.Window}/evaluations?period=custom&from={day:yyyy-MM-dd}&through={day:yyyy-MM-dd}&after={rating.Version + 1}#evaluation-{rating.Version}");
    }

    private async Task<IReadOnlyDictionary<CaseId, (string Number, bool Seen)>> OthersAsync(CaseState state, CaseActor actor, CancellationToken cancellation)
    {
        var others = new Dictionary<CaseId, (string, bool)>();
        foreach (var id in state.Merging is { } merging ? state.Absorbed.Append(merging.Into) : state.Absorbed)
        {
            if (await cases.FindAsync(id, cancellation) is { } row)
                others[id] = (row.Number, await sight.FindAsync(id.Value, actor, cancellation) is not null);
        }

        return others;
    }
}
