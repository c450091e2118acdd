using Feedback.Domain.Organisation;
using Feedback.Domain.Release;
using Feedback.Domain.Tests.Support;
using Feedback.Domain.WorkingTime;
using Xunit;

namespace Feedback.Domain.Tests.Release;

public sealed class ReleaseRuleTests
{
    [Theory]
    [InlineData("n5", "2026-03-06", "2026-03-06")] // Friday: what was complete on Thursday
    [InlineData("n5", "2026-03-07", "2026-03-06")] // Saturday and Sunday: nothing new
    [InlineData("n5", "2026-03-08", "2026-03-06")]
    [InlineData("n5", "2026-03-09", "2026-03-09")] // Monday: Friday's, Saturday's and Sunday's
    [InlineData("n4", "2026-03-08", "2026-03-06")]
    [InlineData("n6", "2026-10-07", "2026-09-30")] // the last holiday of the National Day
    [InlineData("n6", "2026-10-10", "2026-10-10")] // a Saturday on which people work
    public void Windows_and_teams_show_something_new_on_working_days_only(string node, string today, string before) =>
        Assert.Equal(Some.On(before), ShownBefore(Bureau.Tree, node, today));

    [Fact]
    public void Days_that_the_bureau_defined_count_as_those_that_came_with_the_program()
    {
        var calendar = WorkCalendar.China.With(new CalendarYear(2031, [new Holiday(Some.On("2031-03-05"))], [Some.On("2031-03-08")], "a notice"));

        DateOnly? Before(string today) => ReleaseRule.ShownBefore(Bureau.Tree, calendar, Bureau.Tree.Find(new NodeId("n5"))!, Some.On(today));
        Assert.Equal(Some.On("2031-03-04"), Before("2031-03-05"));
        Assert.Equal(Some.On("2031-03-08"), Before("2031-03-09"));
    }

    [Theory]
    [InlineData("n3")]
    [InlineData("n2")]
    [InlineData("n1")]
    public void Halls_and_what_is_above_them_are_live(string node) => Assert.Null(ShownBefore(Bureau.Tree, node, "2026-03-08"));

    [Fact]
    public void A_hall_with_a_single_window_waits_as_that_window_does()
    {
        var moved = Bureau.Tree.With(Bureau.Moved(5, 7, "2026-03-05"));
        Assert.Null(ShownBefore(moved, "n3", "2026-03-04"));
        Assert.Equal(Some.On("2026-03-05"), ShownBefore(moved, "n3", "2026-03-05"));
        Assert.Equal(Some.On("2026-03-05"), ShownBefore(moved, "n7", "2026-03-05"));
        Assert.Null(ShownBefore(moved, "n2", "2026-03-05"));
    }

    private static DateOnly? ShownBefore(OrganisationTree tree, string node, string today) =>
        ReleaseRule.ShownBefore(tree, WorkCalendar.China, tree.Find(new NodeId(node))!, Some.On(today));
}
