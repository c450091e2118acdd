using System.Collections.Immutable;
using Feedback.Domain.Organisation;
using Feedback.Domain.Tallies;

namespace Feedback.Domain.Windows;

/// <summary>One window's exact day.</summary>
/// <param name="Window">The window.</param>
/// <param name="Day">The hall's local day.</param>
/// <param name="Hall">The hall in which it is counted.</param>
/// <param name="Parent">The window's direct parent on that day.</param>
/// <param name="Version">The version of the last event that changed the day.</param>
/// <param name="ChangedAt">When that event was stored: milliseconds UTC, the time of its journal row.</param>
/// <param name="Tally">The counts.</param>
/// <param name="Matters">The matters kept with the day.</param>
public sealed record WindowDay(
    NodeId Window,
    DateOnly Day,
    NodeId Hall,
    NodeId Parent,
    long Version,
    long ChangedAt,
    Tally Tally,
    ImmutableArray<MatterEntry> Matters);
