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
    public void Whoever_tries_thousands_of_numbers_closes_those_that_nobody_tried_before_and_only_for_a_day()
    {
        var tries = new LookupTries();
        for (var version = 1; version <= LookupTries.Capacity; version++)
            tries.Fail(version, Some.Morning);

        Assert.True(tries.MayTry(1, Some.Morning));
        Assert.False(tries.MayTry(LookupTries.Capacity + 1, Some.Morning));
        Assert.True(tries.MayTry(LookupTries.Capacity + 1, Some.Morning + LookupTries.Closed));
    }
}
