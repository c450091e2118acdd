using Feedback.Analytics.Grades;
using Xunit;

namespace Feedback.Analytics.Tests.Grades;

public class GradeCountsTests
{
    private static readonly GradeCounts Counts = new(
        verySatisfied: 50, satisfied: 40, fairlySatisfied: 30, dissatisfied: 20, veryDissatisfied: 10);

    [Fact]
    public void Each_grade_is_found_by_its_number() =>
        Assert.Equal([10, 20, 30, 40, 50], Enumerable.Range(1, 5).Select(grade => Counts[grade]));

    [Fact]
    public void Good_and_bad_divide_the_total()
    {
        Assert.Equal(120, Counts.Good);
        Assert.Equal(30, Counts.Bad);
        Assert.Equal(150, Counts.Total);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    public void There_is_no_grade_beyond_one_to_five(int grade) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Counts[grade]);

    [Fact]
    public void Counts_are_added_grade_by_grade() =>
        Assert.Equal(new GradeCounts(51, 42, 33, 24, 15), Counts + new GradeCounts(1, 2, 3, 4, 5));

    [Fact]
    public void Sums_beyond_the_range_are_an_error() =>
        Assert.Throws<OverflowException>(() => Counts + new GradeCounts(long.MaxValue, 0, 0, 0, 0));

    [Theory]
    [InlineData(-1, 0, 0, 0, 0)]
    [InlineData(0, -1, 0, 0, 0)]
    [InlineData(0, 0, -1, 0, 0)]
    [InlineData(0, 0, 0, -1, 0)]
    [InlineData(0, 0, 0, 0, -1)]
    public void A_negative_count_is_refused(long five, long four, long three, long two, long one) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new GradeCounts(five, four, three, two, one));
}
