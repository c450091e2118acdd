using CsCheck;
using Feedback.Analytics.Periods;
using Xunit;

namespace Feedback.Analytics.Tests.Periods;

public class PeriodTests
{
    [Fact]
    public void The_first_day_belongs_to_a_period_and_the_last_named_does_not()
    {
        var november = new Period(new(2026, 11, 1), new(2026, 12, 1));

        Assert.True(november.Contains(new(2026, 11, 1)));
        Assert.True(november.Contains(new(2026, 11, 30)));
        Assert.False(november.Contains(new(2026, 12, 1)));
        Assert.False(november.Contains(new(2026, 10, 31)));
        Assert.Equal(30, november.Days);
    }

    [Fact]
    public void An_empty_or_reversed_period_is_refused()
    {
        var day = new DateOnly(2026, 11, 23);

        Assert.Throws<ArgumentOutOfRangeException>(() => new Period(day, day));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Period(day, day.AddDays(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Period(day, DateOnly.MaxValue));
    }

    [Theory]
    [InlineData(PeriodUnit.Day, "2026-11-23")]
    [InlineData(PeriodUnit.Week, "2026-W48")]
    [InlineData(PeriodUnit.Month, "2026-11")]
    [InlineData(PeriodUnit.Quarter, "2026-Q4")]
    [InlineData(PeriodUnit.Year, "2026")]
    [InlineData(PeriodUnit.Total, "total")]
    [InlineData(PeriodUnit.Hour, "total")]
    public void A_slice_is_named_after_its_whole_unit(PeriodUnit unit, string label)
    {
        var day = new Period(new(2026, 11, 23), new(2026, 11, 24));

        Assert.Equal([new PeriodSlice(label, day.From, day.To)], day.Split(unit));
    }

    // ISO 8601 week dates; the year ends are the examples of the standard's usual tables:
    // 2005-01-01 lies in 2004-W53, 2008-12-29 begins 2009-W01, 2010-01-03 ends 2009-W53.
    [Theory]
    [InlineData("2005-01-01", "2004-W53")]
    [InlineData("2005-01-02", "2004-W53")]
    [InlineData("2005-12-31", "2005-W52")]
    [InlineData("2008-12-28", "2008-W52")]
    [InlineData("2008-12-29", "2009-W01")]
    [InlineData("2010-01-03", "2009-W53")]
    public void Weeks_follow_ISO_8601_across_the_year_end(string day, string label)
    {
        var from = DateOnly.Parse(day);

        Assert.Equal(label, new Period(from, from.AddDays(1)).Split(PeriodUnit.Week).Single().Label);
    }

    [Fact]
    public void Weeks_begin_on_Monday_and_the_ends_are_clipped_to_the_period()
    {
        // 2026-11-01 is a Sunday.
        var slices = new Period(new(2026, 11, 1), new(2026, 11, 18)).Split(PeriodUnit.Week);

        Assert.Equal(
            [
                new("2026-W44", new(2026, 11, 1), new(2026, 11, 2)),
                new("2026-W45", new(2026, 11, 2), new(2026, 11, 9)),
                new("2026-W46", new(2026, 11, 9), new(2026, 11, 16)),
                new PeriodSlice("2026-W47", new(2026, 11, 16), new(2026, 11, 18)),
            ],
            slices);
    }

    [Fact]
    public void Quarters_begin_in_January_April_July_and_October()
    {
        var slices = new Period(new(2026, 2, 10), new(2027, 1, 2)).Split(PeriodUnit.Quarter);

        Assert.Equal(["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4", "2027-Q1"], slices.Select(slice => slice.Label));
        Assert.Equal(
            [new(2026, 2, 10), new(2026, 4, 1), new(2026, 7, 1), new(2026, 10, 1), new DateOnly(2027, 1, 1)],
            slices.Select(slice => slice.Start));
    }

    [Fact]
    public void A_leap_February_has_its_day() =>
        Assert.Equal(29, new Period(new(2028, 1, 1), new(2029, 1, 1)).Split(PeriodUnit.Month)[1].Days);

    [Fact]
    public void Slices_cover_the_period_once_in_order_and_carry_distinct_labels() => Periods.Sample((period, unit) =>
    {
        var slices = period.Split(unit);

        Assert.Equal(period.From, slices[0].Start);
        Assert.Equal(period.To, slices[^1].End);
        Assert.All(slices, slice => Assert.True(slice.Days > 0));
        Assert.All(slices.Zip(slices.Skip(1)), pair => Assert.Equal(pair.First.End, pair.Second.Start));
        Assert.Equal(slices.Count, slices.Select(slice => slice.Label).Distinct().Count());
    }, iter: 2_000);

    [Fact]
    public void The_ends_of_the_calendar_can_be_split()
    {
        foreach (var unit in Enum.GetValues<PeriodUnit>())
        {
            Assert.NotEmpty(new Period(new(1, 1, 1), new(1, 3, 1)).Split(unit));
            Assert.NotEmpty(new Period(new(9998, 11, 1), new(9999, 1, 1)).Split(unit));
        }
    }

    private static readonly Gen<(Period, PeriodUnit)> Periods =
        from start in Gen.Int[0, 3_650_000 - 1_500]
        from days in Gen.Int[1, 1_500]
        from unit in Gen.Enum<PeriodUnit>()
        select (new Period(DateOnly.FromDayNumber(start), DateOnly.FromDayNumber(start + days)), unit);
}
