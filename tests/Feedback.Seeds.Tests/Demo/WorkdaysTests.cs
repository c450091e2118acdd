using Feedback.Seeds.Tests.Support;
using Xunit;

namespace Feedback.Seeds.Tests.Demo;

/// <summary>On which days the demo's offices are open, as the history shows it. Known days: the State Council's notices for 2025 and 2026.</summary>
public sealed class WorkdaysTests
{
    private static async Task<bool> HasVisitsAsync(string day)
    {
        var wanted = DateOnly.ParseExact(day, "yyyy-MM-dd");
        var plan = await Histories.PlanAsync(days: 1, now: $"{wanted.AddDays(1):yyyy-MM-dd}T04:00:00+08:00");
        return Histories.Matters(plan).Any(matter => Histories.DayOf(matter) == wanted);
    }

    [Theory]
    [InlineData("2025-10-08")] // a Wednesday: the last day of National Day and Mid-Autumn
    [InlineData("2026-02-16")] // a Monday: the first workday lost to the Spring Festival
    [InlineData("2026-02-23")]
    [InlineData("2026-06-19")] // a Friday: Dragon Boat
    [InlineData("2026-11-21")] // a Saturday like any other
    public async Task Offices_are_closed_on_holidays_and_weekends(string day) => Assert.False(await HasVisitsAsync(day));

    [Theory]
    [InlineData("2025-10-11")] // a Saturday, worked for National Day
    [InlineData("2026-02-14")] // a Saturday, worked for the Spring Festival
    [InlineData("2026-01-04")] // a Sunday, worked for New Year
    [InlineData("2026-11-23")]
    public async Task Offices_are_open_on_workdays_and_days_that_make_up_for_holidays(string day) => Assert.True(await HasVisitsAsync(day));

    [Theory]
    [InlineData("2031-10-01", true)] // a Wednesday
    [InlineData("2031-10-04", false)] // a Saturday
    public async Task Of_a_year_without_notice_only_weekends_are_known(string day, bool open) => Assert.Equal(open, await HasVisitsAsync(day));
}
