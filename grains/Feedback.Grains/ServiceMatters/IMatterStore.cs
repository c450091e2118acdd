using Feedback.Domain.ServiceMatters;
using Feedback.Grains.Journal;

namespace Feedback.Grains.ServiceMatters;

/// <summary>Lists and counts service matters. The rows are derived from the journal and written through it (<see cref="JournalUnit.Matters"/>); they hold no personal text.</summary>
public interface IMatterStore
{
    /// <summary>One page of the matters that a filter lets through; those accepted last come first.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="after">The <see cref="MatterPage.Next"/> of the page before; null for the first page.</param>
    /// <param name="limit">1 to <see cref="MatterPage.Most"/>.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is out of range.</exception>
    Task<MatterPage> ListAsync(MatterFilter filter, MatterCursor? after, int limit, CancellationToken cancellation = default);

    /// <summary>How many matters a filter lets through at each stage; stages without any are not there.</summary>
    Task<IReadOnlyDictionary<MatterStage, long>> CountByStageAsync(MatterFilter filter, CancellationToken cancellation = default);

    /// <summary>Every matter, ordered by id; read piece by piece.</summary>
    IAsyncEnumerable<MatterRow> AllAsync(CancellationToken cancellation = default);
}
