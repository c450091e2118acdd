using System.Globalization;
using Feedback.Api.Access;
using Feedback.Api.Intake;
using Feedback.Api.Satisfaction;
using Feedback.Domain.Audit;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Time;
using Feedback.Grains.Audit;
using Feedback.Grains.Organisation;
using Microsoft.AspNetCore.WebUtilities;

namespace Feedback.Api.Audit;

/// <summary>Looks through the audit trail as the query of a request asks, within what its caller may see.</summary>
public sealed class AuditFilter(AuditReader reader, IBureau bureau, AccessCheck access)
{
    /// <summary>The most entries of one answer.</summary>
    public const int MostEntries = 200;

    private const int UsualEntries = 50;

    /// <summary>The zone whose days are asked for: that of the first root of the organisation.</summary>
    public HallZone Zone => bureau.Current.Tree.Nodes.FirstOrDefault(node => node.ParentOn(DateOnly.MaxValue) is null)?.Zone ?? HallZone.Get("UTC");

    /// <summary>The entries that a request asks for.</summary>
    /// <exception cref="RefusedException">A member of the query cannot be taken.</exception>
    internal Task<AuditPage> FindAsync(HttpContext http, IQueryCollection query) =>
        FindAsync(http, Read(query), (int)(Number(query, "limit", MostEntries, "limit-invalid") ?? UsualEntries));

    /// <summary>The entries that a query asks for; null when something in it cannot be understood.</summary>
    public async Task<AuditPage?> TryFindAsync(HttpContext http, string query)
    {
        try
        {
            return await FindAsync(http, new QueryCollection(QueryHelpers.ParseQuery(query)));
        }
        catch (RefusedException)
        {
            return null;
        }
    }

    /// <summary>Entries that a caller may see.</summary>
    public Task<AuditPage> FindAsync(HttpContext http, AuditQuery query, int limit)
    {
        var view = access.ViewOf(http.GetCaller().ScopeHere);
        return reader.FindAsync(query, entry => MayRead(entry, view), limit, http.RequestAborted);
    }

    /// <summary>What a query asks for.</summary>
    /// <exception cref="RefusedException">A member of the query cannot be taken.</exception>
    internal AuditQuery Read(IQueryCollection query)
    {
        var (from, to) = (Day(query, "from"), Day(query, "to"));
        if (to <= from)
            throw new RefusedException(new Refusal("period-empty", "to"));
        return new AuditQuery
        {
            From = from is { } first ? Zone.StartOf(first) : null,
            To = to is { } end ? Zone.StartOf(end) : null,
            Actor = query["actor"].ToString(),
            Act = query["act"].ToString(),
            Target = query["target"].ToString(),
            Refused = query["refused"].ToString() switch
            {
                "" => null,
                "true" => true,
                "false" => false,
                _ => throw new RefusedException(new Refusal("flag-invalid", "refused")),
            },
            Before = Number(query, "after", long.MaxValue, "cursor-invalid"),
        };
    }

    // Whoever audits a part of the bureau sees what was done there, and nothing that concerns all of it.
    private static bool MayRead(AuditRecorded entry, ReaderView view) =>
        view.Scope.IsEverywhere || (entry.Node is { } id && view.Tree.Find(id) is { } node && view.Sees(node));

    private static DateOnly? Day(IQueryCollection query, string name) =>
        query[name].ToString() is not { Length: > 0 } ? null
        : SatisfactionQuery.Day(query, name) ?? throw new RefusedException(SatisfactionQuery.BadDay(query, name));

    private static long? Number(IQueryCollection query, string name, long most, string code) =>
        query[name].ToString() is not { Length: > 0 } text ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most ? number
        : throw new RefusedException(new Refusal(code, name, most.ToString(CultureInfo.InvariantCulture)));
}
