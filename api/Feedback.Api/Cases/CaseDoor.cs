using System.Globalization;
using Feedback.Api.Access;
using Feedback.Api.Addresses;
using Feedback.Api.Intake;
using Feedback.Domain.Cases;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Organisation;
using Feedback.Grains.Audit;
using Feedback.Grains.Cases;
using Feedback.Grains.Organisation;

namespace Feedback.Api.Cases;

/// <summary>Leads whoever calls the API to the cases that are theirs. To all others a case looks like one that does not exist; that they tried is noted.</summary>
public sealed class CaseDoor(CaseSight sight, ICaseStore cases, IAudit audit, IBureau bureau, TimeProvider clock)
{
    /// <summary>A case as the caller sees it.</summary>
    /// <param name="http">The request.</param>
    /// <param name="idOrNumber">The case's id, or its number as people type it.</param>
    /// <exception cref="RefusedException">There is none, or it is none of theirs.</exception>
    internal async Task<SeenCase> FindAsync(HttpContext http, string idOrNumber)
    {
        var caller = http.GetCaller();
        if (await sight.FindAsync(idOrNumber, CaseActors.Of(caller.Caller), http.RequestAborted) is { } seen && IsWithin(caller, seen.State))
            return seen;
        if (await RowOfAsync(idOrNumber, http.RequestAborted) is { } elsewhere)
            PolicyGate.Note(http, caller.Caller, new Refusal("case-elsewhere"), elsewhere.Id.Value);
        throw Members.Refuse("case-unknown", "case", idOrNumber);
    }

    /// <summary>The cases that the caller sees; null for every one.</summary>
    public CaseReach? ReachOf(HttpContext http)
    {
        var caller = http.GetCaller();
        var actor = CaseActors.Of(caller.Caller);
        if (actor.IsOffice)
            return sight.ReachOf(actor);
        if (caller.ScopeHere.IsEverywhere)
            return null;
        var (tree, now) = (bureau.Current.Tree, clock.GetUtcNow().ToUnixTimeMilliseconds());
        NodeId[] nodes = [.. tree.Nodes.Where(node => caller.ScopeHere.Covers(tree, node.Id, CaseTimes.DayAt(tree, node.Id, now))).Select(node => node.Id)];
        return new CaseReach(nodes, null) { Helping = nodes };
    }

    /// <summary>Whether something that may be done at some places may be done about a case.</summary>
    /// <param name="scope">The places.</param>
    /// <param name="state">The case.</param>
    /// <param name="helping">Whether a unit that helps with the case is one of its places, too.</param>
    public bool Covers(NodeScope scope, CaseState state, bool helping = false)
    {
        var (tree, today) = (bureau.Current.Tree, CaseTimes.DayAt(bureau.Current.Tree, state.Intake.Node, clock.GetUtcNow().ToUnixTimeMilliseconds()));
        return scope.Covers(tree, state.Intake.Node, today) || scope.Covers(tree, state.Lead, today) || (helping && state.Assisting.Any(unit => scope.Covers(tree, unit, today)));
    }

    /// <summary>Notes that somebody tried what recusal keeps from them.</summary>
    public void NoteRecused(HttpContext http, SeenCase seen, Refusal refusal) =>
        audit.NoteRefusal(Entry(http, Acts.CaseRecused, seen.State) with { Reason = refusal.Code, Refused = true });

    /// <summary>Notes that somebody tried to take down what is said against them.</summary>
    public void NoteRecused(HttpContext http, Filing filing, Refusal refusal) => audit.NoteRefusal(new AuditEntry(Acts.CaseRecused, http.GetCaller().Caller.Name)
    {
        Target = filing.Node,
        Reason = refusal.Code,
        Address = CallerAddress.Of(http),
        Refused = true,
    });

    /// <summary>What is audited about a case.</summary>
    internal static AuditEntry Entry(HttpContext http, string act, CaseState state) => new(act, http.GetCaller().Caller.Name)
    {
        Target = state.Id.Value,
        Node = state.Intake.Node,
        Address = CallerAddress.Of(http),
    };

    /// <summary>The tag of a case's version.</summary>
    internal static void Tag(HttpContext http, long version) => http.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>The version that the caller has seen; null for whoever takes whatever is there.</summary>
    /// <exception cref="RefusedException">Nothing was said about it, or no version.</exception>
    internal static long? VersionSeen(HttpContext http)
    {
        var tags = http.Request.Headers.IfMatch;
        var known = tags.ToString().Trim();
        return known.Length == 0 ? throw Members.Refuse("if-match-missing", "If-Match")
            : known == "*" ? null
            // What is no tag of ours fits no version.
            : long.TryParse(known.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : -1;
    }

    // Programs see the cases of their scope, whatever these are to them.
    private bool IsWithin(CallerOf caller, CaseState state) => caller.Caller.Account is not null || Covers(caller.ScopeHere, state, helping: true);

    private async Task<CaseRow?> RowOfAsync(string idOrNumber, CancellationToken cancellation) =>
        CaseId.IsId(idOrNumber) ? await cases.FindAsync(new CaseId(idOrNumber), cancellation)
        : CaseNumber.Read(idOrNumber) is { } number ? await cases.FindAsync(number, cancellation)
        : null;
}
