using System.Collections.Immutable;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Organisation;
using Feedback.Domain.Policies;

namespace Feedback.Domain.Cases;

/// <summary>Why somebody is recused.</summary>
public enum RecusalCause
{
    /// <summary>They are complained of, or were rated.</summary>
    Person = 1,

    /// <summary>They are the superior of such a person.</summary>
    Superior,
}

/// <summary>Somebody who leads a node.</summary>
/// <param name="Name">As the audit trail names them, such as <c>account:wang</c>.</param>
/// <param name="Staff">Their staff code; null for none.</param>
/// <param name="At">The node that they lead; null for the whole bureau, so whatever is at the top.</param>
public sealed record CaseLeader(string Name, string? Staff, NodeId? At);

/// <summary>Somebody of the office whose staff code is known, at a node where they hold a role.</summary>
/// <param name="Name">As the audit trail names them, such as <c>account:wang</c>.</param>
/// <param name="Staff">Their staff code.</param>
/// <param name="At">The node; null where they hold a role for the whole bureau.</param>
public sealed record CaseMember(string Name, string Staff, NodeId? At);

/// <summary>What the registers tell about the persons complained of.</summary>
public sealed record CaseLine
{
    /// <summary>Nobody is above anybody, and there is no unit.</summary>
    public static readonly CaseLine Unknown = new();

    /// <summary>The persons themselves as far as their accounts are known, each as the audit trail names them.</summary>
    public ImmutableHashSet<string> Persons { get; init; } = [];

    /// <summary>The superiors, each as the audit trail names them.</summary>
    public ImmutableHashSet<string> Superiors { get; init; } = [];

    /// <summary>Those who lead the lead unit, or else the nearest node above it that anybody leads, each as the audit trail names them.</summary>
    public ImmutableHashSet<string> Managers { get; init; } = [];

    /// <summary>The unit rated or complained of, such as the hall of the window; null where there is none.</summary>
    public NodeId? Unit { get; init; }

    /// <summary>
    /// The line of a case. Superiors are those who lead the nearest node, at or above, that anybody leads but the persons complained of:
    /// above the node that it concerns, above each unit that handles it or helps, and above each node at which a person holds a role. The
    /// unit is the nearest hall, unit, district or region above a window or a team, else the node itself; of what was brought to a larger
    /// place it is the one below where the persons are, or else the one that handles it.
    /// </summary>
    /// <param name="tree">The organisation.</param>
    /// <param name="node">The node that the case concerns.</param>
    /// <param name="day">The local day.</param>
    /// <param name="persons">Staff codes of the persons complained of.</param>
    /// <param name="leaders">Everybody who leads a node.</param>
    /// <param name="members">Everybody whose staff code is known; null for nobody.</param>
    /// <param name="lead">The unit that handles it; null for none.</param>
    /// <param name="assisting">Units that help; null for none.</param>
    public static CaseLine Of(
        OrganisationTree tree, NodeId node, DateOnly day, IEnumerable<string> persons, IReadOnlyCollection<CaseLeader> leaders,
        IReadOnlyCollection<CaseMember>? members = null, NodeId? lead = null, IEnumerable<NodeId>? assisting = null)
    {
        var complainedOf = persons.ToHashSet(StringComparer.Ordinal);
        var known = (members ?? []).Where(member => complainedOf.Contains(member.Staff)).ToList();
        var posts = known.Select(member => member.At).OfType<NodeId>().Distinct().ToList();
        NodeId[] leading = lead is { } handles ? [handles] : [];
        return new CaseLine
        {
            Persons = [.. known.Select(member => member.Name)],
            Superiors = [.. posts.Prepend(node).Concat(leading).Concat(assisting ?? []).SelectMany(LeadersAt)],
            Managers = [.. leading.SelectMany(LeadersAt)],
            Unit = UnitOf(tree, node, day) is { } unit ? Below(unit, posts.Count > 0 ? posts : leading) ?? unit : null,
        };

        IEnumerable<string> LeadersAt(NodeId place)
        {
            var line = tree.LineOn(place, day).ToList();
            return line
                .Select(at => leaders.Where(leader => (leader.At ?? line[^1].Id) == at.Id && !IsComplainedOf(leader)).Select(leader => leader.Name).ToList())
                .FirstOrDefault(found => found.Count > 0) ?? [];
        }

        bool IsComplainedOf(CaseLeader leader) => leader.Staff is { } staff && complainedOf.Contains(staff);

        // Of several, none is the one: what they have in common is above them.
        NodeId? Below(NodeId unit, IReadOnlyList<NodeId> places)
        {
            var units = places.Select(place => UnitOf(tree, place, day)).OfType<NodeId>().Distinct().ToList();
            return units is [var only] && tree.IsAtOrBelow(only, unit, day) ? only : null;
        }
    }

    private static NodeId? UnitOf(OrganisationTree tree, NodeId node, DateOnly day) =>
        tree.LineOn(node, day).FirstOrDefault(at => at.Kind is not (NodeKind.Window or NodeKind.Team))?.Id;
}

/// <summary>
/// 回避: the person complained of and their superior do nothing with the case and read nothing that was said; so they are never owner,
/// caller, reviewer or reader of identity. Used by the rules, and by whoever shows a case.
/// </summary>
public static class Recusal
{
    /// <summary>Why somebody is recused from a case; null when they are not.</summary>
    /// <param name="state">The case.</param>
    /// <param name="actor">Who wants to act or to read.</param>
    /// <param name="line">What the registers tell about the persons complained of.</param>
    public static RecusalCause? Refuses(CaseState state, CaseActor actor, CaseLine line) => Refuses(state.Persons, actor, line);

    /// <summary>The same, before there is a case.</summary>
    /// <param name="persons">Staff codes of the persons complained of.</param>
    /// <param name="actor">Who wants to act or to read.</param>
    /// <param name="line">What the registers tell about them.</param>
    public static RecusalCause? Refuses(IEnumerable<string> persons, CaseActor actor, CaseLine line)
    {
        if (!actor.IsOffice)
            return null;
        var complainedOf = persons.ToList();
        return complainedOf.Count == 0 ? null
            : actor.Staff is { } staff && complainedOf.Contains(staff) ? RecusalCause.Person
            : line.Superiors.Contains(actor.Name) ? RecusalCause.Superior
            : null;
    }

    /// <summary>Whether an account is recused, as far as the registers tell whose it is.</summary>
    /// <param name="state">The case.</param>
    /// <param name="account">The account, as the audit trail names it.</param>
    /// <param name="line">What the registers tell about the persons complained of.</param>
    public static bool Recuses(CaseState state, string account, CaseLine line) =>
        state.Persons.Any() && (line.Persons.Contains(account) || line.Superiors.Contains(account));

    /// <summary>Why the policy of a place keeps somebody from looking into a bad rating; null where it does not.</summary>
    /// <param name="state">The case.</param>
    /// <param name="context">Who wants to, and what they are bound by.</param>
    public static Refusal? RefusesVerifying(CaseState state, CaseContext context)
    {
        var isInside = IsInside(context.Actor, context.Line, context.Tree, context.Today);
        return context.Terms.VerifiedBy switch
        {
            Reviewer.HandlingUnit => null,
            Reviewer.LeadManager => Manages(context) || (Supervises(state, context) && !isInside) ? null : new Refusal("verify-by-manager"),
            _ => isInside ? new Refusal("verify-inside") : null,
        };
    }

    /// <summary>Why the policy of a place keeps somebody from the closing call back; null where it does not. Citizens are asked by nobody of the unit that they judged.</summary>
    /// <param name="state">The case.</param>
    /// <param name="context">Who wants to, and what they are bound by.</param>
    public static Refusal? RefusesCallingBack(CaseState state, CaseContext context)
    {
        if (context.Terms.CalledBackBy == Reviewer.HandlingUnit)
            return null;
        if (IsInside(context.Actor, context.Line, context.Tree, context.Today))
            return new Refusal("call-back-inside");
        return context.Terms.CalledBackBy != Reviewer.LeadManager || Manages(context) || Supervises(state, context) ? null : new Refusal("call-back-by-manager");
    }

    /// <summary>
    /// Why somebody of the office may not enter what the city did with an order; null where they may, and for the city itself. The unit that
    /// handles it neither gets rid of it so nor tells its own marks.
    /// </summary>
    /// <param name="state">The case.</param>
    /// <param name="context">Who wants to.</param>
    public static Refusal? RefusesForCity(CaseState state, CaseContext context) =>
        !context.Actor.IsOffice ? null
        : state.Intake.Kind != CaseKind.HotlineOrder ? new Refusal("not-hotline-order")
        : context.Actor.Works.Any(node => context.Tree.IsAtOrBelow(node, state.Lead, context.Today)) ? new Refusal("city-inside")
        : null;

    /// <summary>Why somebody of supervision may not exclude a bad rating against which nobody appealed; null where they may.</summary>
    /// <param name="state">The case.</param>
    /// <param name="context">Who wants to, and what they are bound by.</param>
    public static Refusal? RefusesExcluding(CaseState state, CaseContext context) =>
        state.Intake.Kind != CaseKind.BadRating ? new Refusal("exclusion-not-here")
        : IsInside(context.Actor, context.Line, context.Tree, context.Today) ? new Refusal("review-inside")
        : state.Stage == CaseStage.Appealed ? new Refusal("appeal-open", Value: state.Intake.Number)
        : state.AppealUpheld == false ? new Refusal("appeal-decided")
        : null;

    /// <summary>Whether somebody belongs to the unit that was rated or complained of.</summary>
    public static bool IsInside(CaseActor actor, CaseLine line, OrganisationTree tree, DateOnly day) =>
        actor.IsOffice && line.Unit is { } unit && actor.Works.Any(node => tree.IsAtOrBelow(node, unit, day));

    private static bool Manages(CaseContext context) => context.Line.Managers.Contains(context.Actor.Name);

    private static bool Supervises(CaseState state, CaseContext context) =>
        (context.Actor.To(state, context.Tree, context.Today) & CaseParty.Supervisor) != CaseParty.None;
}
