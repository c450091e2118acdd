using System.Collections.Immutable;

namespace Feedback.Grains.Tallies;

/// <summary>One month of a node above the windows, at whatever level. The key is a <see cref="TallyKey"/>.</summary>
/// <remarks>
/// What is repeated until it comes through is waited for ten seconds: an answer that got lost with a silo or a line must not keep figures
/// from being right thirty seconds later.
/// </remarks>
[Alias("feedback.tally")]
public interface ITallyGrain : IGrainWithStringKey
{
    /// <summary>Takes reports of children. They may come twice, late, or in any order; a gap is fetched from the child.</summary>
    [Alias("report"), ResponseTimeout("00:00:10")]
    Task Report([Immutable] ImmutableArray<ChildReport> reports);

    /// <summary>The node's days in [from, to), cut to the month.</summary>
    [Alias("days")]
    Task<NodeDays> GetDays(DateOnly from, DateOnly to, bool children);

    /// <summary>The days that changed after a sequence of an epoch; all days when the epoch is another one.</summary>
    [Alias("since"), ResponseTimeout("00:00:10")]
    Task<ChildReport> DaysSince(string epoch, long after);

    /// <summary>A mark that changes whenever a figure of the month does.</summary>
    [Alias("mark")]
    ValueTask<FigureMark> GetMark();
}
