using CsCheck;
using Feedback.Domain.Tests.Support;
using Feedback.Domain.Time;
using Xunit;

namespace Feedback.Domain.Tests.Time;

/// <summary>
/// Known answers from the tz database as CPython's <c>zoneinfo</c> reads it. Summer time of China, 1986–1991: the State Council's
/// notice of 1986; from 02:00 on a Sunday in April (1986: on 4 May) to 02:00 on a Sunday in September.
/// </summary>
public sealed class HallZoneTests
{
    [Theory]
    [InlineData("Asia/Shanghai", "2026-03-01T15:59:59.999Z", "2026-03-01", 23)]
    [InlineData("Asia/Shanghai", "2026-03-01T16:00:00Z", "2026-03-02", 0)]
    // China's summer time: UTC+9.
    [InlineData("Asia/Shanghai", "1986-05-03T15:00:00Z", "1986-05-03", 23)]
    [InlineData("Asia/Shanghai", "1986-06-01T15:00:00Z", "1986-06-02", 0)]
    [InlineData("Asia/Shanghai", "1991-09-14T14:59:59Z", "1991-09-14", 23)]
    [InlineData("Asia/Shanghai", "1992-06-01T15:00:00Z", "1992-06-01", 23)]
    // London, spring: 01:00 becomes 02:00; autumn: 02:00 becomes 01:00.
    [InlineData("Europe/London", "2026-03-29T00:59:59Z", "2026-03-29", 0)]
    [InlineData("Europe/London", "2026-03-29T01:00:00Z", "2026-03-29", 2)]
    [InlineData("Europe/London", "2026-07-01T23:00:00Z", "2026-07-02", 0)]
    [InlineData("Europe/London", "2026-10-25T00:30:00Z", "2026-10-25", 1)]
    [InlineData("Europe/London", "2026-10-25T01:30:00Z", "2026-10-25", 1)]
    [InlineData("Europe/London", "2026-10-25T02:00:00Z", "2026-10-25", 2)]
    // Half hours and three quarters.
    [InlineData("Asia/Kolkata", "2026-03-01T18:29:59Z", "2026-03-01", 23)]
    [InlineData("Asia/Kolkata", "2026-03-01T18:30:00Z", "2026-03-02", 0)]
    [InlineData("Asia/Kathmandu", "2026-03-01T18:15:00Z", "2026-03-02", 0)]
    [InlineData("Australia/Lord_Howe", "2026-01-01T13:00:00Z", "2026-01-02", 0)]
    // Clocks that skip midnight: 00:00 never was.
    [InlineData("America/Sao_Paulo", "2018-11-04T02:59:59Z", "2018-11-03", 23)]
    [InlineData("America/Sao_Paulo", "2018-11-04T03:00:00Z", "2018-11-04", 1)]
    [InlineData("Asia/Beirut", "2022-03-26T22:00:00Z", "2022-03-27", 1)]
    // The calendar ends with the year 9999; a device's clock may not know that.
    [InlineData("Asia/Shanghai", "9999-12-31T23:59:59.999Z", "9999-12-31", 17)]
    [InlineData("Pacific/Kiritimati", "9999-12-31T23:59:59.999Z", "9999-12-31", 23)]
    public void An_instant_has_a_local_day_and_hour(string zone, string instant, string day, int hour) =>
        Assert.Equal((Some.On(day), hour), HallZone.Get(zone).LocalTime(Some.At(instant)));

    [Theory]
    [InlineData("Asia/Shanghai", "2026-03-02", 540, "2026-03-02T01:00:00Z")]
    [InlineData("Asia/Shanghai", "2026-03-02", 1440, "2026-03-02T16:00:00Z")]
    [InlineData("Europe/London", "2026-03-29", 1020, "2026-03-29T16:00:00Z")]
    [InlineData("Europe/London", "2026-03-29", 90, "2026-03-29T01:00:00Z")] // 01:30 is skipped
    [InlineData("Europe/London", "2026-10-25", 90, "2026-10-25T00:30:00Z")] // 01:30 comes twice
    [InlineData("America/Sao_Paulo", "2018-11-04", 0, "2018-11-04T03:00:00Z")]
    public void A_time_on_the_wall_has_an_instant(string zone, string day, int minute, string instant) =>
        Assert.Equal(Some.At(instant), HallZone.Get(zone).InstantOf(Some.On(day), minute));

    [Theory]
    [InlineData("Asia/Shanghai", "2026-03-02", "2026-03-01T16:00:00Z")]
    [InlineData("Asia/Shanghai", "1988-07-01", "1988-06-30T15:00:00Z")]
    [InlineData("Europe/London", "2026-03-29", "2026-03-29T00:00:00Z")]
    [InlineData("Europe/London", "2026-03-30", "2026-03-29T23:00:00Z")]
    [InlineData("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z")]
    [InlineData("Asia/Beirut", "2022-03-27", "2022-03-26T22:00:00Z")]
    [InlineData("Asia/Kathmandu", "2026-03-02", "2026-03-01T18:15:00Z")]
    public void A_day_starts_at_its_first_instant(string zone, string day, string instant) =>
        Assert.Equal(Some.At(instant), HallZone.Get(zone).StartOf(Some.On(day)));

    [Theory]
    [InlineData("Europe/London", "2026-03-29", 23)]
    [InlineData("Europe/London", "2026-10-25", 25)]
    [InlineData("America/Sao_Paulo", "2018-11-04", 23)]
    [InlineData("Asia/Shanghai", "2026-03-29", 24)]
    public void A_day_is_as_long_as_its_clocks_make_it(string zone, string day, int hours) =>
        Assert.Equal(hours * 60 * Some.Minute, HallZone.Get(zone).StartOf(Some.On(day).AddDays(1)) - HallZone.Get(zone).StartOf(Some.On(day)));

    [Theory]
    [InlineData("")]
    [InlineData("Asia/Atlantis")]
    [InlineData("asia/shanghai")]
    [InlineData("China Standard Time")]
    public void A_name_that_is_no_zone_of_the_tz_database_is_not_found(string zone)
    {
        Assert.Null(HallZone.Find(zone));
        Assert.Throws<ArgumentException>(() => HallZone.Get(zone));
    }

    [Fact]
    public void Every_instant_lies_in_the_half_open_span_of_its_day() =>
        Gen.Select(Zones, Gen.Long[0, 80 * 365 * Some.Day]).Sample(
            (zone, instant) =>
            {
                var day = zone.LocalTime(instant).Day;
                return zone.StartOf(day) <= instant && instant < zone.StartOf(day.AddDays(1));
            },
            iter: 10_000);

    [Fact]
    public void A_days_first_instant_is_on_that_day_and_the_one_before_is_not() =>
        Gen.Select(Zones, Gen.Int[0, 80 * 365]).Sample(
            (zone, number) =>
            {
                var day = Some.On("1970-01-02").AddDays(number);
                return zone.LocalTime(zone.StartOf(day)).Day == day && zone.LocalTime(zone.StartOf(day) - 1).Day == day.AddDays(-1);
            },
            iter: 10_000);

    private static readonly Gen<HallZone> Zones = Gen.OneOf(
        "Asia/Shanghai", "Europe/London", "America/Sao_Paulo", "Asia/Beirut", "Asia/Kathmandu", "Australia/Lord_Howe")
        .Select(HallZone.Get);
}
