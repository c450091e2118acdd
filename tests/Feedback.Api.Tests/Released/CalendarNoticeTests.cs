using System.Collections.Concurrent;
using Feedback.Api.Released;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Journal;
using Feedback.Domain.Policies;
using Feedback.Domain.WorkingTime;
using Feedback.Grains.Organisation;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Feedback.Api.Tests.Released;

public sealed class CalendarNoticeTests
{
    private static int LastYear => WorkCalendar.China.Years.Last().Year;

    [Fact]
    public async Task One_warning_is_logged_from_the_first_of_November_of_the_last_known_year_on()
    {
        var clock = new DayClock(new DateTimeOffset(LastYear, 10, 30, 0, 0, 0, TimeSpan.Zero));
        var log = new Lines();
        using var notice = new CalendarNotice(new Known(PolicyBook.Empty), clock, log);

        await notice.StartAsync(CancellationToken.None);
        Assert.Empty(log);
        await clock.NextDayAsync();
        Assert.Empty(log);
        await clock.NextDayAsync();
        await notice.ExecuteTask!;

        Assert.Contains($"{LastYear}", Assert.Single(log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_logged_once_the_next_year_was_defined()
    {
        var next = LastYear + 1;
        var clock = new DayClock(new DateTimeOffset(next - 1, 11, 1, 0, 0, 0, TimeSpan.Zero));
        var log = new Lines();
        var year = new CalendarYear(next, [new Holiday(new(next, 1, 1))], [], "a notice");
        using var notice = new CalendarNotice(new Known(PolicyBook.Empty.Apply(new CalendarDefined { Salt = Some.Salt(), Calendar = year })), clock, log);

        await notice.StartAsync(CancellationToken.None);
        for (var day = 0; day < 5; day++)
            await clock.NextDayAsync();
        Assert.Empty(log);
        await notice.StopAsync(CancellationToken.None);

        Assert.Empty(log);
    }

    /// <summary>A bureau that knows policies and nothing else.</summary>
    private sealed class Known(PolicyBook policies) : IBureau
    {
        public BureauState Current => BureauState.Empty with { Policies = policies };

        public Task<BureauState> RefreshAsync() => Task.FromResult(Current);

        public Task<BureauState> DecideAsync(StreamName stream, Func<BureauState, Decision> decide) => throw new NotSupportedException();
    }

    /// <summary>A clock on which a day passes when it is told to, as soon as somebody waits for it.</summary>
    private sealed class DayClock(DateTimeOffset start) : TimeProvider
    {
        private readonly SemaphoreSlim _waits = new(0);
        private DateTimeOffset _now = start;
        private Action? _due;

        public override DateTimeOffset GetUtcNow() => _now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _due = () => callback(state);
            _waits.Release();
            return new Nothing();
        }

        public async Task NextDayAsync()
        {
            await _waits.WaitAsync();
            _now = _now.AddDays(1);
            _due!();
        }
    }

    private sealed class Nothing : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Lines : ConcurrentQueue<string>, ILogger<CalendarNotice>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Enqueue(formatter(state, exception));
    }
}
