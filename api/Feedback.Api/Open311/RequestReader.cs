using System.Globalization;
using Feedback.Api.Access;
using Feedback.Api.Cases;
using Feedback.Api.Intake;
using Feedback.Domain.Cases;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Organisation;
using Feedback.Grains.Cases;

namespace Feedback.Api.Open311;

/// <summary>Reads service requests for those who may read cases: what citizens brought that lies within a token's scope, and of people what is theirs.</summary>
internal sealed class RequestReader(ICaseStore cases, CaseRecords records, CaseSight sight, AccessCheck access, ServiceList services, TimeProvider clock)
{
    private const int AtOnce = 8;

    /// <summary>A page of requests, those received last first.</summary>
    /// <exception cref="RefusedException">What is asked for is not as it must be.</exception>
    public async Task<Spark> ListAsync(HttpContext http)
    {
        var filter = RequestFilter.Read(http.Request.Query, clock.GetUtcNow().ToUnixTimeMilliseconds());
        var reading = ReadingOf(http);
        var rows = filter.Numbers is { } numbers
            ? await FindAsync(numbers, reading, http.RequestAborted)
            : await PageAsync(filter, reading, http.RequestAborted);
        return Spark.List("request", await ToldAsync(rows, reading, http.RequestAborted));
    }

    /// <summary>One request, as a list of one.</summary>
    /// <exception cref="RefusedException">There is none of that number within the reader's scope.</exception>
    public async Task<Spark> OneAsync(HttpContext http, string number)
    {
        var reading = ReadingOf(http);
        var told = await ToldAsync(await FindAsync([number], reading, http.RequestAborted), reading, http.RequestAborted);
        return told.Count == 1 ? Spark.List("request", told)
            : throw new RefusedException(new Refusal("case-unknown", "service_request_id"));
    }

    private Reading ReadingOf(HttpContext http)
    {
        var caller = http.GetCaller();
        var (actor, view) = (CaseActors.Of(caller.Caller), access.ViewOf(caller.ScopeHere));
        IReadOnlyCollection<NodeId>? nodes = caller.Caller.Account is not null ? sight.NodesOf(actor)
            : caller.ScopeHere.IsEverywhere ? null
            : [.. view.Nodes.Select(node => node.Id)];
        return new Reading(actor, view, nodes?.ToHashSet(), Open311Answers.LanguageOf(http.Request))
        {
            Extended = http.Request.Query["extended_attributes"].ToString() == "true",
        };
    }

    private async Task<List<CaseRow>> FindAsync(IReadOnlyList<string> numbers, Reading reading, CancellationToken cancellation)
    {
        var rows = new List<CaseRow>();
        foreach (var number in numbers.Select(CaseNumber.Read).OfType<string>().Distinct())
        {
            if (await cases.FindAsync(number, cancellation) is { } row && reading.Sees(row))
                rows.Add(row);
        }

        return rows;
    }

    private async Task<List<CaseRow>> PageAsync(RequestFilter filter, Reading reading, CancellationToken cancellation)
    {
        var (rows, before) = (new List<CaseRow>(), (filter.Page - 1) * filter.PageSize);
        if (reading.Nodes is { Count: 0 })
            return rows;
        var asked = filter.Coarse with { Nodes = reading.Nodes, OrHandledThere = reading.Actor.IsOffice };
        for (CaseCursor? after = null; ;)
        {
            var page = await cases.ListAsync(asked, CaseOrder.OpenedDescending, after, CasePage.Most, cancellation);
            foreach (var row in page.Cases.Where(filter.Lets))
            {
                if (before-- > 0)
                    continue;
                rows.Add(row);
                if (rows.Count == filter.PageSize)
                    return rows;
            }

            if (page.Next is null)
                return rows;
            after = page.Next;
        }
    }

    // Some at once: each is read from the journal, for the row knows neither who brought it nor when it changed last.
    private async Task<List<Spark>> ToldAsync(List<CaseRow> rows, Reading reading, CancellationToken cancellation)
    {
        var told = new List<Spark>();
        foreach (var some in rows.Chunk(AtOnce))
            told.AddRange((await Task.WhenAll(some.Select(row => ToldAsync(row, reading, cancellation)))).OfType<Spark>());
        return told;
    }

    private async Task<Spark?> ToldAsync(CaseRow row, Reading reading, CancellationToken cancellation)
    {
        // Its times to the second, and even its place among the others, would tell people who complained of them.
        if (await records.FindAsync(row.Id, cancellation) is not { } found || reading.Actor.IsPersonOf(found.State))
            return null;
        var state = found.State;
        var description = state.Opened!.Stamp.By == reading.Actor.Name ? await DescriptionAsync(found, reading, cancellation) : null;
        var merged = state.Merging is { } merging && await cases.FindAsync(merging.Into, cancellation) is { } into && reading.Sees(into) ? into.Number : null;
        return RequestView.Told(found, records.TimesOf(state), reading, new RequestWords(services.NameOf(state.Intake.Kind, state.Category, reading.Language), description, merged));
    }

    private async Task<string?> DescriptionAsync(CaseRecord found, Reading reading, CancellationToken cancellation)
    {
        var (texts, _) = await records.ReadTextsAsync(found, reading.Actor, contact: false, cancellation);
        return texts.FirstOrDefault(text => text.What == CaseReferences.Text)?.Text;
    }
}

/// <summary>Who reads, where, and how.</summary>
/// <param name="Actor">Who.</param>
/// <param name="View">The organisation as they may know it.</param>
/// <param name="Nodes">The nodes whose cases they see; null for all.</param>
/// <param name="Language">In which language.</param>
internal sealed record Reading(CaseActor Actor, ReaderView View, HashSet<NodeId>? Nodes, CultureInfo Language)
{
    /// <summary>Whether they want more than the specification tells.</summary>
    public bool Extended { get; init; }

    /// <summary>Whether a case is a service request that they see.</summary>
    public bool Sees(CaseRow row) => ServiceList.Kinds.Contains(row.Kind)
        && (Nodes is null || Nodes.Contains(row.Node) || (Actor.IsOffice && (Nodes.Contains(row.Lead) || row.Owner == Actor.Name)));
}
