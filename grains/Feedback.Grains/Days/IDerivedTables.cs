using Feedback.Domain.Windows;

namespace Feedback.Grains.Days;

/// <summary>Everything that can be made anew from the journal, as a whole: for <c>verify</c> and <c>rebuild</c>.</summary>
public interface IDerivedTables
{
    /// <summary>Every stored day of every window, ordered by window and day; stale ones too, marked by their revision.</summary>
    IAsyncEnumerable<(WindowDay Day, int Revision)> AllDaysAsync(CancellationToken cancellation = default);

    /// <summary>Empties the derived tables: days, completeness, late identities, cases and matters and their counts. The journal, personal text and due work stay.</summary>
    /// <remarks>The same transaction marks the database: until <see cref="CompleteAsync"/> no server starts on it.</remarks>
    Task ClearAsync(CancellationToken cancellation = default);

    /// <summary>Takes the mark away: the derived tables are filled again.</summary>
    Task CompleteAsync(CancellationToken cancellation = default);
}
