using Feedback.Domain.Lookups;
using Feedback.Domain.Tests.Support;
using Xunit;

namespace Feedback.Domain.Tests.Lookups;

public sealed class LookupTriesTests
{
    [Fact]
    public void The_fifth_wrong_code_closes_a_number_for_a_day_and_no_longer()
    {
        var tries = new LookupTries();
        for (var i = 0; i < LookupTries.Most; i++)
        {
            Assert.True(tries.MayTry(7, Some.Morning + i));
            tries.Fail(7, Some.Morning + i);
        }

        var last = Some.Morning + LookupTries.Most - 1;
        Assert.False(tries.MayTry(7, last));
        Assert.False(tries.MayTry(7, last + LookupTries.Closed - 1));
        Assert.True(tries.MayTry(8, last));
        Assert.True(tries.MayTry(7, last + LookupTries.Closed));
    }

    [Fact]
    public void What_was_written_is_read()
    {
        var tries = new LookupTries();
        for (var i = 0; i < LookupTries.Most; i++)
            tries.Fail(7, Some.Morning);
        tries.Fail(8, Some.Morning);

        var read = LookupTries.Read(tries.Write());

        Assert.Equal(tries.Write(), read.Write());
        Assert.False(read.MayTry(7, Some.Morning));
        Assert.True(read.MayTry(8, Some.Morning));
    }

    [Fact]
    public void Whoever_tries_thousands_of_numbers_closes_no_other_and_those_with_the_fewest_wrong_codes_are_forgotten()
    {
        var tries = new LookupTries();
        for (var version = 1; version <= LookupTries.Capacity; version++)
            tries.Fail(version, Some.Morning);
        for (var i = 1; i < LookupTries.Most; i++)
            tries.Fail(1, Some.Morning);

        for (var version = LookupTries.Capacity + 1; version <= 3 * LookupTries.Capacity; version++)
        {
            Assert.True(tries.MayTry(version, Some.Morning));
            tries.Fail(version, Some.Morning);
        }

        Assert.False(tries.MayTry(1, Some.Morning));
        Assert.Equal(LookupTries.Capacity, tries.Write().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public void Nobody_gets_more_than_one_try_more_by_making_a_number_forgotten()
    {
        var (tries, others) = (new LookupTries(), 1000L);
        for (var version = 1; version < LookupTries.Capacity; version++)
            FailOf(others++, LookupTries.Most);
        FailOf(7, LookupTries.Most - 1);

        FailOf(others++, 1);

        Assert.True(tries.MayTry(7, Some.Morning));
        FailOf(7, 1);
        Assert.False(tries.MayTry(7, Some.Morning));

        void FailOf(long version, int times)
        {
            for (var i = 0; i < times; i++)
                tries.Fail(version, Some.Morning);
        }
    }
}
