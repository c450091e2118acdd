using Feedback.Domain.Tests.Support;
using Feedback.Domain.WorkingTime;
using Xunit;

namespace Feedback.Domain.Tests.WorkingTime;

public sealed class WorkCalendarTests
{
    private static readonly CalendarYear Year = new(2027, [new Holiday(new(2027, 1, 1))], [new(2027, 1, 3)], "a notice");

    [Theory]
    [InlineData("2026-10-10", DayStatus.Working)]
    [InlineData("2026-10-01", DayStatus.Rest)]
    [InlineData("2026-10-11", DayStatus.Rest)]
    [InlineData("2026-10-12", DayStatus.Working)]
    [InlineData("2027-01-04", DayStatus.Unknown)]
    [InlineData("2027-01-03", DayStatus.Unknown)]
    [InlineData("2003-12-31", DayStatus.Unknown)]
    public void A_day_is_worked_or_free_or_unknown(string day, DayStatus status) => Assert.Equal(status, WorkCalendar.China.StatusOf(Some.On(day)));

    [Fact]
    public void A_later_import_of_a_year_replaces_the_earlier_one()
    {
        var first = WorkCalendar.China.With(Year);
        var second = first.With(Year with { Holidays = [new Holiday(new(2027, 1, 4))], Workdays = [] });

        Assert.Equal((DayStatus.Rest, DayStatus.Working), (first.StatusOf(new(2027, 1, 1)), first.StatusOf(new(2027, 1, 3))));
        Assert.Equal((DayStatus.Working, DayStatus.Rest, DayStatus.Rest), (second.StatusOf(new(2027, 1, 1)), second.StatusOf(new(2027, 1, 3)), second.StatusOf(new(2027, 1, 4))));
    }

    [Fact]
    public void The_notice_of_a_year_also_decides_on_the_December_before() => Assert.Equal(
        DayStatus.Rest, WorkCalendar.China.With(Year with { Holidays = [new Holiday(new(2026, 12, 31)), new Holiday(new(2027, 1, 1))] }).StatusOf(new(2026, 12, 31)));

    [Theory]
    [InlineData("2026-10-31", null)]
    [InlineData("2026-11-01", 2027)]
    [InlineData("2026-12-31", 2027)]
    [InlineData("2027-03-01", 2027)]
    public void From_November_on_the_next_year_is_missing(string day, int? year) => Assert.Equal(year, WorkCalendar.China.MissingOn(Some.On(day)));

    [Fact]
    public void What_is_known_is_not_missing() => Assert.Null(WorkCalendar.China.With(Year).MissingOn(new(2026, 11, 1)));

    [Fact]
    public void A_holiday_is_known_by_name()
    {
        Assert.Equal(("清明节", "Tomb-sweeping Day"), (WorkCalendar.China.HolidayOn(new(2026, 4, 6))!.Zh, WorkCalendar.China.HolidayOn(new(2026, 4, 6))!.En));
        Assert.True(WorkCalendar.China.IsMadeUp(new(2026, 2, 28)));
        Assert.False(WorkCalendar.China.IsMadeUp(new(2026, 2, 27)));
    }

    public static TheoryData<string, string, CalendarYear> Wrong => new()
    {
        { "calendar-empty", "holidays", Year with { Holidays = [] } },
        { "calendar-day-outside", "holidays", Year with { Holidays = [new Holiday(new(2026, 11, 30))] } },
        { "calendar-day-outside", "workdays", Year with { Workdays = [new(2028, 1, 1)] } },
        { "calendar-day-twice", "workdays", Year with { Workdays = [new(2027, 1, 1)] } },
        { "calendar-workday-ordinary", "workdays", Year with { Workdays = [new(2027, 1, 4)] } },
        { "count-invalid", "year", Year with { Year = 20 } },
        { "policy-text", "source", Year with { Source = " " } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_year_that_cannot_be_is_refused(string code, string field, CalendarYear year) => Assert.Equal((code, field), (year.Check()?.Code, year.Check()?.Field));

    [Fact]
    public void Every_year_that_comes_with_the_program_can_be() => Assert.All(WorkCalendar.China.Years, year => Assert.Null(year.Check()));
}
