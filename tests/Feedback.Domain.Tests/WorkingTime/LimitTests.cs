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
