using Feedback.Grains.Organisation;

namespace Feedback.Api.Released;

/// <summary>
/// Warns when the holidays of this year, or from 1 November on those of the next, are not known, and once more each week until they
/// are: deadlines that run into such a year wait, and later holidays count as working days, on which windows and teams show something new.
/// </summary>
public sealed partial class CalendarNotice(IBureau bureau, TimeProvider clock, ILogger<CalendarNotice> log) : BackgroundService
{
    // A start has other things to say.
    private static readonly TimeSpan FirstLook = TimeSpan.FromHours(1);
    private static readonly TimeSpan LookEvery = TimeSpan.FromDays(1);
    private static readonly TimeSpan WarnEvery = TimeSpan.FromDays(7);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            var (before, warned) = ((int?)null, DateTimeOffset.MinValue);
            for (var pause = FirstLook; ; pause = LookEvery)
            {
                await Task.Delay(pause, clock, stoppingToken);
                var (calendar, now) = (bureau.Current.Policies.Calendar, clock.GetUtcNow());
                var found = calendar.MissingOn(DateOnly.FromDateTime(now.UtcDateTime));
                if (found is { } missing && (missing != before || now - warned >= WarnEvery))
                {
                    RunningOut(log, calendar.Years.Select(year => year.Year).LastOrDefault(year => year < missing), missing);
                    warned = now;
                }

                before = found;
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // It ends with its host, also where that did not start.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Public holidays are known up to {Year} only: deadlines that run into {Missing} wait, and released figures take its holidays for working days. An administrator defines the year by PUT /api/v1/calendars/{Missing}; a newer release of Feedback may know it.")]
    private static partial void RunningOut(ILogger log, int year, int missing);
}
