using Feedback.Api.Access;
using Feedback.Api.Cases;
using Feedback.Domain.Access;
using Feedback.Domain.Cases;
using Feedback.Domain.Organisation;
using Feedback.Domain.Policies;
using Feedback.Grains.Cases;
using Feedback.Web.Frame;
using Microsoft.AspNetCore.Antiforgery;

namespace Feedback.Web.Cases.Office;

/// <summary>The board: whose turn it is, what is late, and every case of the own units.</summary>
internal sealed class BoardPages(ICaseStore cases, ReaderCases shown, CaseSight sight, OfficeReaders readers, AccessCheck access, IAntiforgery forms)
{
    private const int PageSize = 50;

    private static readonly IReadOnlyCollection<CaseStage> Open = [.. Enum.GetValues<CaseStage>().Where(stage => stage is not (CaseStage.Closed or CaseStage.Merged))];

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/cases", (HttpContext http, BoardPages pages) => pages.ShowAsync(http)).PageDemands(Permission.ReadCases).ExcludeFromDescription();

    private async Task<IResult> ShowAsync(HttpContext http)
    {
        var reader = readers.Find(http);
        var (asked, number, error) = (BoardAsked.Of(http.Request.Query), http.Request.Query["number"].ToString().Trim(), (string?)null);
        if (number.Length > 0)
        {
            if (CaseNumber.Read(number) is { } read && await sight.FindAsync(read, reader.Actor, http.RequestAborted) is { } found)
                return Results.LocalRedirect("/cases/" + found.State.Id);
            error = reader.Words[CaseNumber.Read(number) is null ? "office-number-unfit" : "office-number-none"];
        }

        var lists = ListsOf(reader.Actor);
        if (!lists.ContainsKey(asked.Tab))
            asked = asked with { Tab = "mine" };
        var (filter, unfit) = asked.Tab == "all" ? await NarrowedAsync(http, asked, lists["all"]) : (lists[asked.Tab], null);
        error ??= unfit is null ? null : reader.Words[unfit];
        var order = asked.Tab == "all" ? CaseOrder.OpenedDescending : CaseOrder.DueAscending;
        CaseCursor? after = CaseCursor.TryParse(http.Request.Query["after"].ToString(), out var cursor) ? cursor : null;
        var page = filter is null ? new CasePage([], null) : await shown.ListAsync(filter, order, after, PageSize, reader.Actor, http.RequestAborted);
        var parameters = Pages.FrameFor(http, forms);
        parameters["Model"] = new BoardModel
        {
            Asked = asked,
            Names = reader.Names,
            Tabs = await CountAsync(lists, http.RequestAborted),
            Page = page,
            Now = readers.Now,
            MayFile = !http.GetCaller().Caller.ScopeOf(Permission.FileCases).IsNowhere,
            Error = error,
            Number = number,
            Categories = readers.CategoriesOf(reader.Names.View),
        };
        return http.Page<BoardPage>(error is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest, parameters);
    }

    // What is none of the own units' is on no list but one's own.
    private Dictionary<string, CaseFilter> ListsOf(CaseActor actor)
    {
        var mine = new CaseFilter { Owner = actor.Name };
        var ours = new CaseFilter { Reach = sight.ReachOf(actor) };
        var lists = new Dictionary<string, CaseFilter>
        {
            ["mine"] = mine with { Stages = Open, OrAnswerOwed = true },
            ["due"] = ours with { Stages = Open, OrAnswerOwed = true },
            ["overdue"] = ours with { Overdue = true },
            ["to-call-back"] = ours with { ToCallBack = true },
            ["all"] = ours,
        };
        if (!actor.Supervises.IsNowhere)
        {
            var supervised = sight.NodesOf(new CaseActor(actor.Name) { Supervises = actor.Supervises });
            lists["to-supervise"] = new CaseFilter { Nodes = supervised, OrHandledThere = true, ToSupervise = true, Stages = Open, OrAnswerOwed = true };
        }

        return lists;
    }

    private async Task<IReadOnlyList<(string, long?)>> CountAsync(Dictionary<string, CaseFilter> lists, CancellationToken cancellation)
    {
        var counted = new List<(string, long?)>();
        foreach (var tab in BoardAsked.Tabs.Where(lists.ContainsKey))
            counted.Add((tab, (await cases.CountByStageAsync(lists[tab], cancellation)).Values.Sum()));
        return counted;
    }

    private async Task<(CaseFilter? Filter, string? Unfit)> NarrowedAsync(HttpContext http, BoardAsked asked, CaseFilter all)
    {
        var mistaken = asked.Kinds is null || asked.Stages is null || asked.Category.Any(char.IsControl);
        var (from, through) = (BoardAsked.DayOf(asked.From, ref mistaken), BoardAsked.DayOf(asked.Through, ref mistaken));
        if (mistaken)
            return (null, "office-asked-unfit");
        var view = access.ViewOf(http.GetCaller().ScopeHere);
        var zone = view.Tops.FirstOrDefault()?.Zone;
        var filter = all with
        {
            Kinds = asked.Kinds!,
            Stages = asked.Stages!,
            Categories = asked.Category.Length == 0 ? [] : BranchOf(readers.CategoriesOf(view), asked.Category),
            OpenedFrom = from is { } first ? zone?.StartOf(first) : null,
            OpenedBefore = through is { } last ? zone?.StartOf(last.AddDays(1)) : null,
        };
        if (asked.Place.Length == 0)
            return (filter, null);
        if (await access.FindAsync(asked.Place, view.Scope) is not { } place)
            return (null, "office-place-unknown");
        var day = view.TodayAt(place);
        NodeId[] nodes = [.. view.Nodes.Where(node => view.Tree.IsAtOrBelow(node.Id, place.Id, day)).Select(node => node.Id)];
        return (filter with { Nodes = nodes, OrHandledThere = true, OrHelpedThere = true }, null);
    }

    private static IReadOnlyCollection<string> BranchOf(CategoryTree tree, string code) =>
        [.. tree.Categories.Select(category => category.Code).Where(leaf => tree.LineOf(leaf).Contains(code)).Append(code).Distinct()];
}
