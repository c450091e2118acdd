using Feedback.Domain.Platform;
using Feedback.Grains.Journal;

namespace Feedback.Grains.Platform;

/// <summary>Reads what was reported. It is written through the journal (<see cref="JournalUnit.Platform"/>).</summary>
public interface IPlatformStore
{
    /// <summary>The batch that was planned and has not ended; null when none is under way.</summary>
    Task<PlatformBatch?> UnderWayAsync(CancellationToken cancellation = default);

    /// <summary>The last batch of which the platform took something; null before the first.</summary>
    Task<EndedBatch?> LastAsync(CancellationToken cancellation = default);

    /// <summary>Streams that go on behind what is reported of them, ascending by name. Each costs a probe or two of an index.</summary>
    /// <param name="prefix">What their names begin with, such as <c>window:</c>.</param>
    /// <param name="after">Only names behind this one; empty for all.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellation">Stops waiting.</param>
    Task<IReadOnlyList<StreamBehind>> BehindAsync(string prefix, string after, int limit, CancellationToken cancellation = default);

    /// <summary>How much of all such streams is not reported yet.</summary>
    Task<WaitingEvents> WaitingAsync(string prefix, CancellationToken cancellation = default);

    /// <summary>Which of these items are rejected.</summary>
    Task<IReadOnlyDictionary<string, RejectedItem>> RejectedAsync(IReadOnlyCollection<string> ids, CancellationToken cancellation = default);

    /// <summary>Rejected items, those first that were rejected last.</summary>
    /// <param name="again">Only those that somebody wants sent again.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellation">Stops waiting.</param>
    Task<IReadOnlyList<RejectedItem>> ListRejectedAsync(bool again, int limit, CancellationToken cancellation = default);

    /// <summary>How many items are rejected.</summary>
    Task<long> CountRejectedAsync(CancellationToken cancellation = default);

    /// <summary>Days from a first one on, ascending by day and kind.</summary>
    Task<IReadOnlyList<ReportedDay>> DaysAsync(DateOnly from, CancellationToken cancellation = default);
}

/// <summary>A batch that ended.</summary>
/// <param name="Id">Its id.</param>
/// <param name="At">When, milliseconds UTC.</param>
/// <param name="Items">How many items the platform took.</param>
/// <param name="Rejected">How many it did not.</param>
public sealed record EndedBatch(string Id, long At, int Items, int Rejected);

/// <summary>A stream that goes on behind what is reported of it.</summary>
/// <param name="Stream">Its name.</param>
/// <param name="Reported">The version through which it is reported; null where nothing ever was.</param>
/// <param name="Head">Its last version.</param>
public sealed record StreamBehind(string Stream, long? Reported, long Head);

/// <summary>What waits to be reported.</summary>
/// <param name="Streams">In how many streams.</param>
/// <param name="Events">How many events; also those that nobody is told.</param>
public readonly record struct WaitingEvents(long Streams, long Events);

/// <summary>What was reported of a day, beside what the platform says that it has.</summary>
/// <param name="Day">The local day.</param>
/// <param name="Kind">What was counted.</param>
/// <param name="Ours">Items that the platform took.</param>
/// <param name="Theirs">Items that it says it has; null where it was not asked yet.</param>
/// <param name="ComparedAt">When it was asked, milliseconds UTC; null likewise.</param>
/// <param name="OursThen">What it had taken when it was asked; null likewise.</param>
public sealed record ReportedDay(DateOnly Day, PlatformKind Kind, long Ours, long? Theirs, long? ComparedAt, long? OursThen)
{
    /// <summary>Whether both had the same when it was asked; null where it was not asked yet.</summary>
    public bool? IsEqual => Theirs is { } theirs ? theirs == OursThen : null;
}
