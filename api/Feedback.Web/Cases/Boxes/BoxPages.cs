using System.Globalization;
using Feedback.Api.Access;
using Feedback.Api.Boxes;
using Feedback.Api.Problems;
using Feedback.Domain.Access;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Organisation;
using Feedback.Grains.Boxes;
using Feedback.Grains.Journal;
using Feedback.Web.Cases.Office;
using Feedback.Web.Frame;
using Microsoft.AspNetCore.Antiforgery;

namespace Feedback.Web.Cases.Boxes;

/// <summary>What the page of a suggestion box shows.</summary>
/// <param name="Names">Names.</param>
/// <param name="Node">The node where the box hangs.</param>
/// <param name="Openings">Its openings, the last one first.</param>
/// <param name="Typed">What was typed; empty at first.</param>
public sealed record BoxModel(CaseNames Names, Node Node, IReadOnlyList<BoxOpening> Openings, IReadOnlyDictionary<string, string> Typed)
{
    /// <summary>Whether the reader may record an opening.</summary>
    public bool MayRecord { get; init; }

    /// <summary>Whether an opening was recorded just now.</summary>
    public bool Done { get; init; }

    /// <summary>What is wrong, in words; null when nothing is.</summary>
    public string? Error { get; init; }

    /// <summary>The field that must be mended; null when it is not about one.</summary>
    public string? Field { get; init; }

    /// <summary>What was typed into a field.</summary>
    public string Of(string field) => Typed.GetValueOrDefault(field, "");
}

/// <summary>The openings of suggestion boxes: papers found beside cases filed, and a form for the next one.</summary>
internal sealed class BoxPages(BoxDesk desk, BoxOpenings boxes, OfficeReaders readers, AccessCheck access, IAntiforgery forms)
{
    /// <summary>The page's address.</summary>
    public const string Address = "/cases/boxes";

    /// <summary>How many openings are shown.</summary>
    public const int MostShown = 50;

    private const int LongestField = 512;
    private static readonly string[] Fields = ["node", "openedAt", "found", "with"];

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Address, (HttpContext http, BoxPages pages) => pages.ShowAsync(http)).PageDemands(Permission.ReadCases).ExcludeFromDescription();
        app.MapPost(Address, (HttpContext http, BoxPages pages) => pages.RecordAsync(http)).PageDemands(Permission.FileCases).ExcludeFromDescription();
    }

    private async Task<IResult> ShowAsync(HttpContext http)
    {
        var (reader, place) = (readers.Find(http), http.Request.Query["node"].ToString().Trim());
        var node = place.Length > 0 ? await access.FindAsync(place, http.GetCaller().ScopeHere) : reader.Names.View.Tops.FirstOrDefault();
        return node is null
            ? http.Message(StatusCodes.Status404NotFound, "notFound")
            : await PageAsync(http, reader, node, new Dictionary<string, string> { ["node"] = reader.Names.View.PathOf(node) }, null);
    }

    private async Task<IResult> RecordAsync(HttpContext http)
    {
        var (form, status) = await Forms.ReadAsync(http, forms);
        if (form is null || readers.Find(http) is not { IsPerson: true } reader)
            return http.Message(form is null ? status : StatusCodes.Status404NotFound, form is null ? "badForm" : "notFound");
        var typed = Fields.ToDictionary(name => name, name => form[name].ToString().Trim());
        var node = typed["node"].Length is 0 or > LongestField ? null : await access.FindAsync(typed["node"], http.GetCaller().ScopeHere);
        if (node is null)
        {
            // There is no box whose openings could be shown: those of the reader's own place are.
            return reader.Names.View.Tops.FirstOrDefault() is { } top
                ? await PageAsync(http, reader, top, typed, new Refusal("node-unknown", "node", typed["node"]))
                : http.Message(StatusCodes.Status404NotFound, "notFound");
        }

        try
        {
            return await RecordAsync(node, typed, http.GetCaller().Caller.Name) is { } refusal
                ? await PageAsync(http, reader, node, typed, refusal)
                : Results.LocalRedirect($"{Address}?node={node.Id}&done=1");
        }
        catch (JournalBusyException)
        {
            return http.Message(StatusCodes.Status503ServiceUnavailable, "tryAgain");
        }
    }

    private async Task<Refusal?> RecordAsync(Node node, Dictionary<string, string> typed, string by)
    {
        if (!FilingPages.TryTime(typed["openedAt"], node, out var at))
            return new Refusal("day-invalid", "openedAt", typed["openedAt"]);
        if (at is not { } opened)
            return new Refusal("member-missing", "openedAt");
        if (!int.TryParse(typed["found"], NumberStyles.None, CultureInfo.InvariantCulture, out var found))
            return new Refusal("count-invalid", "found", BoxDesk.Range);
        // On the page two people open a box: what another system hands on may name one.
        return typed["with"].Length is 0 or > LongestField
            ? new Refusal("member-missing", "with")
            : (await desk.RecordAsync(node.Id, opened.UtcMilliseconds, found, by, typed["with"])).Refusal;
    }

    private async Task<IResult> PageAsync(HttpContext http, OfficeReader reader, Node node, IReadOnlyDictionary<string, string> typed, Refusal? refusal)
    {
        var parameters = Pages.FrameFor(http, forms);
        // A page that a form made cannot be shown again by its address.
        parameters["Address"] = $"{Address}?node={node.Id}";
        parameters["Model"] = new BoxModel(reader.Names, node, await boxes.ListAsync(node.Id, MostShown, http.RequestAborted), typed)
        {
            MayRecord = reader.IsPerson && !http.GetCaller().Caller.ScopeOf(Permission.FileCases).IsNowhere,
            Done = refusal is null && http.Request.Query["done"] == "1",
            Error = refusal is null ? null : Problem.TitleOf(Named(refusal, reader), reader.Words.Culture),
            Field = refusal?.Field,
        };
        return http.Page<BoxPage>(refusal is null ? StatusCodes.Status200OK : Problem.StatusOf(refusal), parameters);
    }

    // The sentence names the field as its label does.
    private static Refusal Named(Refusal refusal, OfficeReader reader) =>
        refusal.Field is { } field && Fields.Contains(field) ? refusal with { Field = reader.Words["box-" + field] } : refusal;
}
