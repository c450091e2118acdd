using System.Collections.Immutable;
using System.Globalization;
using Feedback.Api.Access;
using Feedback.Api.Matters.Services;
using Feedback.Api.Problems;
using Feedback.Domain.Access;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Personal.FreeText;
using Feedback.Domain.ServiceMatters;
using Feedback.Grains.Organisation;
using Feedback.Grains.ServiceMatters;
using Feedback.Web.Cases.Office;
using Feedback.Web.Frame;
using Microsoft.AspNetCore.Antiforgery;

namespace Feedback.Web.Matters;

/// <summary>What the page shows on which somebody accepts a matter by hand.</summary>
/// <param name="Names">Names.</param>
/// <param name="Typed">What was typed; empty at first.</param>
/// <param name="Error">What is wrong, in words; null when nothing is.</param>
/// <param name="Field">The field that must be mended; null when it is not about one.</param>
public sealed record AcceptanceModel(MatterNames Names, IReadOnlyDictionary<string, string> Typed, string? Error = null, string? Field = null)
{
    /// <summary>How many documents the form has room for; a business system sends longer lists over the API.</summary>
    public const int Documents = 6;

    /// <summary>What was typed into a field.</summary>
    public string Of(string field) => Typed.GetValueOrDefault(field, "");
}

/// <summary>Accepts a matter at its first visit, and tells everything that is missing.</summary>
internal sealed class AcceptancePages(MatterCalls calls, MatterSecrets codes, OfficeReaders readers, AccessCheck access, IBureau bureau, IAntiforgery forms)
{
    private const int LongestCode = 64;
    private const int LongestTitle = 60;

    // As over the API: the same number again is a repeat, or a contradiction.
    private const string AcceptanceId = "accept";

    private static readonly string[] Fields =
        ["place", "number", "item", "way", "limit", .. Enumerable.Range(1, AcceptanceModel.Documents).SelectMany(i => (string[])[Field("title", i), Field("how", i), Field("due", i)])];

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/matters/new", (HttpContext http, AcceptancePages pages) => pages.Show(http)).PageDemands(Permission.FileCases).ExcludeFromDescription();
        app.MapPost("/matters/new", (HttpContext http, AcceptancePages pages) => pages.AcceptAsync(http)).PageDemands(Permission.FileCases).ExcludeFromDescription();
    }

    /// <summary>The name of a document's field.</summary>
    public static string Field(string name, int number) => string.Create(CultureInfo.InvariantCulture, $"{name}{number}");

    private IResult Show(HttpContext http)
    {
        var reader = readers.Find(http);
        var place = reader.Names.View.Tops.ToList() is [var only] ? reader.Names.View.PathOf(only) : "";
        return Page(http, reader, new Dictionary<string, string> { ["place"] = place }, null);
    }

    private async Task<IResult> AcceptAsync(HttpContext http)
    {
        var (form, status) = await Forms.ReadAsync(http, forms);
        if (form is null || readers.Find(http) is not { IsPerson: true } reader)
            return http.Message(form is null ? status : StatusCodes.Status404NotFound, form is null ? "badForm" : "notFound");
        var typed = Fields.ToDictionary(name => name, name => form[name].ToString().Trim());
        var (command, number, refusal) = await ReadAsync(http, typed);
        if (command is not null)
        {
            var id = codes.IdOf(command.Node, number);
            refusal = (await calls.PerformAsync(id, new MatterRequest(command, http.GetCaller().Caller.Name) { Id = AcceptanceId })).Refusal;
            if (refusal is null)
                return Results.LocalRedirect("/matters/" + id);
        }

        return Page(http, reader, typed, refusal);
    }

    private async Task<(AcceptMatter? Command, string Number, Refusal? Refusal)> ReadAsync(HttpContext http, Dictionary<string, string> typed)
    {
        var (number, item) = (typed["number"], typed["item"]);
        if (number.Length == 0 || item.Length == 0)
            return Refuse(new Refusal("member-missing", number.Length == 0 ? "number" : "item"));
        if (number.Length > LongestCode)
            return Refuse(new Refusal("text-too-long", "number", LongestCode.ToString(CultureInfo.InvariantCulture)));
        if (typed["way"] is not ("window" or "online"))
            return Refuse(new Refusal("member-missing", "way"));
        if (await access.FindAsync(typed["place"], http.GetCaller().ScopeHere) is not { } place)
            return Refuse(new Refusal("node-unknown", "place", typed["place"]));
        var missing = ImmutableArray.CreateBuilder<MissingDocument>();
        foreach (var i in Enumerable.Range(1, AcceptanceModel.Documents).Where(i => typed[Field("title", i)].Length > 0))
        {
            var (document, refusal) = DocumentOf(typed, i);
            if (document is null)
                return Refuse(refusal!);
            missing.Add(document);
        }

        var limit = typed["limit"].Length == 0 ? null : typed["limit"];
        return (new AcceptMatter(place.Id, item, codes.HashOf(number), typed["way"] == "online", missing.ToImmutable(), limit), number, null);

        static (AcceptMatter?, string, Refusal?) Refuse(Refusal refusal) => (null, "", refusal);
    }

    // Forms have titles only; the codes of their documents are counted.
    private static (MissingDocument? Document, Refusal? Refusal) DocumentOf(Dictionary<string, string> typed, int number)
    {
        var (title, how, due) = (typed[Field("title", number)], typed[Field("how", number)], typed[Field("due", number)]);
        if (title.Length > LongestTitle)
            return (null, new Refusal("text-too-long", Field("title", number), LongestTitle.ToString(CultureInfo.InvariantCulture)));
        if (CodeScan.TellsOfPerson(title))
            return (null, new Refusal("member-personal", Field("title", number)));
        if (MatterWords.KindOf(how) is not { } kind)
            return (null, new Refusal("missing-kind-unknown", Field("how", number), string.Join(", ", MatterWords.KindWords)));
        var mistaken = false;
        var day = BoardAsked.DayOf(due, ref mistaken);
        return mistaken ? (null, new Refusal("day-invalid", Field("due", number), due)) : (new MissingDocument(Field("d", number), title, kind, day), null);
    }

    private IResult Page(HttpContext http, OfficeReader reader, IReadOnlyDictionary<string, string> typed, Refusal? refusal)
    {
        var parameters = Pages.FrameFor(http, forms);
        var field = refusal?.Field switch { "serviceItem" => "item", "node" => "place", var other => other };
        parameters["Model"] = new AcceptanceModel(
            new MatterNames(reader.Names, bureau.Current.Catalogue), typed, refusal is null ? null : Problem.TitleOf(refusal, reader.Words.Culture), field);
        return http.Page<AcceptancePage>(refusal is null ? StatusCodes.Status200OK : Problem.StatusOf(refusal), parameters);
    }
}
