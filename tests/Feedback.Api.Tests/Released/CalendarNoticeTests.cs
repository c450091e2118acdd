using System.Collections.Concurrent;
using Feedback.Api.Released;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Access;
using Feedback.Domain.Journal;
using Feedback.Domain.Policies;
using Feedback.Domain.WorkingTime;
using Feedback.Grains.Accounts;
using Feedback.Grains.Organisation;
using Feedback.Web.Policies;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Feedback.Api.Tests.Released;

public sealed class CalendarNoticeTests
{
    private static int LastYear => WorkCalendar.China.Years.Last().Year;

    [Fact]
    public async Task A_warning_is_logged_from_the_first_of_November_of_the_last_known_year_on_and_again_each_week()
    {
        var clock = new DayClock(new DateTimeOffset(LastYear, 10, 30, 0, 0, 0, TimeSpan.Zero));
        var log = new Lines();
        using var notice = new CalendarNotice(new Known(PolicyBook.Empty), clock, log);

        await notice.StartAsync(CancellationToken.None);
        Assert.Empty(log);
        await clock.PassAsync(days: 1);
        Assert.Empty(log);
        await clock.PassAsync(days: 1);
        Assert.Contains($"{LastYear}", Assert.Single(log), StringComparison.Ordinal);
        await clock.PassAsync(days: 6);
        Assert.Single(log);
        await clock.PassAsync(days: 1);
        Assert.Equal(2, log.Count);
        await clock.PassAsync(days: 70);
        Assert.Equal(12, log.Count);
        await notice.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Warnings_end_with_the_year_and_begin_anew_a_year_later()
    {
        var next = LastYear + 1;
        var clock = new DayClock(new DateTimeOffset(LastYear, 11, 1, 0, 0, 0, TimeSpan.Zero));
        var (log, known) = (new Lines(), new Known(PolicyBook.Empty));
        using var notice = new CalendarNotice(known, clock, log);
        await notice.StartAsync(CancellationToken.None);
        await clock.PassAsync(days: 2);
        Assert.Single(log);

        known.Policies = PolicyBook.Empty.Apply(new CalendarDefined { Salt = Some.Salt(), Calendar = new CalendarYear(next, [new Holiday(new(next, 1, 1))], [], "a notice") });
        await clock.PassAsync(days: 300);
        Assert.Single(log);
        await clock.PassAsync(days: 65);

        Assert.Contains($"{next + 1}", log.ElementAt(1), StringComparison.Ordinal);
        await notice.StopAsync(CancellationToken.None);
    }

    [Fact]
    public void Whoever_may_define_the_year_is_reminded_on_each_page_and_nobody_else()
    {
        var clock = new DayClock(new DateTimeOffset(LastYear, 11, 1, 0, 0, 0, TimeSpan.Zero));
        var reminder = new CalendarReminder(new Known(PolicyBook.Empty), clock);

        Assert.Equal(LastYear + 1, reminder.YearFor(Of(Role.SystemAdministrator)));
        Assert.Null(reminder.YearFor(Of(Role.HallManager)));
        Assert.Null(new CalendarReminder(new Known(PolicyBook.Empty), new DayClock(new DateTimeOffset(LastYear, 10, 31, 0, 0, 0, TimeSpan.Zero))).YearFor(Of(Role.SystemAdministrator)));

        static Account Of(Role role) => new("a1", "chief", [new Grant(role, null)], Disabled: false, "stamp");
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
        await clock.PassAsync(days: 5);
        Assert.Empty(log);
        await notice.StopAsync(CancellationToken.None);

        Assert.Empty(log);
    }

    /// <summary>A bureau that knows policies and nothing else.</summary>
    private sealed class Known(PolicyBook policies) : IBureau
    {
        public PolicyBook Policies { get; set; } = policies;

        public BureauState Current => BureauState.Empty with { Policies = Policies };

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

        /// <summary>Lets days pass, and whoever waits for each of them do what they do then.</summary>
        public async Task PassAsync(int days)
        {
            for (; days > 0; days--)
            {
                await _waits.WaitAsync();
                _now = _now.AddDays(1);
                _due!();
            }

            // Whoever waits again has done it.
            await _waits.WaitAsync();
            _waits.Release();
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
