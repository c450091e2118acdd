using Feedback.Domain.Platform;
using Feedback.Grains.Platform;

namespace Feedback.Api.Platform;

/// <summary>Tells how the reporting to a higher platform fares, on its page and by the API.</summary>
public sealed class PlatformReading(PlatformSettings settings, IPlatformStore store, IGrainFactory grains, TimeProvider clock)
{
    private const int MostShown = 100;
    private const string Windows = "window:";

    /// <summary>How it fares.</summary>
    public async Task<PlatformView> ReadAsync(CancellationToken cancellation)
    {
        var (waiting, last) = (settings.IsOn ? await store.WaitingAsync(Windows, cancellation) : default, await store.LastAsync(cancellation));
        var fare = settings.IsOn ? await grains.GetGrain<IPlatformGrain>(IPlatformGrain.Key).Report() : default;
        var (today, _) = settings.Zone.LocalTime(clock.GetUtcNow().ToUnixTimeMilliseconds());
        var days = await store.DaysAsync(today.AddDays(-PlatformCounts.Days), cancellation);
        return new PlatformView(
            settings.IsOn, [.. settings.Mappings.Keys.Order().Select(kind => kind.Word())], At(last?.At), last?.Items, waiting.Streams, waiting.Events,
            At(fare.FailingSince), fare.Reason, At(fare.NextAt), fare.CountsReason,
            await store.CountRejectedAsync(cancellation), [.. (await store.ListRejectedAsync(again: false, MostShown, cancellation)).Select(RejectedItemView.Of)],
            [.. days.Where(day => day.Day <= today).OrderByDescending(day => day.Day).ThenBy(day => day.Kind).Select(PlatformDayView.Of)]);
    }

    private static DateTimeOffset? At(long? utcMilliseconds) => utcMilliseconds is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
}
