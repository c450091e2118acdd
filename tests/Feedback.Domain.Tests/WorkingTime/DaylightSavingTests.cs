using Feedback.Domain.Tests.Support;
using Feedback.Domain.Time;
using Feedback.Domain.WorkingTime;
using Xunit;

namespace Feedback.Domain.Tests.WorkingTime;

/// <summary>London: clocks go from 01:00 to 02:00 on Sunday 29 March 2026 and from 02:00 to 01:00 on Sunday 25 October (gov.uk/when-do-the-clocks-change).</summary>
public sealed class DaylightSavingTests
{
    private static readonly WorkCalendar Britain = WorkCalendar.Empty.With(new CalendarYear(2026, [new Holiday(new(2026, 12, 25), "圣诞节", "Christmas Day")], [], "gov.uk/bank-holidays"));

    [Theory]
    [InlineData("24h", "09:00-17:00", "2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z")]
    [InlineData("24wh", "00:00-24:00; Hol 00:00-24:00", "2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z")]
    [InlineData("5wh", "09:00-17:00; Sun 00:00-06:00", "2026-03-28T12:00:00Z", "2026-03-29T05:00:00Z")] // five hours only
    [InlineData("4wh", "09:00-17:00; Sun 01:30-06:00", "2026-03-28T12:00:00Z", "2026-03-29T05:00:00Z")] // 01:30 is skipped
    [InlineData("1wh", "09:00-17:00; Sun 01:00-02:00", "2026-03-28T12:00:00Z", "2026-03-30T09:00:00Z")] // the whole span is skipped: Monday 10:00 BST
    [InlineData("7wh", "09:00-17:00; Sun 00:00-06:00", "2026-10-24T12:00:00Z", "2026-10-25T06:00:00Z")] // seven hours
    [InlineData("24h", "09:00-17:00", "2026-10-24T12:00:00Z", "2026-10-25T12:00:00Z")]
    [InlineData("1wd", "09:00-17:00", "2026-03-27T12:00:00Z", "2026-03-30T16:00:00Z")] // closing at 17:00 BST
    [InlineData("1wd", "09:00-17:00", "2026-10-23T12:00:00Z", "2026-10-26T17:00:00Z")]
    public void Hours_are_those_that_pass_and_closings_those_on_the_wall(string limit, string hours, string start, string due)
    {
        var clock = ClockHistory.Empty.With(new ClockStarted(Some.At(start), Limit.Parse(limit)));

        Assert.Equal(Some.At(due), Deadlines.Explain(clock, Britain, OpeningHours.Parse(hours), HallZone.Get("Europe/London")).At);
    }
}
