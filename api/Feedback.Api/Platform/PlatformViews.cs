using Feedback.Domain.Platform;
using Feedback.Grains.Platform;

namespace Feedback.Api.Platform;

/// <summary>How the reporting to a higher platform fares.</summary>
/// <param name="On">Whether anything is reported.</param>
/// <param name="Kinds">What is: evaluations, finished, matters.</param>
/// <param name="LastAt">When the platform last took something, UTC; null before the first time.</param>
/// <param name="LastItems">How many items it took then.</param>
/// <param name="WaitingWindows">Windows of which not everything is reported yet.</param>
/// <param name="WaitingEvents">Events of windows that are not reported yet; also those that nobody is told.</param>
/// <param name="FailingSince">Since when the platform takes nothing, UTC; null while all is well.</param>
/// <param name="FailingWith">Why, in a few words; null likewise.</param>
/// <param name="NextTryAt">When it is tried again, UTC; null likewise.</param>
/// <param name="CountsFailingWith">Why days could not be compared; null while all is well.</param>
/// <param name="Rejected">How many items were not taken and wait for somebody.</param>
/// <param name="RejectedItems">Those that were rejected last, at most 100.</param>
/// <param name="Days">The last 14 days and today, the newest first, as far as anything was reported of them.</param>
public sealed record PlatformView(
    bool On, IReadOnlyList<string> Kinds, DateTimeOffset? LastAt, int? LastItems, long WaitingWindows, long WaitingEvents,
    DateTimeOffset? FailingSince, string? FailingWith, DateTimeOffset? NextTryAt, string? CountsFailingWith,
    long Rejected, IReadOnlyList<RejectedItemView> RejectedItems, IReadOnlyList<PlatformDayView> Days);

/// <summary>An item that was not taken.</summary>
/// <param name="Id">Its identity, by which it is sent again.</param>
/// <param name="Kind">What it is: evaluations, finished, matters.</param>
/// <param name="Day">The local day on which it is counted.</param>
/// <param name="Reason">Why, in the platform's words; where it begins with "mapping:", in ours.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Again">Whether it is to be sent again.</param>
public sealed record RejectedItemView(string Id, string Kind, DateOnly Day, string Reason, DateTimeOffset At, bool Again)
{
    internal static RejectedItemView Of(RejectedItem item) =>
        new(item.Id, item.Kind.Word(), item.Day, item.Reason, DateTimeOffset.FromUnixTimeMilliseconds(item.At), item.Again);
}

/// <summary>A local day, ours beside theirs.</summary>
/// <param name="Day">The local day.</param>
/// <param name="Kind">What is counted: evaluations, finished, matters.</param>
/// <param name="Ours">Items that the platform took until now.</param>
/// <param name="OursThen">Items that it had taken when it was asked; null where it was not asked yet.</param>
/// <param name="Theirs">Items that it said it has; null likewise.</param>
/// <param name="ComparedAt">When it was asked, UTC; null likewise.</param>
/// <param name="Equal">Whether both had the same then; null likewise.</param>
public sealed record PlatformDayView(DateOnly Day, string Kind, long Ours, long? OursThen, long? Theirs, DateTimeOffset? ComparedAt, bool? Equal)
{
    internal static PlatformDayView Of(ReportedDay day) => new(
        day.Day, day.Kind.Word(), day.Ours, day.OursThen, day.Theirs, day.ComparedAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null, day.IsEqual);
}
