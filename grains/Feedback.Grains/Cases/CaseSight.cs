using System.Collections.Immutable;
using Feedback.Domain.Cases;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Organisation;
using Feedback.Domain.Time;
using Feedback.Grains.Organisation;

namespace Feedback.Grains.Cases;

/// <summary>A case as somebody sees it.</summary>
/// <param name="Record">The case and its timeline.</param>
/// <param name="Times">Its terms, deadlines with their explanation, and what comes next.</param>
/// <param name="Party">What they are to it.</param>
/// <param name="Steps">The words of what they may try with it now (<see cref="CaseStep.Word"/>), in the order of the lifecycle.</param>
/// <param name="Texts">The personal texts that they may read, the contact not among them.</param>
/// <param name="Withheld">Why texts are kept from them; null where they are not.</param>
public sealed record SeenCase(
    CaseRecord Record, CaseTimes Times, CaseParty Party, ImmutableArray<string> Steps, IReadOnlyList<CaseTextRead> Texts, Refusal? Withheld)
{
    /// <summary>The case.</summary>
    public CaseState State => Record.State;

    /// <summary>Whether they may now do what takes reaching the citizen: tell the answer, or call back.</summary>
    public bool MayReach { get; init; }

    /// <summary>The zone whose days are told instead of times to whom the case is about, as they never learn exactly when; null for everybody else.</summary>
    public HallZone? DaysOnly { get; init; }

    /// <summary>Whether the case is about who sees it: they are told days only, and neither the rating nor a grade.</summary>
    public bool IsAboutReader => DaysOnly is not null;

    /// <summary>An instant as it may be told, milliseconds UTC: itself, or the start of its local day at the node that the case concerns.</summary>
    public long Told(long at) => DaysOnly is { } zone ? zone.StartOf(zone.LocalTime(at).Day) : at;
}

/// <summary>Shows cases to those whom they concern; to all others there is no such case.</summary>
public sealed class CaseSight(CaseRecords records, ICaseStore cases, ICaseLeaders leaders, IBureau bureau, TimeProvider clock)
{
    /// <summary>A case by its id or its readable number; null when there is none, or it is none of theirs.</summary>
    /// <param name="idOrNumber">The id, or the number as people type it.</param>
    /// <param name="actor">Who looks.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public async Task<SeenCase?> FindAsync(string idOrNumber, CaseActor actor, CancellationToken cancellation = default) =>
        await IdOfAsync(idOrNumber, cancellation) is { } id && await records.FindAsync(id, cancellation) is { } found ? await SeeAsync(found, actor, cancellation) : null;

    /// <summary>What somebody sees of a case that was read; null when it is none of theirs.</summary>
    public async Task<SeenCase?> SeeAsync(CaseRecord found, CaseActor actor, CancellationToken cancellation = default)
    {
        var (state, tree, times) = (found.State, bureau.Current.Tree, records.TimesOf(found.State));
        var party = actor.To(state, tree, times.Today);
        if (party == CaseParty.None)
            return null;
        var context = new CaseContext
        {
            Now = clock.GetUtcNow().ToUnixTimeMilliseconds(),
            Today = times.Today,
            Actor = actor,
            Tree = tree,
            Salt = () => throw new InvalidOperationException("Nothing is decided here."),
            Terms = times.Terms,
            Line = await leaders.LineOfAsync(tree, state, times.Today),
        };
        var (texts, withheld) = await records.ReadTextsAsync(found, actor, contact: false, cancellation);
        return new SeenCase(found, times, party, [.. CaseTable.PossibleFor(state, context).Select(step => step.Word)], texts, withheld)
        {
            MayReach = CaseRules.MayReach(state, context),
            DaysOnly = actor.IsPersonOf(state) ? tree.Find(state.Intake.Node)?.Zone ?? HallZone.Get("UTC") : null,
        };
    }

    /// <summary>The cases that somebody of the office sees in lists: of the nodes where they handle or supervise, those with which a unit helps where they handle, and their own; null for all.</summary>
    public CaseReach? ReachOf(CaseActor actor) => NodesOf(actor) is not { } nodes ? null : new CaseReach(nodes, actor.Name)
    {
        Helping = NodesOf(actor with { Supervises = NodeScope.Nowhere }) ?? [],
    };

    /// <summary>Every node whose cases somebody of the office handles or supervises; null for all. Cases that they own elsewhere are theirs, too.</summary>
    public IReadOnlyCollection<NodeId>? NodesOf(CaseActor actor)
    {
        if (actor.Handles.IsEverywhere || actor.Supervises.IsEverywhere)
            return null;
        var (tree, now) = (bureau.Current.Tree, clock.GetUtcNow().ToUnixTimeMilliseconds());
        return [.. tree.Nodes.Where(node => CaseTimes.DayAt(tree, node.Id, now) is var day && (actor.Handles.Covers(tree, node.Id, day) || actor.Supervises.Covers(tree, node.Id, day))).Select(node => node.Id)];
    }

    private async Task<CaseId?> IdOfAsync(string idOrNumber, CancellationToken cancellation) =>
        CaseId.IsId(idOrNumber) ? new CaseId(idOrNumber)
        : CaseNumber.Read(idOrNumber) is { } number ? (await cases.FindAsync(number, cancellation))?.Id
        : null;
}
