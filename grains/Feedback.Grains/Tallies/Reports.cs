using System.Collections.Immutable;
using System.Globalization;
using Feedback.Domain.Organisation;
using Feedback.Domain.Tallies;

namespace Feedback.Grains.Tallies;

/// <summary>One node in one month: the key of a tally grain, written <c>n3@2026-11</c>.</summary>
/// <param name="Node">The node.</param>
/// <param name="Month">The first day of the month.</param>
public readonly record struct TallyKey(NodeId Node, DateOnly Month)
{
    /// <summary>The month in which a day lies.</summary>
    public static DateOnly MonthOf(DateOnly day) => new(day.Year, day.Month, 1);

    /// <summary>The first day of the month after.</summary>
    public DateOnly End => Month.AddMonths(1);

    /// <summary>Reads a key.</summary>
    public static TallyKey Parse(string key)
    {
        var at = key.IndexOf('@');
        return new TallyKey(new NodeId(key[..at]), DateOnly.ParseExact(key[(at + 1)..] + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    /// <inheritdoc/>
    public override string ToString() => Node.Value + "@" + Month.ToString("yyyy-MM", CultureInfo.InvariantCulture);
}

/// <summary>One whole day of a node.</summary>
/// <param name="Day">The local day.</param>
/// <param name="Version">Its version, within the epoch of whoever counts it.</param>
/// <param name="Tally">The counts.</param>
[GenerateSerializer, Immutable, Alias("feedback.day-tally")]
public readonly record struct DayTally([property: Id(0)] DateOnly Day, [property: Id(1)] long Version, [property: Id(2)] Tally Tally);

/// <summary>What a child tells its parent: whole days, and how complete they are.</summary>
/// <remarks>
/// All days of the month that changed in (From, To] are here. So a lost report is found by the next one, whose
/// From lies beyond what the parent knows, and is then fetched instead of being forgotten.
/// </remarks>
/// <param name="Child">The child.</param>
/// <param name="Epoch">Versions of different epochs cannot be compared.</param>
/// <param name="From">Complete after this version …</param>
/// <param name="To">… up to and with this one.</param>
/// <param name="Days">The days.</param>
[GenerateSerializer, Immutable, Alias("feedback.child-report")]
public sealed record ChildReport(
    [property: Id(0)] NodeId Child,
    [property: Id(1)] string Epoch,
    [property: Id(2)] long From,
    [property: Id(3)] long To,
    [property: Id(4)] ImmutableArray<DayTally> Days);

/// <summary>A node's days, and, when asked for, those of the nodes directly below it.</summary>
/// <param name="Mark">The mark at which they were read.</param>
/// <param name="Days">The node's own days, ascending.</param>
/// <param name="Children">The days by child; empty when not asked for.</param>
[GenerateSerializer, Immutable, Alias("feedback.node-days")]
public sealed record NodeDays(
    [property: Id(0)] FigureMark Mark,
    [property: Id(1)] ImmutableArray<DayTally> Days,
    [property: Id(2)] ImmutableDictionary<NodeId, ImmutableArray<DayTally>> Children);

/// <summary>Changes whenever a figure does.</summary>
/// <param name="Epoch">Sequences of different epochs cannot be compared.</param>
/// <param name="Sequence">Grows with every change.</param>
[GenerateSerializer, Immutable, Alias("feedback.figure-mark")]
public readonly record struct FigureMark([property: Id(0)] string Epoch, [property: Id(1)] long Sequence)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Epoch}.{Sequence.ToString(CultureInfo.InvariantCulture)}";
}
