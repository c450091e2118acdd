using Feedback.Api.Tests.Support;
using Feedback.Domain.WorkingTime;
using Xunit;

namespace Feedback.Api.Tests.Policies;

/// <summary>The years of the calendar are told and defined.</summary>
[Collection(OneSite.Name)]
public sealed class CalendarApiTests(RunningSite site)
{
    private WorkCalendar Calendar => site.Bureau.Current.Policies.Calendar;

    [Fact]
    public async Task A_year_that_is_defined_is_told_in_order_and_holds_at_once()
    {
        using var desk = await PolicyDesk.OpenAsync(site);
        Assert.Equal((404, "calendar-unknown"), (await desk.GetAsync("calendars/2094")) is var unknown ? (unknown.Status, unknown.Code) : default);

        var defined = await desk.PutAsync(
            "calendars/2094", """{"holidays":[{"day":"2094-02-15","zh":"春节"},{"day":"2093-12-31","zh":"元旦","en":"New Year's Day"}],"workdays":["2094-02-20","2094-01-09"],"source":" 通知一 "}""");

        const string Told = """{"year":2094,"source":"通知一","holidays":[{"day":"2093-12-31","zh":"元旦","en":"New Year's Day"},{"day":"2094-02-15","zh":"春节","en":null}],"workdays":["2094-01-09","2094-02-20"]}""";
        Assert.Equal((200, Told), (defined.Status, defined.Text));
        Assert.Equal(Told, (await desk.GetAsync("calendars/2094")).Text);
        Assert.Equal((DayStatus.Rest, DayStatus.Working), (Calendar.StatusOf(new(2094, 2, 15)), Calendar.StatusOf(new(2094, 2, 20))));
        var listed = (await desk.GetAsync("calendars")).Json["years"]!.AsArray().Single(year => (int)year!["year"]! == 2094)!;
        Assert.Equal("""{"year":2094,"source":"通知一","holidays":2,"workdays":2}""", listed.ToJsonString(ApiJson.Options));
    }

    [Fact]
    public async Task The_last_word_on_a_year_counts_and_the_very_same_appends_nothing()
    {
        using var desk = await PolicyDesk.OpenAsync(site);
        Assert.Equal(200, (await desk.PutAsync("calendars/2095", """{"source":"first","holidays":[{"day":"2095-01-03"}]}""")).Status);
        Assert.Equal(200, (await desk.PutAsync("calendars/2095", """{"source":"corrected","holidays":[{"day":"2095-01-04"}]}""")).Status);
        Assert.Equal((DayStatus.Working, DayStatus.Rest), (Calendar.StatusOf(new(2095, 1, 3)), Calendar.StatusOf(new(2095, 1, 4))));

        var before = site.Bureau.Current.Policies;
        Assert.Equal(200, (await desk.PutAsync("calendars/2095", """{"source":"corrected","holidays":[{"day":"2095-01-04"}],"workdays":null}""")).Status);
        Assert.Same(before, site.Bureau.Current.Policies);
    }

    [Fact]
    public async Task The_list_tells_whether_a_year_is_missing()
    {
        using var desk = await PolicyDesk.OpenAsync(site);

        var told = (await desk.GetAsync("calendars")).Json;

        var today = DateOnly.FromDateTime(site.Clock.GetUtcNow().UtcDateTime);
        Assert.Equal((Calendar.MissingOn(today), Calendar.Knows(today.Year + 1)), ((int?)told["missing"], (bool)told["nextYearKnown"]!));
        Assert.Equal(Calendar.Years.Select(year => year.Year), told["years"]!.AsArray().Select(year => (int)year!["year"]!));
    }
}
