using System.Globalization;
using Feedback.Api.Access;
using Feedback.Api.Matters.Lists;
using Feedback.Domain.Access;
using Feedback.Domain.ServiceMatters;
using Feedback.Grains.Organisation;
using Feedback.Grains.ServiceMatters;
using Feedback.Web.Cases.Office;
using Feedback.Web.Frame;
using Microsoft.AspNetCore.Antiforgery;

namespace Feedback.Web.Matters;

/// <summary>What the list of matters was asked for, as the form has it.</summary>
/// <param name="Number">A number: the one on the notice, or the office's own.</param>
/// <param name="Place">The id or path of a place.</param>
/// <param name="Stage">A stage's word.</param>
/// <param name="From">The first day on which they were accepted.</param>
/// <param name="Through">The last one.</param>
/// <param name="Visits">With at least so many visits.</param>
/// <param name="Broken">Whether only those are wanted that broke the two-visit rule.</param>
public sealed record MattersAsked(string Number, string Place, string Stage, string From, string Through, string Visits, bool Broken)
{
    /// <summary>As it was sent.</summary>
    public static MattersAsked Of(IQueryCollection query)
    {
        return new(Text("number"), Text("place"), Text("stage"), Text("from"), Text("through"), Text("visits"), Text("broken").Length > 0);

        string Text(string name) => query[name].ToString().Trim();
    }

    /// <summary>The query of an address that asks for the same.</summary>
    public string Query => string.Join('&', new[]
        {
            ("number", Number), ("place", Place), ("stage", Stage), ("from", From), ("through", Through), ("visits", Visits), ("broken", Broken ? "on" : ""),
        }.Where(member => member.Item2.Length > 0).Select(member => $"{member.Item1}={Uri.EscapeDataString(member.Item2)}"));
}

/// <summary>What the list of matters shows.</summary>
/// <param name="Asked">What was asked for.</param>
/// <param name="Names">Names.</param>
/// <param name="Page">The matters.</param>
/// <param name="Counts">How many of the list stand at each stage.</param>
/// <param name="MayAccept">Whether the reader may accept one.</param>
/// <param name="Error">What is wrong with what was asked for, in words; null when nothing is.</param>
public sealed record MattersModel(MattersAsked Asked, MatterNames Names, MatterPage Page, IReadOnlyDictionary<MatterStage, long> Counts, bool MayAccept, string? Error);

/// <summary>The list of service matters.</summary>
internal sealed class MatterListPages(IMatterStore matters, MatterLists lists, OfficeReaders readers, AccessCheck access, IBureau bureau, IAntiforgery forms)
{
    private const int PageSize = 50;
    private const int LongestNumber = 64;

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/matters", (HttpContext http, MatterListPages pages) => pages.ShowAsync(http)).PageDemands(Permission.ReadCases).ExcludeFromDescription();

    private async Task<IResult> ShowAsync(HttpContext http)
    {
        var (reader, asked) = (readers.Find(http), MattersAsked.Of(http.Request.Query));
        var (filter, unfit) = await FilterAsync(http, asked);
        MatterCursor? after = MatterCursor.TryParse(http.Request.Query["after"].ToString(), out var cursor) ? cursor : null;
        var page = filter is null ? new MatterPage([], null) : await matters.ListAsync(filter, after, PageSize, http.RequestAborted);
        var counts = filter is null ? new Dictionary<MatterStage, long>() : await matters.CountByStageAsync(filter with { Stages = [] }, http.RequestAborted);
        var parameters = Pages.FrameFor(http, forms);
        parameters["Model"] = new MattersModel(
            asked, new MatterNames(reader.Names, bureau.Current.Catalogue), page, counts, reader.IsPerson && !http.GetCaller().Caller.ScopeOf(Permission.FileCases).IsNowhere,
            unfit is null ? null : reader.Words[unfit]);
        return http.Page<MattersPage>(unfit is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest, parameters);
    }

    private async Task<(MatterFilter? Filter, string? Unfit)> FilterAsync(HttpContext http, MattersAsked asked)
    {
        var (mistaken, visits, view) = (false, 0, access.ViewOf(http.GetCaller().ScopeHere));
        var (from, through) = (BoardAsked.DayOf(asked.From, ref mistaken), BoardAsked.DayOf(asked.Through, ref mistaken));
        var stage = asked.Stage.Length == 0 ? null : MatterWords.StageOf(asked.Stage);
        mistaken |= (stage is null) != (asked.Stage.Length == 0) || asked.Number.Length > LongestNumber;
        if (mistaken || (asked.Visits.Length > 0 && !int.TryParse(asked.Visits, NumberStyles.None, CultureInfo.InvariantCulture, out visits)))
            return (null, "office-asked-unfit");
        var place = asked.Place.Length == 0 ? null : await access.FindAsync(asked.Place, view.Scope);
        if (place is null && asked.Place.Length > 0)
            return (null, "office-place-unknown");
        var zone = place?.Zone ?? view.Tops.FirstOrDefault()?.Zone;
        var filter = MatterLists.Of(view, place) with
        {
            Stages = stage is { } wanted ? [wanted] : [],
            OpenedFrom = from is { } first ? zone?.StartOf(first) : null,
            OpenedBefore = through is { } last ? zone?.StartOf(last.AddDays(1)) : null,
            LeastVisits = visits > 0 ? visits : null,
            Broken = asked.Broken ? true : null,
        };
        return (asked.Number.Length == 0 ? filter : lists.ByNumber(filter, asked.Number), null);
    }
}
