using System.Collections.Immutable;
using Feedback.Domain.Organisation;

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
/// <param name="At">The node that they lead.</param>
public sealed record CaseLeader(string Name, string? Staff, NodeId At);

/// <summary>What the registers tell about the persons complained of.</summary>
public sealed record CaseLine
{
    /// <summary>Nobody is above anybody, and there is no unit.</summary>
    public static readonly CaseLine Unknown = new();

    /// <summary>The superiors, each as the audit trail names them.</summary>
    public ImmutableHashSet<string> Superiors { get; init; } = [];

    /// <summary>The unit rated or complained of, such as the hall of the window; null where there is none.</summary>
    public NodeId? Unit { get; init; }

    /// <summary>
    /// The line above a node: its superiors are those who lead the nearest node at or above it that anybody leads but the persons
    /// complained of, and its unit is that nearest hall, unit, district or region above a window or a team, else the node itself.
    /// </summary>
    /// <param name="tree">The organisation.</param>
    /// <param name="node">The node that the case concerns.</param>
    /// <param name="day">The local day.</param>
    /// <param name="persons">Staff codes of the persons complained of.</param>
    /// <param name="leaders">Everybody who leads a node.</param>
    public static CaseLine Of(OrganisationTree tree, NodeId node, DateOnly day, IEnumerable<string> persons, IReadOnlyCollection<CaseLeader> leaders)
    {
        var (complainedOf, line) = (persons.ToHashSet(StringComparer.Ordinal), tree.LineOn(node, day).ToList());
        var superiors = line
            .Select(at => leaders.Where(leader => leader.At == at.Id && !(leader.Staff is { } staff && complainedOf.Contains(staff))).ToList())
            .FirstOrDefault(at => at.Count > 0) ?? [];
        return new CaseLine
        {
            Superiors = [.. superiors.Select(leader => leader.Name)],
            Unit = line.FirstOrDefault(at => at.Kind is not (NodeKind.Window or NodeKind.Team))?.Id,
        };
    }
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

    /// <summary>Whether somebody belongs to the unit that was rated or complained of.</summary>
    public static bool IsInside(CaseActor actor, CaseLine line, OrganisationTree tree, DateOnly day) =>
        actor.IsOffice && line.Unit is { } unit && actor.Works.Any(node => tree.IsAtOrBelow(node, unit, day));
}
