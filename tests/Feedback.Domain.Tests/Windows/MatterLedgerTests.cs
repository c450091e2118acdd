using CsCheck;
using Feedback.Domain.Tests.Support;
using Feedback.Domain.Windows;
using Xunit;

namespace Feedback.Domain.Tests.Windows;

public sealed class MatterLedgerTests
{
    private static readonly DateOnly Today = Some.On("2026-03-02");
    private readonly MatterLedger _ledger = new();

    [Fact]
    public void A_stored_entry_gives_way_to_a_newer_one_wherever_it_is_kept()
    {
        _ledger.Load(Today, new MatterEntry(1, Since: 3, Version: 5, At: 500, Ratings: 1, Finished: true));
        _ledger.Load(Today.AddDays(-1), new MatterEntry(1, Since: 3, Version: 4, At: 400, Ratings: 1, Finished: false));
        Assert.Equal([5], _ledger.On(Today).Select(entry => entry.Version));
        Assert.Empty(_ledger.On(Today.AddDays(-1)));
        _ledger.Load(Today.AddDays(1), new MatterEntry(1, Since: 3, Version: 6, At: 600, Ratings: 2, Finished: true));
        Assert.Empty(_ledger.On(Today));
    }

    [Fact]
    public void A_rating_waits_with_the_day_of_the_last_one()
    {
        _ledger.Rate(Some.Bytes(1), Today, at: 100, version: 1);
        _ledger.Rate(Some.Bytes(1), Today.AddDays(1), at: 200, version: 2);
        Assert.Equal([new MatterEntry(Some.Bytes(1).Leading, 1, 2, 200, 2, Finished: false)], _ledger.On(Today.AddDays(1)));
    }

    [Fact]
    public void Matters_out_of_reach_are_forgotten()
    {
        _ledger.Finish(Some.Bytes(1), Today, at: 99, version: 1);
        _ledger.Finish(Some.Bytes(2), Today, at: 100, version: 2);
        _ledger.Forget(before: 100, _ => false);
        Assert.Equal([Some.Bytes(2).Leading], _ledger.On(Today).Select(entry => entry.Matter));
    }

    [Fact]
    public void Matters_of_a_day_that_is_still_held_are_not_forgotten()
    {
        _ledger.Finish(Some.Bytes(1), Today, at: 1, version: 1);
        _ledger.Forget(before: 100, day => day == Today);
        Assert.Equal(1, _ledger.Count);
    }

    [Fact]
    public void Excluding_a_rating_that_is_not_counted_changes_nothing()
    {
        Assert.Null(_ledger.Unrate(Some.Bytes(1), rating: 1, version: 2));
        _ledger.Finish(Some.Bytes(1), Today, at: 100, version: 3);
        Assert.Null(_ledger.Unrate(Some.Bytes(1), rating: 1, version: 4));
    }

    [Fact]
    public void A_clock_that_stepped_back_does_not_make_a_finish_a_second_matter()
    {
        _ledger.Finish(Some.Bytes(1), Today, at: 100 * Some.Day, version: 1);
        Assert.Equal((false, false), _ledger.Finish(Some.Bytes(1), Today, at: 1 * Some.Day, version: 2));
    }

    [Fact]
    public void Entries_are_kept_as_exactly_these_bytes() => Assert.Equal(
        "0001020304050607" + "0000000000000101" + "0000000000000102" + "0000019cac2a9dc0" + "00000003" + "01"
        + "ffffffffffffffff" + "0000000000000001" + "0000000000000002" + "ffffffffffffffff" + "00000000" + "00",
        Convert.ToHexStringLower(MatterEntries.Pack(
            [new MatterEntry(0x0001020304050607, 257, 258, Some.Morning, 3, Finished: true), new MatterEntry(ulong.MaxValue, 1, 2, -1, 0, Finished: false)])));

    [Fact]
    public void Entries_survive_their_bytes() => Gen.Select(Gen.ULong, Gen.Long, Gen.Long, Gen.Long, Gen.Int, Gen.Bool)
        .Select((matter, since, version, at, ratings, finished) => new MatterEntry(matter, since, version, at, ratings, finished)).Array[0, 20]
        .Sample(entries => MatterEntries.Unpack(MatterEntries.Pack(entries)).SequenceEqual(entries), iter: 10_000);

    [Theory]
    [InlineData(1)]
    [InlineData(36)]
    [InlineData(75)]
    public void Bytes_that_are_cut_off_are_refused(int length) =>
        Assert.Throws<FormatException>(() => MatterEntries.Unpack(new byte[length]));
}
