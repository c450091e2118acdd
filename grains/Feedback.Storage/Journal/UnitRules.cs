using Feedback.Domain.Journal;
using Feedback.Grains.Journal;

namespace Feedback.Storage.Journal;

/// <summary>What every unit must keep to, whatever the database.</summary>
internal static class UnitRules
{
    /// <summary>
    /// The stream of a unit's late identities: its append's, or, where they are only made anew, the one that is named or
    /// that of the window whose days come with them.
    /// </summary>
    public static StreamName LateStreamOf(JournalUnit unit) => unit switch
    {
        { Append: { } append } => append.Stream,
        { LateIdsOf: { } stream } => stream,
        { DaysThrough: { } through } => StreamName.Window(through.Window),
        _ => throw new ArgumentException("Late identities need an append or a window to belong to."),
    };

    /// <summary>Refuses a unit that no database should see.</summary>
    /// <exception cref="ArgumentException">Versions start at 1, a row holds at least one event, late identities belong to a stream.</exception>
    public static void Check(JournalUnit unit)
    {
        if (unit.Append is { Row: { Version: < 1 } or { Count: < 1 } })
            throw new ArgumentException("A row holds at least one event, and versions start at 1.");
        if (unit.LateIds.Count > 0)
            _ = LateStreamOf(unit);
    }
}
