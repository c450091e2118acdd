using Feedback.Domain.Tests.Support;
using Xunit;

namespace Feedback.Domain.Tests.WorkingTime;

/// <summary>
/// Known answers, counted by hand on the General Office of the State Council's notices on the holidays of 2026,
/// https://www.gov.cn/zhengce/zhengceku/202511/content_7047091.htm, and of 2025, …/202411/content_6986383.htm.
/// </summary>
public sealed class KnownDeadlineTests
{
    // 春节：2026年2月15日（周日）至23日（周一）放假，2月14日（周六）、2月28日（周六）上班。
    [Theory]
    [InlineData("2026-02-12 10:00", "5wd", "2026-02-26 17:00")] // 13, 14; 24, 25, 26
    [InlineData("2026-02-13 15:00", "15wd", "2026-03-12 17:00")] // 14; 24–27; 28; 2–6; 9–12
    [InlineData("2026-02-14 09:30", "1wd", "2026-02-24 17:00")]
    [InlineData("2026-02-18 12:00", "1wd", "2026-02-24 17:00")] // received on a holiday
    [InlineData("2026-02-27 16:59", "1wd", "2026-02-28 17:00")] // a Saturday that is worked
    [InlineData("2026-02-14 14:00", "16wh", "2026-02-25 17:00")] // 3 h; 6 h 30, 6 h 30
    [InlineData("2026-02-14 16:30", "1wh", "2026-02-24 09:30")]
    [InlineData("2026-02-12 10:00", "7d", "2026-02-24 17:00")] // the 19th is a holiday
    [InlineData("2026-02-07 10:00", "7d", "2026-02-14 17:00")] // the 14th is worked
    [InlineData("2026-02-14 16:00", "24h", "2026-02-15 16:00")] // day and night
    [InlineData("2026-02-14 16:00", "90min", "2026-02-14 17:30")]
    public void Deadlines_across_Spring_Festival_2026(string start, string limit, string due) => Assert.Equal(due, Office.Started(start, limit).Due());

    // 国庆节、中秋节：2025年10月1日（周三）至8日（周三）放假，9月28日（周日）、10月11日（周六）上班。
    [Theory]
    [InlineData("2025-09-26 16:30", "5wd", "2025-10-10 17:00")] // 28, 29, 30; 9, 10
    [InlineData("2025-09-26 16:30", "6wd", "2025-10-11 17:00")] // … and Saturday the 11th
    [InlineData("2025-09-26 16:30", "7wd", "2025-10-13 17:00")]
    [InlineData("2025-09-30 16:00", "2wh", "2025-10-09 10:00")]
    [InlineData("2025-09-24 10:00", "10d", "2025-10-09 17:00")]
    public void Deadlines_across_National_Day_2025(string start, string limit, string due) => Assert.Equal(due, Office.Started(start, limit).Due());

    // 2026年：中秋9月25日至27日；国庆10月1日（周四）至7日（周三）放假，9月20日（周日）、10月10日（周六）上班。
    [Theory]
    [InlineData("2026-09-18 09:00", "5wd", "2026-09-24 17:00")] // 20, 21, 22, 23, 24
    [InlineData("2026-09-18 09:00", "6wd", "2026-09-28 17:00")]
    [InlineData("2026-09-29 11:00", "5wd", "2026-10-12 17:00")] // 30; 8, 9, 10; 12
    [InlineData("2026-09-19 10:00", "1wh", "2026-09-20 10:00")]
    public void Deadlines_across_National_Day_2026(string start, string limit, string due) => Assert.Equal(due, Office.Started(start, limit).Due());

    [Theory]
    [InlineData("2026-03-02 09:10", "1wh", "2026-03-02 10:10")]
    [InlineData("2026-03-02 11:30", "1wh", "2026-03-02 14:00")] // lunch
    [InlineData("2026-03-02 12:30", "1wh", "2026-03-02 14:30")]
    [InlineData("2026-03-02 09:00", "3wh", "2026-03-02 12:00")] // at the closing, not at the next opening
    [InlineData("2026-03-06 16:00", "2wh", "2026-03-09 10:00")]
    [InlineData("2026-03-06 18:00", "1wh", "2026-03-09 10:00")]
    [InlineData("2026-03-02 00:00", "1wd", "2026-03-03 17:00")] // the day of the start is not counted, however early it was
    [InlineData("2026-03-02 23:59", "1wd", "2026-03-03 17:00")]
    [InlineData("2026-03-02 09:10", "5d", "2026-03-09 17:00")] // the 7th is a Saturday
    public void Deadlines_in_ordinary_weeks(string start, string limit, string due) => Assert.Equal(due, Office.Started(start, limit).Due());
}
