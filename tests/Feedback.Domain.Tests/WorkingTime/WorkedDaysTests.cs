using Feedback.Domain.Tests.Support;
using Feedback.Domain.WorkingTime;
using Xunit;

namespace Feedback.Domain.Tests.WorkingTime;

/// <summary>
/// Known answers: the General Office of the State Council on the holidays of 2026,
/// https://www.gov.cn/zhengce/zhengceku/202511/content_7047091.htm, and of 2025, …/202411/content_6986383.htm.
/// </summary>
public sealed class WorkedDaysTests
{
    [Theory]
    [InlineData("2026-09-20", true)] // 国庆节：9月20日（周日）上班
    [InlineData("2026-09-30", true)]
    [InlineData("2026-10-01", false)] // 10月1日（周四）至7日（周三）放假调休
    [InlineData("2026-10-02", false)]
    [InlineData("2026-10-05", false)]
    [InlineData("2026-10-07", false)]
    [InlineData("2026-10-08", true)]
    [InlineData("2026-10-10", true)] // 10月10日（周六）上班
    [InlineData("2026-10-11", false)]
    [InlineData("2026-02-14", true)] // 春节：2月14日（周六）上班
    [InlineData("2026-02-15", false)] // 2月15日（周日）至23日（周一）放假调休
    [InlineData("2026-02-16", false)]
    [InlineData("2026-02-23", false)]
    [InlineData("2026-02-24", true)]
    [InlineData("2026-02-28", true)] // 2月28日（周六）上班
    [InlineData("2026-01-04", true)] // 元旦：1月4日（周日）上班
    [InlineData("2025-10-08", false)] // 国庆节、中秋节：10月1日（周三）至8日（周三）放假调休
    [InlineData("2025-09-28", true)] // 9月28日（周日）上班
    public void Holidays_and_the_days_that_make_up_for_them_are_those_announced(string day, bool working) =>
        Assert.Equal(working, WorkCalendar.China.IsWorked(Some.On(day)));

    [Theory]
    [InlineData("2026-03-06", true)]
    [InlineData("2026-03-07", false)]
    [InlineData("2026-03-08", false)]
    [InlineData("2026-03-09", true)]
    public void An_ordinary_week_has_five_of_them(string day, bool working) => Assert.Equal(working, WorkCalendar.China.IsWorked(Some.On(day)));

    [Theory]
    [InlineData("2027-10-01", true)]
    [InlineData("2027-10-02", false)]
    [InlineData("2003-10-01", true)]
    public void In_a_year_that_is_not_known_only_Saturdays_and_Sundays_are_free(string day, bool working) =>
        Assert.Equal(working, WorkCalendar.China.IsWorked(Some.On(day)));

    [Fact]
    public void It_knows_the_holidays_of_2026() => Assert.True(WorkCalendar.China.Knows(2026));

    [Theory]
    [InlineData("2026-10-08", "2026-10-08")]
    [InlineData("2026-10-07", "2026-09-30")]
    [InlineData("2026-02-23", "2026-02-14")]
    [InlineData("2026-03-08", "2026-03-06")]
    public void The_last_working_day_up_to_a_day_may_be_that_day(string day, string last) =>
        Assert.Equal(Some.On(last), WorkCalendar.China.LastWorkedUpTo(Some.On(day)));
}
