using CsCheck;
using Feedback.Domain.Journal;
using Feedback.Domain.Tests.Support;
using Feedback.Domain.Windows;
using Xunit;

namespace Feedback.Domain.Tests.Windows;

public sealed class KnownIdsTests
{
    [Fact]
    public void A_remembered_identity_has_its_version()
    {
        var known = new KnownIds();
        known.Add(Id(1), 5, rowAt: 100, ownTime: 90);
        Assert.Equal((5, null), (known.Find(Id(1)), known.Find(Id(2))));
    }

    [Fact]
    public void A_repeated_identity_keeps_its_first_version()
    {
        var known = new KnownIds();
        known.Add(Id(1), 5, 100, 90);
        known.Add(Id(1), 6, 100, 90);
        Assert.Equal((1, 5), (known.Count, known.Find(Id(1))));
    }

    [Fact]
    public void The_oldest_gives_way_to_the_newest()
    {
        var known = Filled(KnownIds.Capacity + 1);
        Assert.Equal(KnownIds.Capacity, known.Count);
        Assert.Null(known.Find(Id(0)));
        Assert.Equal((1, KnownIds.Capacity), (known.Find(Id(1)), known.Find(Id(KnownIds.Capacity))));
    }

    [Fact]
    public void Nothing_is_looked_up_before_something_was_forgotten()
    {
        var known = Filled(KnownIds.Capacity);
        Assert.False(known.MayBeInForgottenRows(Id(0), ownTime: 0));
        Assert.False(known.MayBeForgottenLate(ownTime: 0));
    }

    [Fact]
    public void What_is_later_than_everything_forgotten_is_not_looked_for()
    {
        var known = new KnownIds();
        known.Add(Id(-1), 1, rowAt: Some.Morning, ownTime: Some.Morning + (2 * Some.Minute));
        for (var i = 0; i < KnownIds.Capacity; i++)
            known.Add(Id(i), i + 2, Some.Morning + Some.Minute, Some.Morning + Some.Minute);
        Assert.True(known.MayBeInForgottenRows(Id(-1), Some.Morning + (2 * Some.Minute)));
        Assert.False(known.MayBeInForgottenRows(Id(-1), Some.Morning + (2 * Some.Minute) + 1));
    }

    [Fact]
    public void Where_own_times_were_not_kept_a_forgotten_row_may_hold_events_that_are_five_minutes_ahead_of_it()
    {
        var known = KnownIds.Unpack(Filled(KnownIds.Capacity + 1, rowAt: Some.Morning).Pack());
        Assert.True(known.MayBeInForgottenRows(Id(-1), Some.Morning + (5 * Some.Minute)));
        Assert.False(known.MayBeInForgottenRows(Id(-1), Some.Morning + (5 * Some.Minute) + 1));
    }

    [Fact]
    public void Of_what_was_never_there_hardly_anything_is_looked_for_in_what_was_forgotten_lately()
    {
        var known = new KnownIds();
        for (var i = 0; i < KnownIds.Capacity + ForgottenIds.Half; i++)
            known.Add(Identities.OfEvaluation("kiosk", $"live-{i}"), i + 1, Some.Morning, Some.Morning);

        var lookedFor = Enumerable.Range(0, 10_000).Count(i => known.MayBeInForgottenRows(Identities.OfEvaluation("kiosk", $"kept-{i}"), Some.Morning));

        // 0.24 % of them: see the formula at the filter. The hashes are fixed, so this number never changes.
        Assert.InRange(lookedFor, 1, 50);
    }

    [Fact]
    public void What_was_forgotten_longest_ago_is_looked_for_whatever_its_identity()
    {
        var known = new KnownIds();
        for (var i = 0; i < KnownIds.Capacity + (3 * ForgottenIds.Half); i++)
            known.Add(Identities.OfEvaluation("kiosk", $"live-{i}"), i + 1, Some.Morning + i, Some.Morning + i);
        var other = Identities.OfEvaluation("kiosk", "kept-0");

        Assert.True(known.MayBeInForgottenRows(other, Some.Morning + ForgottenIds.Half - 1));
        Assert.False(known.MayBeInForgottenRows(other, Some.Morning + ForgottenIds.Half));
    }

    [Fact]
    public void What_was_forgotten_before_memory_was_packed_is_looked_for_whatever_its_identity()
    {
        var known = Filled(KnownIds.Capacity + 1, rowAt: Some.Morning);
        var unpacked = KnownIds.Unpack(known.Pack(), known.ForgottenOwnThrough);

        Assert.True(unpacked.MayBeInForgottenRows(Id(-1), Some.Morning));
    }

    [Fact]
    public void A_forgotten_late_identity_may_be_asked_for_by_its_own_time()
    {
        var known = new KnownIds();
        known.Add(Id(-1), 1, rowAt: Some.Morning, ownTime: Some.Morning - Some.Day);
        for (var i = 0; i < KnownIds.Capacity; i++)
            known.Add(Id(i), i + 2, Some.Morning, Some.Morning);
        Assert.True(known.MayBeForgottenLate(Some.Morning - Some.Day));
        Assert.False(known.MayBeForgottenLate(Some.Morning - Some.Day + 1));
    }

    [Fact]
    public void Forgotten_late_identities_send_nobody_to_their_rows()
    {
        var known = new KnownIds();
        for (var i = 0; i <= KnownIds.Capacity; i++)
            known.Add(Id(i), i + 1, rowAt: Some.Morning, ownTime: Some.Morning - Some.Day);
        Assert.False(known.MayBeInForgottenRows(Id(0), Some.Morning));
        Assert.False(known.MayBeForgottenLate(Some.Morning));
        Assert.True(known.MayBeForgottenLate(Some.Morning - Some.Day));
    }

    [Fact]
    public void Memory_survives_its_bytes() => Gen.Int[0, 5000].Sample(
        count =>
        {
            var known = Filled(count);
            var unpacked = KnownIds.Unpack(known.Pack(), known.ForgottenOwnThrough);
            return unpacked.Count == known.Count && (unpacked.ForgottenThrough, unpacked.ForgottenOwnThrough) == (known.ForgottenThrough, known.ForgottenOwnThrough)
                && unpacked.ForgottenLateThrough == known.ForgottenLateThrough && unpacked.Pack().AsSpan().SequenceEqual(known.Pack());
        },
        iter: 300);

    [Fact]
    public void Memory_is_kept_as_exactly_these_bytes()
    {
        var known = new KnownIds();
        known.Add(Some.Salt, 258, 1, -1);
        Assert.Equal(
            "8000000000000000" + "8000000000000000" + "000102030405060708090a0b0c0d0e0f" + "0000000000000102" + "0000000000000001" + "ffffffffffffffff",
            Convert.ToHexStringLower(known.Pack()));
    }

    [Fact]
    public void No_bytes_are_an_empty_memory() => Assert.Equal(0, KnownIds.Unpack([]).Count);

    [Theory]
    [InlineData(15)]
    [InlineData(17)]
    [InlineData(55)]
    public void Bytes_that_are_cut_off_are_refused(int length) => Assert.Throws<FormatException>(() => KnownIds.Unpack(new byte[length]));

    /// <summary>
    /// What must never be: an identity stored before, forgotten, and not looked for. The journal stands beside the memory as a plain list.
    /// Identities share their low bits, so that they meet in the same buckets.
    /// </summary>
    [Fact]
    public void Whatever_was_stored_is_remembered_or_looked_for() =>
        Gen.Select(Gen.Int[0, 20_000], Gen.OneOf(0L, 1L, Some.Minute, 90 * Some.Minute), Gen.Int[0, 50], Gen.Int).Sample(
            (count, late, mod, seed) =>
            {
                var random = new Random(seed);
                var (known, stored, row) = (new KnownIds(), new Dictionary<Opaque, (long Version, long Row, long Own)>(), Some.Morning);
                for (var i = 1; i <= count; i++)
                {
                    row += random.Next(0, 2000);
                    var own = row - random.NextInt64(-4 * Some.Minute, late + 1) - (random.Next(50) < mod ? Some.Day : 0);
                    var identity = Id(random.Next(16_000));
                    if (stored.TryAdd(identity, (i, row, own)))
                        known.Add(identity, i, row, own);
                }

                return known.Count == Math.Min(stored.Count, KnownIds.Capacity) && stored.All(one => known.Find(one.Key) is { } version
                    ? version == one.Value.Version
                    : Identities.IsLate(one.Value.Own, one.Value.Row) ? known.MayBeForgottenLate(one.Value.Own) : known.MayBeInForgottenRows(one.Key, one.Value.Own));
            },
            iter: 300);

    private static KnownIds Filled(int count, long rowAt = 1000)
    {
        var known = new KnownIds();
        for (var i = 0; i < count; i++)
            known.Add(Id(i), i, rowAt, rowAt);
        return known;
    }

    private static Opaque Id(int number) => new(new UInt128((ulong)number, (ulong)number % 101));
}
