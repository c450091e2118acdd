using CsCheck;
using Feedback.Domain.Tests.Support;
using Feedback.Domain.Time;
using Xunit;

namespace Feedback.Domain.Tests.Time;

public sealed class MomentTests
{
    [Theory]
    [InlineData("2026-03-02T09:30:00+08:00", Some.Morning, 480)]
    [InlineData("2026-03-02T01:30:00Z", Some.Morning, 0)]
    [InlineData("2026-03-02t01:30:00z", Some.Morning, 0)]
    [InlineData("2026-03-02 01:30:00Z", Some.Morning, 0)]
    [InlineData("2026-03-02T01:30:00-00:00", Some.Morning, 0)]
    [InlineData("2026-03-01T22:00:00-03:30", Some.Morning, -210)]
    [InlineData("2026-03-02T15:30:00+14:00", Some.Morning, 840)]
    [InlineData("2026-03-01T11:30:00-14:00", Some.Morning, -840)]
    [InlineData("2026-03-02T01:30:00.5Z", Some.Morning + 500, 0)]
    [InlineData("2026-03-02T01:30:00.123Z", Some.Morning + 123, 0)]
    [InlineData("2026-03-02T01:30:00.1239999Z", Some.Morning + 123, 0)]
    [InlineData("2026-03-02T09:30:00.123456789+08:00", Some.Morning + 123, 480)]
    [InlineData("2026-03-02T01:30:00.999999999999Z", Some.Morning + 999, 0)]
    [InlineData("1970-01-01T00:00:00Z", 0, 0)]
    [InlineData("1970-01-01T08:00:00+08:00", 0, 480)]
    [InlineData("2028-02-29T00:00:00Z", 1_835_395_200_000, 0)]
    public void A_date_time_with_an_offset_is_read(string text, long utc, short offset)
    {
        Assert.True(Moment.TryParse(text, out var moment));
        Assert.Equal(new Moment(utc, offset), moment);
    }

    [Theory]
    [InlineData("")]
    [InlineData("now")]
    [InlineData("1772415000")]
    // No offset: the instant is not known.
    [InlineData("2026-03-02T01:30:00")]
    [InlineData("2026-03-02T01:30:00.000")]
    [InlineData("2026-03-02T01:30:00.12345678")]
    // Not whole.
    [InlineData("2026-03-02")]
    [InlineData("2026-03-02Z")]
    [InlineData("2026-03-02T01:30Z")]
    [InlineData("2026-03-02T01:30+08:00")]
    [InlineData("2026-03-02T01+08:00")]
    [InlineData("2026-03-02T01:30:00.Z")]
    // Not that shape, although some reader takes it.
    [InlineData("01/02/2026T01:30:00Z")]
    [InlineData("2026/03/02T01:30:00Z")]
    [InlineData("02-03-2026T01:30:00Z")]
    [InlineData("2026-03-02T01:30:00 Z")]
    [InlineData("2026-03-02T01:30:00 +08:00")]
    [InlineData("2026-03-02T01:30:00,5Z")]
    [InlineData("2026-03-02T1:30:00 PMZ")]
    [InlineData("2026-03-02T01:30:00+0800")]
    [InlineData("2026-03-02T01:30:00+08")]
    [InlineData("2026-03-02T01:30:00+8:00")]
    [InlineData("2026-03-02T01:30:00 GMT")]
    [InlineData("2026-03-02T01:30:00GMT+08:00")]
    [InlineData(" 2026-03-02T01:30:00Z")]
    [InlineData("2026-03-02T01:30:00Z ")]
    [InlineData("2026-03-02T01:30:00Z\n")]
    [InlineData("２０２６-03-02T01:30:00Z")]
    [InlineData("2026-03-02T01:30:00+０8:00")]
    [InlineData("2026-03-02X01:30:00Z")]
    [InlineData("2026-03-02T01:30:00-08:00Z")]
    [InlineData("2026-03-02T01:30:00Z+08:00")]
    [InlineData("20260302T013000.0000Z")]
    [InlineData("+2026-03-02T01:30:00Z")]
    // No such day, hour or offset.
    [InlineData("2026-02-29T01:30:00Z")]
    [InlineData("2026-13-02T01:30:00Z")]
    [InlineData("2026-00-02T01:30:00Z")]
    [InlineData("2026-03-32T01:30:00Z")]
    [InlineData("2026-03-02T24:00:00Z")]
    [InlineData("2026-03-02T01:60:00Z")]
    [InlineData("2026-03-02T01:30:61Z")]
    [InlineData("2026-03-02T01:30:00+99:99")]
    [InlineData("2026-03-02T01:30:00+14:01")]
    [InlineData("2026-03-02T01:30:00-18:00")]
    [InlineData("2026-03-02T01:30:00+08:60")]
    [InlineData("2026-03-02T01:30:00+:8:00")]
    // Out of range.
    [InlineData("1969-12-31T23:59:59Z")]
    [InlineData("1970-01-01T00:00:00+08:00")]
    [InlineData("0000-03-02T01:30:00Z")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    [InlineData("9999-12-31T23:59:59-14:00")]
    [InlineData("12026-03-02T01:30:00Z")]
    public void Anything_else_is_refused(string text)
    {
        Assert.False(Moment.TryParse(text, out var moment));
        Assert.Equal(default, moment);
    }

    /// <summary>RFC 3339 allows 23:59:60. It comes at most twice a year and .NET has no such second: the device sends it again.</summary>
    [Fact]
    public void A_leap_second_is_refused() => Assert.False(Moment.TryParse("2016-12-31T23:59:60Z", out _));

    [Fact]
    public void No_text_makes_it_throw() => Gen.OneOf(
            Gen.String, Gen.Char["0123456789-+:.TtZz "].Array[0, 45].Select(characters => new string(characters)), Damaged)
        .Sample(text => { Moment.TryParse(text, out _); }, iter: 50_000);

    [Fact]
    public void Every_moment_is_read_back_from_its_own_text() => Moments.Sample(
        moment => Moment.TryParse(moment.ToString(), out var read) && read == moment, iter: 10_000);

    [Fact]
    public void A_moment_is_written_with_the_devices_offset() =>
        Assert.Equal("2026-03-01T22:00:00.000-03:30", new Moment(Some.Morning, -210).ToString());

    [Theory]
    [InlineData("Asia/Shanghai", "2026-03-02", "2026-03-01T16:00:00Z", 480)]
    [InlineData("Europe/London", "2026-07-01", "2026-06-30T23:00:00Z", 60)]
    [InlineData("Asia/Kathmandu", "2026-03-02", "2026-03-01T18:15:00Z", 345)]
    [InlineData("America/St_Johns", "2026-01-15", "2026-01-15T03:30:00Z", -210)]
    public void A_day_alone_stands_for_its_first_instant(string zone, string day, string instant, short offset) =>
        Assert.Equal(new Moment(Some.At(instant), offset, DateOnly: true), Moment.OnDay(Some.On(day), HallZone.Get(zone)));

    [Fact]
    public void A_day_alone_is_counted_on_that_day_even_where_clocks_skip_midnight()
    {
        var zone = HallZone.Get("America/Sao_Paulo");
        var moment = Moment.OnDay(Some.On("2018-11-04"), zone);
        Assert.Equal(Some.On("2018-11-04"), zone.LocalTime(moment.UtcMilliseconds).Day);
        Assert.StartsWith("2018-11-04T", moment.ToString(), StringComparison.Ordinal);
    }

    private static readonly Gen<Moment> Moments = Gen.Select(Gen.Long[0, 4_000_000_000_000], Gen.Short[-840, 840])
        .Select((utc, offset) => new Moment(utc, offset));

    private static readonly Gen<string> Damaged = Gen.Select(Moments, Gen.Int[0, 28], Gen.Char)
        .Select((moment, at, character) => moment.ToString().Remove(at, 1).Insert(at, character.ToString()));
}
