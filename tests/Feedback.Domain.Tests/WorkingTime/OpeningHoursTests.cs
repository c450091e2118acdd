using Feedback.Domain.Organisation;
using Feedback.Domain.Tests.Support;
using Feedback.Domain.WorkingTime;
using Xunit;

namespace Feedback.Domain.Tests.WorkingTime;

public sealed class OpeningHoursTests
{
    private const string Groups = "Mon-Thu 09:00-12:00,13:30-17:00; Fri 9:00-15:00; Sat 09:00-12:00; Hol 10:00-12:00";

    [Theory]
    [InlineData("09:00-12:00,13:30-17:00", "2026-03-02", "540-720 810-1020")]
    [InlineData("09:00-12:00,13:30-17:00", "2026-03-07", "")]
    [InlineData("09:00-12:00,13:30-17:00", "2026-02-28", "540-720 810-1020")] // a Saturday that is worked
    [InlineData("13:30-17:00, 09:00-12:00", "2026-03-02", "540-720 810-1020")]
    [InlineData("09:00-12:00,12:00-17:00", "2026-03-02", "540-1020")]
    [InlineData("09:00–12:00，13:30—17:00", "2026-03-02", "540-720 810-1020")]
    [InlineData("00:00-24:00", "2026-03-02", "0-1440")]
    [InlineData(Groups, "2026-03-06", "540-900")]
    [InlineData(Groups, "2026-03-07", "540-720")]
    [InlineData(Groups, "2026-03-08", "600-720")] // a Sunday without a group has the hours of days of rest
    [InlineData(Groups, "2026-02-16", "600-720")]
    [InlineData(Groups, "2026-02-14", "540-720 810-1020")] // a worked Saturday has a weekday's hours
    [InlineData("Tue-Fri 09:00-17:00", "2026-03-02", "")]
    [InlineData("Tue-Fri 09:00-17:00", "2026-02-28", "540-1020")]
    [InlineData("mon,wed 08:00-10:00", "2026-03-04", "480-600")]
    [InlineData("Mon-Sun 08:00-10:00", "2026-03-08", "480-600")]
    [InlineData("Mon-Sun 08:00-10:00", "2026-02-16", "")]
    [InlineData("09:00-17:00", "2027-03-02", "?")]
    [InlineData("00:00-24:00; Hol 00:00-24:00", "2027-03-06", "0-1440")]
    public void Hours_of_a_day(string text, string day, string spans) => Assert.Equal(
        spans, OpeningHours.Parse(text).On(Some.On(day), WorkCalendar.China) is { } open ? string.Join(' ', open.Select(span => $"{span.From}-{span.To}")) : "?");

    [Theory]
    [InlineData("", "opening-hours-unreadable", "")]
    [InlineData("closed", "opening-hours-unreadable", "closed")]
    [InlineData("9-17", "opening-hours-unreadable", "9-17")]
    [InlineData("09:00-25:00", "opening-hours-unreadable", "09:00-25:00")]
    [InlineData("09:00-24:01", "opening-hours-unreadable", "09:00-24:01")]
    [InlineData("09:60-10:00", "opening-hours-unreadable", "09:60-10:00")]
    [InlineData("09:00-12:00;", "opening-hours-unreadable", "")]
    [InlineData("17:00-09:00", "opening-hours-order", "17:00-09:00")]
    [InlineData("09:00-09:00", "opening-hours-order", "09:00-09:00")]
    [InlineData("22:00-06:00", "opening-hours-order", "22:00-06:00")]
    [InlineData("09:00-12:00,11:59-17:00", "opening-hours-overlap", "09:00-12:00,11:59-17:00")]
    [InlineData("Mo 09:00-12:00", "opening-hours-day", "Mo")]
    [InlineData("Fri-Mon 09:00-12:00", "opening-hours-day", "Fri-Mon")]
    [InlineData("Mon-Hol 09:00-12:00", "opening-hours-day", "Mon-Hol")]
    [InlineData("09:00-12:00; Mon 09:00-12:00", "opening-hours-day-twice", "Mon")]
    [InlineData("Sat-Sun 09:00-12:00; Hol 09:00-12:00", "opening-hours-no-weekday", "Sat-Sun 09:00-12:00; Hol 09:00-12:00")]
    public void Nonsense_is_refused_by_name(string text, string code, string part)
    {
        Assert.False(OpeningHours.TryParse(text, out _, out var refusal));
        Assert.Equal((code, "openingHours", part), (refusal.Code, refusal.Field, refusal.Value));
    }

    [Fact]
    public void A_place_without_hours_has_those_of_the_nearest_place_above_that_has_some()
    {
        var tree = Bureau.Build(
            Bureau.Opened(1, NodeKind.District, null, "d") with { OpeningHours = "08:00-16:00" },
            Bureau.Opened(2, NodeKind.Hall, 1, "h") with { OpeningHours = "when the sun shines" },
            Bureau.Opened(3, NodeKind.Window, 2, "w"));

        Assert.Equal([new OpenSpan(480, 960)], OpeningHours.Of(tree.LineOn(new("n3"), new(2026, 3, 2))).On(new(2026, 3, 2), WorkCalendar.China)!.Value.AsEnumerable());
        Assert.Same(OpeningHours.Usual, OpeningHours.Of([]));
    }
}
