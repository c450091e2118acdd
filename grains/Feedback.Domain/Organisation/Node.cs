using System.Collections.Immutable;
using Feedback.Domain.Time;

namespace Feedback.Domain.Organisation;

/// <summary>A value that holds from a local day on, until the next one does.</summary>
/// <typeparam name="T">What the value is.</typeparam>
/// <param name="From">The first day; the first value of a node holds from <see cref="DateOnly.MinValue"/>.</param>
/// <param name="Value">The value.</param>
public readonly record struct Effective<T>(DateOnly From, T Value);

/// <summary>How people call a node.</summary>
/// <param name="Code">One step of the path.</param>
/// <param name="Zh">The Chinese name.</param>
/// <param name="En">The English name.</param>
public sealed record NodeName(string Code, string Zh, string En);

/// <summary>A place in the organisation: what never changes, and what changed when.</summary>
/// <param name="Id">The immutable id.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Zone">The time zone that cuts its days.</param>
/// <param name="OpeningHours">Opening hours as people write them, or null.</param>
/// <param name="Parents">The parent by day, ascending; null at a root.</param>
/// <param name="Names">Code and names by day, ascending.</param>
public sealed record Node(
    NodeId Id,
    NodeKind Kind,
    HallZone Zone,
    string? OpeningHours,
    ImmutableArray<Effective<NodeId?>> Parents,
    ImmutableArray<Effective<NodeName>> Names)
{
    /// <summary>The parent on a day; null at a root.</summary>
    public NodeId? ParentOn(DateOnly day) => On(Parents, day);

    /// <summary>Code and names on a day.</summary>
    public NodeName NameOn(DateOnly day) => On(Names, day);

    /// <summary>Code and names as they are known last, also those that are still to come into force.</summary>
    public NodeName Name => Names[^1].Value;

    // Few changes in a node's life: a look from the newest backwards is quicker than any index.
    private static T On<T>(ImmutableArray<Effective<T>> values, DateOnly day)
    {
        for (var i = values.Length - 1; i > 0; i--)
        {
            if (values[i].From <= day)
                return values[i].Value;
        }

        return values[0].Value;
    }
}
