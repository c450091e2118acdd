using Feedback.Api.Access;
using Feedback.Domain.Access;
using Feedback.Domain.Cases;
using Feedback.Grains.Cases;

namespace Feedback.Api.Cases;

/// <summary>Lists cases, and searches in them.</summary>
internal sealed class CaseLists(CaseQueryText queries, CaseDoor door, CaseSight sight, CaseRecords records, ICaseStore cases, ReaderCases shown, AccessCheck access)
{
    /// <summary>How many cases one answer looks through at most: each is decrypted for it.</summary>
    public const int MostSearched = 300;

    /// <summary>The page that a request asks for.</summary>
    /// <exception cref="Intake.RefusedException">A member of the query cannot be taken.</exception>
    public async Task<CaseListView> ListAsync(HttpContext http)
    {
        var asked = await queries.ReadAsync(http);
        var view = access.ViewOf(http.GetCaller().ScopeHere);
        var actor = CaseActors.Of(http.GetCaller().Caller);
        if (asked.Search is not { } search)
            return await PageAsync(asked, view, actor, http.RequestAborted);
        // A number is found whatever else is asked for.
        if (CaseNumber.Read(search) is not null)
            return Found(asked, await ByNumberAsync(http, search, actor), view);
        var external = await PageAsync(asked with { Filter = asked.Filter with { ExternalNumber = search } }, view, actor, http.RequestAborted);
        return external.Cases.Count > 0 ? external : await SearchAsync(http, asked, search, view, actor);
    }

    private async Task<CaseListView> PageAsync(CaseListAsked asked, ReaderView view, CaseActor actor, CancellationToken cancellation)
    {
        var page = await shown.ListAsync(asked.Filter, asked.Order, asked.After, asked.Limit, actor, cancellation);
        var counts = await cases.CountByStageAsync(asked.Filter with { Stages = [] }, cancellation);
        return new CaseListView(
            WordOf(asked.Order), counts.OrderBy(count => count.Key).ToDictionary(count => count.Key.Word(), count => count.Value),
            [.. page.Cases.Select(row => CaseRowView.Of(row, view))], null, page.Next is not null, page.Next?.ToString());
    }

    private async Task<IReadOnlyList<CaseRow>> ByNumberAsync(HttpContext http, string number, CaseActor actor)
    {
        var reach = door.ReachOf(http);
        return await cases.FindAsync(CaseNumber.Read(number)!, http.RequestAborted) is { } row && reach?.Has(row) != false
            && !await shown.IsAboutAsync(row, actor, http.RequestAborted) ? [row] : [];
    }

    // Only those may search in what was said who may read comments as they were written, and only where they may.
    private async Task<CaseListView> SearchAsync(HttpContext http, CaseListAsked asked, string search, ReaderView view, CaseActor actor)
    {
        var caller = http.GetCaller().Caller;
        var readable = caller.ScopeOf(Permission.ReadComments);
        if (readable.IsNowhere)
            return Found(asked, [], view);
        var (found, searched, after) = (new List<CaseRow>(), 0, asked.After);
        while (true)
        {
            var page = await shown.ListAsync(asked.Filter, asked.Order, after, Math.Min(CasePage.Most, MostSearched - searched), actor, http.RequestAborted);
            foreach (var row in page.Cases)
            {
                searched++;
                after = CaseCursor.After(row, asked.Order);
                if (await SpeaksOfAsync(row, actor, readable, search, http.RequestAborted))
                    found.Add(row);
                if (found.Count == asked.Limit)
                    break;
            }

            var isLast = page.Next is null && (page.Cases.Count == 0 || page.Cases[^1].Id == after?.Case);
            if (isLast || found.Count == asked.Limit || searched >= MostSearched)
                return new CaseListView(WordOf(asked.Order), null, [.. found.Select(row => CaseRowView.Of(row, view))], searched, !isLast, isLast ? null : after?.ToString());
        }
    }

    private async Task<bool> SpeaksOfAsync(CaseRow row, CaseActor actor, Domain.Organisation.NodeScope readable, string search, CancellationToken cancellation)
    {
        if (await records.FindAsync(row.Id, cancellation) is not { } record || !door.Covers(readable, record.State, helping: true)
            || await sight.SeeAsync(record, actor, cancellation) is not { Withheld: null } seen)
            return false;
        return seen.Texts.Any(text => text.Text?.Contains(search, StringComparison.OrdinalIgnoreCase) == true);
    }

    private static CaseListView Found(CaseListAsked asked, IReadOnlyList<CaseRow> rows, ReaderView view) =>
        new(WordOf(asked.Order), null, [.. rows.Select(row => CaseRowView.Of(row, view))], null, false, null);

    private static string WordOf(CaseOrder order) => order == CaseOrder.DueAscending ? "due" : "newest";
}
