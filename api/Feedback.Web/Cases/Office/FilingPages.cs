using System.Globalization;
using Feedback.Api.Access;
using Feedback.Api.Cases;
using Feedback.Api.Problems;
using Feedback.Domain.Access;
using Feedback.Domain.Cases;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Organisation;
using Feedback.Domain.Time;
using Feedback.Grains.Cases;
using Feedback.Web.Frame;
using Microsoft.AspNetCore.Antiforgery;

namespace Feedback.Web.Cases.Office;

/// <summary>What the page shows on which somebody registers what was brought to them.</summary>
/// <param name="Names">Names.</param>
/// <param name="Request">The id of the request, by which a form that is sent twice is recognized.</param>
/// <param name="Typed">What was typed; empty at first.</param>
/// <param name="Categories">The categories to choose from.</param>
/// <param name="Error">What is wrong, in words; null when nothing is.</param>
/// <param name="Field">The field that must be mended; null when it is not about one.</param>
public sealed record FilingModel(
    CaseNames Names, string Request, IReadOnlyDictionary<string, string> Typed, Domain.Policies.CategoryTree Categories, string? Error = null, string? Field = null)
{
    /// <summary>Kinds that people bring; the service opens bad ratings, and the city sends its orders, themselves.</summary>
    public static readonly IReadOnlyList<CaseKind> Kinds = [CaseKind.Complaint, CaseKind.Suggestion, CaseKind.Question, CaseKind.Praise, CaseKind.Finding];

    /// <summary>Ways in which people bring something to somebody.</summary>
    public static readonly IReadOnlyList<CaseChannel> Channels = [CaseChannel.Window, CaseChannel.Phone, CaseChannel.Paper, CaseChannel.Meeting, CaseChannel.Box];

    /// <summary>What was typed into a field.</summary>
    public string Of(string field) => Typed.GetValueOrDefault(field, "");
}

/// <summary>What the first receiver hands out (首问卡): shown once.</summary>
/// <param name="Names">Names.</param>
/// <param name="Filed">Number and codes.</param>
/// <param name="Seen">The case.</param>
/// <param name="Title">How the acceptance notice is called here.</param>
public sealed record FiledModel(CaseNames Names, FiledCase Filed, SeenCase Seen, string Title);

/// <summary>Registers what somebody brought: at a window, by telephone, by letter, at a meeting. Whoever receives it owns it (首问负责).</summary>
internal sealed class FilingPages(CaseFiling filing, CaseDoor door, CaseSight sight, OfficeReaders readers, AccessCheck access, IAntiforgery forms)
{
    private static readonly string[] Fields = ["kind", "channel", "place", "category", "about", "words", "contact", "occurred", "language"];

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/cases/new", (HttpContext http, FilingPages pages) => pages.Show(http)).PageDemands(Permission.FileCases).ExcludeFromDescription();
        app.MapPost("/cases/new", (HttpContext http, FilingPages pages) => pages.FileAsync(http)).PageDemands(Permission.FileCases).ExcludeFromDescription();
    }

    private IResult Show(HttpContext http)
    {
        var reader = readers.Find(http);
        var place = reader.Names.View.Tops.ToList() is [var only] ? reader.Names.View.PathOf(only) : "";
        return Page(http, reader, new Dictionary<string, string> { ["place"] = place }, CaseSecrets.NewId().Value, null);
    }

    private async Task<IResult> FileAsync(HttpContext http)
    {
        var (form, status) = await Forms.ReadAsync(http, forms);
        if (form is null || readers.Find(http) is not { IsPerson: true } reader)
            return http.Message(form is null ? status : StatusCodes.Status404NotFound, form is null ? "badForm" : "notFound");
        var typed = Fields.ToDictionary(name => name, name => form[name].ToString().ReplaceLineEndings("\n").Trim());
        var request = form["request"].ToString();
        var (sent, refusal) = await ReadAsync(http, typed);
        FiledCase? filed = null;
        if (sent is not null)
            (filed, refusal) = await filing.FileAsync(sent, reader.Actor, request);
        if (sent is not null && refusal is { Code: "recused" })
            door.NoteRecused(http, sent, refusal);
        if (filed is null)
            return Page(http, reader, typed, request, refusal);
        if (await sight.FindAsync(filed.Id.Value, reader.Actor, http.RequestAborted) is not { } seen)
        {
            // Who is nothing to the case that they received still hands out its number.
            return http.ShowOnce(
                "office-slip", "office-slip-lead", "/cases",
                new ShownOnce(reader.Words["office-number"], filed.Number), new ShownOnce(reader.Words["office-query-code"], filed.QueryCode ?? "–"));
        }

        var parameters = Pages.FrameFor(http, forms);
        // A page that a form made cannot be shown again by its address.
        parameters["Address"] = "/cases/" + filed.Id;
        var notice = seen.Times.Policies.Notice;
        parameters["Model"] = new FiledModel(reader.Names, filed, seen, reader.Words.IsChinese ? notice.Zh : notice.En);
        return http.Page<FiledPage>(StatusCodes.Status200OK, parameters);
    }

    private async Task<(Filing? Filing, Refusal? Refusal)> ReadAsync(HttpContext http, Dictionary<string, string> typed)
    {
        var scope = http.GetCaller().ScopeHere;
        if (CaseWords.KindOf(typed["kind"]) is not { } kind || !FilingModel.Kinds.Contains(kind))
            return (null, new Refusal("case-kind-unfit", "kind", typed["kind"]));
        if (CaseWords.ChannelOf(typed["channel"]) is not { } channel || !FilingModel.Channels.Contains(channel))
            return (null, new Refusal("member-missing", "channel"));
        if (await access.FindAsync(typed["place"], scope) is not { } place)
            return (null, new Refusal("node-unknown", "place", typed["place"]));
        string[] about = [.. typed["about"].Split([' ', ',', '，', '、', ';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
        if (!TryTime(typed["occurred"], place, out var occurred))
            return (null, new Refusal("day-invalid", "occurred", typed["occurred"]));
        return (new Filing(kind, channel, place.Id.Value)
        {
            Scope = scope,
            Category = NullIfEmpty(typed["category"]),
            Words = typed["words"],
            Contact = NullIfEmpty(typed["contact"]),
            About = [.. about],
            Language = typed["language"] == "en" ? "en" : "zh-CN",
            OccurredAt = occurred,
        }, null);
    }

    /// <summary>Reads the wall clock of a place, as a browser's field writes it; no moment where nothing is written.</summary>
    internal static bool TryTime(string text, Node place, out Moment? moment)
    {
        moment = null;
        if (text.Length == 0)
            return true;
        if (!DateTime.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            || time.Year is < 1990 or > 2200)
            return false;
        var day = DateOnly.FromDateTime(time);
        moment = text.Length == 10 ? Moment.OnDay(day, place.Zone) : place.Zone.At(place.Zone.InstantOf(day, (time.Hour * 60) + time.Minute));
        return true;
    }

    private IResult Page(HttpContext http, OfficeReader reader, IReadOnlyDictionary<string, string> typed, string request, Refusal? refusal)
    {
        var parameters = Pages.FrameFor(http, forms);
        // Their field is called place here, as everywhere on the pages.
        var field = refusal?.Field == "node" ? "place" : refusal?.Field;
        var label = field is not null && Fields.Contains(field) ? reader.Words["office-" + field] : field;
        parameters["Model"] = new FilingModel(
            reader.Names, request, typed, readers.CategoriesOf(reader.Names.View), refusal is null ? null : Problem.TitleOf(refusal with { Field = label }, reader.Words.Culture), field);
        return http.Page<FilingPage>(refusal is null ? StatusCodes.Status200OK : Problem.StatusOf(refusal), parameters);
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
