using Feedback.Domain.WorkingTime;
using Xunit;

namespace Feedback.Domain.Tests.WorkingTime;

public sealed class LimitTests
{
    [Theory]
    [InlineData("30min", 30, LimitUnit.Minutes)]
    [InlineData("24h", 24, LimitUnit.Hours)]
    [InlineData("16wh", 16, LimitUnit.WorkingHours)]
    [InlineData("5wd", 5, LimitUnit.WorkingDays)]
    [InlineData("9999d", 9999, LimitUnit.Days)]
    public void A_limit_is_read_and_written(string text, int amount, LimitUnit unit)
    {
        Assert.Equal(new Limit(amount, unit), Limit.Parse(text));
        Assert.Equal(text, Limit.Parse(text).ToString());
    }

    [Theory]
    [InlineData(59_999, "1min")]
    [InlineData(-86_400_000, "1min")]
    [InlineData(93_600_000, "1560min")]
    [InlineData(9_999 * 60_000L, "9999min")]
    [InlineData(10_000 * 60_000L, "166h")]
    [InlineData(10_000 * 3_600_000L, "9999h")]
    public void The_time_until_something_is_a_limit_in_whole_minutes_or_hours_and_the_least_there_is_where_it_is_past(long milliseconds, string limit) =>
        Assert.Equal(limit, Limit.Between(1_764_034_200_000, 1_764_034_200_000 + milliseconds).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("wd")]
    [InlineData("0wd")]
    [InlineData("-1h")]
    [InlineData("10000d")]
    [InlineData("5 wd")]
    [InlineData("5WD")]
    [InlineData("1.5h")]
    [InlineData("5wd ")]
    public void Anything_else_is_refused(string text)
    {
        Assert.False(Limit.TryParse(text, out _, out var refusal, "completion"));
        Assert.Equal(("time-limit-invalid", "completion", text), (refusal.Code, refusal.Field, refusal.Value));
    }
}
