using Feedback.Domain.Cases;
using Feedback.Domain.Organisation;
using Feedback.Grains.Journal;

namespace Feedback.Grains.Cases;

/// <summary>
/// Finds, lists and counts cases. The rows are derived from the journal and written through it (<see cref="JournalUnit.Cases"/>,
/// <see cref="JournalUnit.CaseFlows"/>); they hold no personal text.
/// </summary>
public interface ICaseStore
{
    /// <summary>A case, or null.</summary>
    Task<CaseRow?> FindAsync(CaseId id, CancellationToken cancellation = default);

    /// <summary>The case with a readable number, or null.</summary>
    Task<CaseRow?> FindAsync(string number, CancellationToken cancellation = default);

    /// <summary>The case that came from another system under a number of its own, or null.</summary>
    Task<CaseRow?> FindAsync(string source, string number, CancellationToken cancellation = default);

    /// <summary>The cases that a rating opened, oldest first; mostly none or one.</summary>
    Task<IReadOnlyList<CaseRow>> OfRatingAsync(NodeId window, long version, CancellationToken cancellation = default);

    /// <summary>One page of the cases that a filter lets through.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="order">How they are sorted.</param>
    /// <param name="after">The <see cref="CasePage.Next"/> of the page before, in the same order; null for the first page.</param>
    /// <param name="limit">1 to <see cref="CasePage.Most"/>.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is out of range.</exception>
    Task<CasePage> ListAsync(CaseFilter filter, CaseOrder order, CaseCursor? after, int limit, CancellationToken cancellation = default);

    /// <summary>How many cases a filter lets through at each stage; stages without any are not there.</summary>
    Task<IReadOnlyDictionary<CaseStage, long>> CountByStageAsync(CaseFilter filter, CancellationToken cancellation = default);

    /// <summary>What happened to cases at nodes on the days in [from, to), ordered by node and day; days on which nothing is counted are not there.</summary>
    /// <param name="nodes">The nodes themselves: whoever asks for a hall names its windows, too.</param>
    /// <param name="from">The first local day.</param>
    /// <param name="to">The local day after the last.</param>
    /// <param name="cancellation">Stops waiting.</param>
    Task<IReadOnlyList<CaseFlow>> CaseCountsAsync(IReadOnlyCollection<NodeId> nodes, DateOnly from, DateOnly to, CancellationToken cancellation = default);

    /// <summary>From when to when cases were open that concern nodes and were received on the days in [from, to), oldest first; merged ones are not among them.</summary>
    /// <param name="nodes">The nodes themselves: whoever asks for a hall names its windows, too.</param>
    /// <param name="from">The first local day.</param>
    /// <param name="to">The local day after the last.</param>
    /// <param name="cancellation">Stops waiting.</param>
    Task<IReadOnlyList<CaseLife>> LivesAsync(IReadOnlyCollection<NodeId> nodes, DateOnly from, DateOnly to, CancellationToken cancellation = default);

    /// <summary>Every case, ordered by id; read piece by piece.</summary>
    IAsyncEnumerable<CaseRow> AllAsync(CancellationToken cancellation = default);

    /// <summary>Everything that is counted, ordered by node and day; read piece by piece.</summary>
    IAsyncEnumerable<CaseFlow> AllCountsAsync(CancellationToken cancellation = default);
}
