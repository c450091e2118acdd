using Feedback.Grains.Cluster;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Feedback.Grains.Tests.Cluster;

public sealed partial class RecentErrorTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 25, 1, 0, 0, TimeSpan.Zero));
    private readonly RecentErrors _errors;

    public RecentErrorTests() => _errors = new RecentErrors(_clock);

    [Fact]
    public void Only_the_words_of_a_warning_and_the_kinds_of_its_exceptions_are_kept()
    {
        CouldNotStore(_errors.CreateLogger("Feedback.Journal"), "张三 13812345678", new InvalidOperationException("张三", new IOException("13812345678")));

        Assert.Equal(("{Comment} could not be stored. (InvalidOperationException ← IOException)", _clock.GetUtcNow()), _errors.Last);
    }

    [Fact]
    public void A_text_without_a_template_is_not_kept()
    {
        _errors.CreateLogger("Feedback.Journal").Log(LogLevel.Error, default, "张三 13812345678", null, (state, _) => state);

        Assert.Equal("", _errors.Last?.Text);
    }

    [Fact]
    public void What_others_log_and_what_is_no_warning_is_not_kept()
    {
        CouldNotStore(_errors.CreateLogger("Microsoft.AspNetCore"), "x", new IOException());
        Noted(_errors.CreateLogger("Feedback.Journal"));

        Assert.Null(_errors.Last);
        Assert.Equal(0, _errors.InHour);
    }

    [Fact]
    public void They_are_counted_for_an_hour_and_take_no_more_room_the_longer_it_lasts()
    {
        var log = _errors.CreateLogger("Feedback.Journal");
        for (var minute = 0; minute < 200; minute++)
        {
            CouldNotStore(log, "x", new IOException());
            CouldNotStore(log, "x", new IOException());
            Assert.Equal(2 * Math.Min(minute + 1, 60), _errors.InHour);
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        _clock.Advance(TimeSpan.FromMinutes(58));
        Assert.Equal(2, _errors.InHour);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, _errors.InHour);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Comment} could not be stored.")]
    private static partial void CouldNotStore(ILogger log, string comment, Exception e);

    [LoggerMessage(Level = LogLevel.Information, Message = "Something happened.")]
    private static partial void Noted(ILogger log);
}
