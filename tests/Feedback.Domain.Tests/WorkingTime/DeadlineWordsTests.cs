using Feedback.Domain.Tests.Support;
using Feedback.Domain.WorkingTime;
using Xunit;

namespace Feedback.Domain.Tests.WorkingTime;

/// <summary>A deadline explains itself, step by step, so that a clerk can follow it on a calendar.</summary>
public sealed class DeadlineWordsTests
{
    [Fact]
    public void A_limit_in_working_days_over_a_holiday() => Tells(
        Office.Started("2026-04-01 09:10", "4wd"),
        """
        4月1日 09:10 收到，时限4个工作日，当日不计
        4月2日至3日为第1至2个工作日
        4月4日至6日清明节放假，跳过
        4月7日至8日为第3至4个工作日
        到期 4月8日 17:00
        """,
        """
        Received 1 Apr 09:10, limit 4 working days, that day is not counted
        2–3 Apr: working days 1–2
        4–6 Apr: Tomb-sweeping Day, skipped
        7–8 Apr: working days 3–4
        Due 8 Apr 17:00
        """);

    [Fact]
    public void A_pause_an_extension_and_a_stop() => Tells(
        Office.Started("2026-02-25 09:10", "3wd").Paused("2026-02-26 10:00").Changed("2026-02-26 15:00", "5wd").Resumed("2026-02-27 14:00").Stopped("2026-03-05 18:30"),
        """
        2月25日 09:10 收到，时限3个工作日，当日不计
        2月26日为第1个工作日
        2月26日 10:00 暂停（等待申请人补充材料），剩余4天
        2月26日 15:00 时限由3个工作日改为5个工作日（延期），仍自开始之时起算
        2月27日暂停中，不计
        2月27日 14:00 恢复计时
        2月28日（周六）调休上班，计为第2个工作日
        3月1日周末，跳过
        3月2日至4日为第3至5个工作日
        到期 3月4日 17:00
        3月5日 18:30 完成，逾期25小时30分钟
        """,
        """
        Received 25 Feb 09:10, limit 3 working days, that day is not counted
        26 Feb: working day 1
        Paused 26 Feb 10:00 (the citizen is to add something), 4 days left
        Limit changed 26 Feb 15:00 from 3 working days to 5 working days (extension), still counted from the start
        27 Feb: paused, not counted
        Resumed 27 Feb 14:00
        28 Feb (Saturday) worked to make up for a holiday: working day 2
        1 Mar: weekend, skipped
        2–4 Mar: working days 3–5
        Due 4 Mar 17:00
        Done 5 Mar 18:30, 25 hours 30 minutes late
        """);

    [Fact]
    public void Working_hours_with_a_pause() => Tells(
        Office.Started("2026-03-05 16:00", "8wh").Paused("2026-03-06 10:00").Resumed("2026-03-09 11:00"),
        """
        3月5日 16:00 收到，时限8个工作小时，只计工作时间
        3月5日至6日计工作时间2小时
        3月6日 10:00 暂停（等待申请人补充材料），剩余6小时
        3月9日 11:00 恢复计时
        3月9日至10日计工作时间6小时
        到期 3月10日 10:30
        """,
        """
        Received 5 Mar 16:00, limit 8 working hours, opening hours only
        5–6 Mar: 2 hours of opening hours counted
        Paused 6 Mar 10:00 (the citizen is to add something), 6 hours left
        Resumed 9 Mar 11:00
        9–10 Mar: 6 hours of opening hours counted
        Due 10 Mar 10:30
        """);

    [Fact]
    public void Calendar_days_that_end_on_a_day_of_rest() => Tells(
        Office.Started("2026-03-02 09:10", "5d"),
        """
        3月2日 09:10 收到，时限5个自然日，当日不计
        3月3日至7日为第1至5个自然日
        最后一日3月7日不办公，顺延至3月9日
        到期 3月9日 17:00
        """,
        """
        Received 2 Mar 09:10, limit 5 calendar days, that day is not counted
        3–7 Mar: calendar days 1–5
        The last day, 7 Mar, is no working day; moved to 9 Mar
        Due 9 Mar 17:00
        """);

    [Fact]
    public void A_pause_in_which_the_last_day_ended() => Tells(
        Office.Started("2026-03-02 09:10", "1wd").Paused("2026-03-03 14:00").Resumed("2026-03-05 10:00"),
        """
        3月2日 09:10 收到，时限1个工作日，当日不计
        3月3日为第1个工作日
        3月3日 14:00 暂停（等待申请人补充材料），剩余0天
        3月5日 10:00 恢复计时
        最后一日在暂停期间已过，顺延至3月5日下班
        到期 3月5日 17:00
        """,
        """
        Received 2 Mar 09:10, limit 1 working day, that day is not counted
        3 Mar: working day 1
        Paused 3 Mar 14:00 (the citizen is to add something), 0 days left
        Resumed 5 Mar 10:00
        The last day ended during the pause; moved to the closing of 5 Mar
        Due 5 Mar 17:00
        """);

    [Fact]
    public void A_pause_that_lasts() => Tells(
        Office.Started("2026-03-02 09:10", "5wd").Paused("2026-03-04 08:00"),
        """
        3月2日 09:10 收到，时限5个工作日，当日不计
        3月3日为第1个工作日
        3月4日 08:00 暂停（等待申请人补充材料），剩余4天
        暂停期间不计时，也不超期
        """,
        """
        Received 2 Mar 09:10, limit 5 working days, that day is not counted
        3 Mar: working day 1
        Paused 4 Mar 08:00 (the citizen is to add something), 4 days left
        Nothing is counted during the pause, and nothing falls due
        """);

    [Fact]
    public void A_year_that_nobody_knows() => Tells(
        Office.Started("2026-12-29 09:10", "5wd"),
        """
        12月29日 09:10 收到，时限5个工作日，当日不计
        12月30日至31日为第1至2个工作日
        2027年放假安排尚未公布，期限待定，导入后自动确定
        """,
        """
        Received 29 Dec 09:10, limit 5 working days, that day is not counted
        30–31 Dec: working days 1–2
        The holidays of 2027 are not known: the deadline is pending until they are imported
        """);

    [Fact]
    public void A_second_run_keeps_the_first()
    {
        var history = Office.Started("2026-03-02 09:10", "2h").Stopped("2026-03-02 10:00").With(new ClockRestarted(Office.At("2026-03-20 10:00"), Limit.Parse("1wd")));
        var runs = Deadlines.ExplainAll(history, Office.Shanghai);

        Assert.Equal((true, "2026-03-02 11:10"), (runs[0].Met, Office.Local(runs[0].At)));
        Tells(
            history,
            """
            3月20日 10:00 重新打开，另行计时，时限1个工作日，当日不计
            3月21日至22日周末，跳过
            3月23日为第1个工作日
            到期 3月23日 17:00
            """,
            """
            Opened again and counted anew 20 Mar 10:00, limit 1 working day, that day is not counted
            21–22 Mar: weekend, skipped
            23 Mar: working day 1
            Due 23 Mar 17:00
            """);
    }

    [Fact]
    public void An_office_that_closes_at_midnight_closes_at_24_00() => Assert.Equal(
        "到期 3月3日 24:00",
        DeadlineWords.Of(Deadlines.Explain(Office.Started("2026-03-02 09:10", "1wd"), Office.Shanghai with { Hours = OpeningHours.Parse("00:00-24:00") }), Office.Shanghai.Zone, chinese: true)[^1]);

    [Theory]
    [InlineData("30min", "30分钟", "30 minutes")]
    [InlineData("24h", "24小时", "24 hours")]
    [InlineData("1wh", "1个工作小时", "1 working hour")]
    [InlineData("15wd", "15个工作日", "15 working days")]
    [InlineData("7d", "7个自然日", "7 calendar days")]
    public void A_limit_in_words(string limit, string zh, string en) =>
        Assert.Equal((zh, en), (DeadlineWords.Of(Limit.Parse(limit), chinese: true), DeadlineWords.Of(Limit.Parse(limit), chinese: false)));

    private static void Tells(ClockHistory history, string zh, string en)
    {
        var deadline = history.Explained();
        Assert.Equal(zh, string.Join('\n', DeadlineWords.Of(deadline, Office.Shanghai.Zone, chinese: true)));
        Assert.Equal(en, string.Join('\n', DeadlineWords.Of(deadline, Office.Shanghai.Zone, chinese: false)));
    }
}
