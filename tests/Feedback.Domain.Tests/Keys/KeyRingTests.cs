using Feedback.Domain.Journal;
using Feedback.Domain.Keys;
using Feedback.Domain.Tests.Support;
using Xunit;

namespace Feedback.Domain.Tests.Keys;

public sealed class KeyRingTests
{
    /// <summary>Source: Python 3, <c>hashlib.sha256(b'correct horse').hexdigest()</c>.</summary>
    private const string Hash = "4104d36f8da2c254349f85836793ebe029e0c957063a34c91c2e9203187b5631";

    private static readonly KeyRing Ring = KeyRing.Empty
        .Apply(new DeviceKeyIssued { Salt = Some.Salt, Key = "k1", Terminal = "t1", Scope = Some.Hall, Hash = Hash, At = 1 })
        .Apply(new ApiTokenIssued { Salt = Some.Salt, Key = "k2", Scope = new("n1"), Hash = KeyRing.HashOf("token"), At = 2 });

    private static readonly KeyRing Revoked = Ring.Apply(new KeyRevoked { Salt = Some.Salt, Key = "k1", At = 3 });

    [Fact]
    public void A_secret_is_known_only_by_its_hash() => Assert.Equal(Hash, KeyRing.HashOf("correct horse"));

    [Fact]
    public void A_device_key_is_found_by_its_secret() => Assert.Equal(
        new IssuedKey("k1", KeyPurpose.Device, "t1", Some.Hall, Hash, From: 1), Ring.Find("correct horse"));

    [Fact]
    public void A_token_reads_and_proves_no_terminal() =>
        Assert.Equal((KeyPurpose.Read, null), (Ring.Find("token")!.Purpose, Ring.Find("token")!.Terminal));

    [Theory]
    [InlineData("")]
    [InlineData("Correct horse")]
    [InlineData(Hash)]
    public void No_other_text_finds_a_key(string secret) => Assert.Null(Ring.Find(secret));

    [Fact]
    public void A_revoked_key_is_still_known_and_said_to_be_revoked()
    {
        Assert.True(Revoked.Find("correct horse")!.Revoked);
        Assert.True(Revoked.FindById("k1")!.Revoked);
        Assert.False(Revoked.Find("token")!.Revoked);
        Assert.False(Ring.Find("correct horse")!.Revoked);
    }

    [Fact]
    public void A_number_is_never_given_twice() => Assert.Equal((1, 3, 3), (KeyRing.Empty.NextNumber, Ring.NextNumber, Revoked.NextNumber));

    [Fact]
    public void Keys_are_listed_in_the_order_in_which_they_were_issued()
    {
        var ring = Enumerable.Range(3, 9).Aggregate(Revoked, (ring, number) => ring.Apply(
            new ApiTokenIssued { Salt = Some.Salt, Key = $"k{number}", Scope = Some.Hall, Hash = KeyRing.HashOf($"secret {number}"), At = number }));
        Assert.Equal(Enumerable.Range(1, 11).Select(number => $"k{number}"), ring.Keys.Select(key => key.Id));
    }

    [Fact]
    public void Revoking_an_unknown_key_only_moves_the_version_on()
    {
        var after = Ring.Apply(new KeyRevoked { Salt = Some.Salt, Key = "k9", At = 3 });
        Assert.Equal(3, after.Version);
        Assert.Equal(Ring.Keys, after.Keys);
    }

    [Fact]
    public void A_key_is_good_from_its_issue_until_its_end_or_its_revocation()
    {
        var ends = Ring.Apply(new KeyEnds { Salt = Some.Salt, Key = "k1", By = "k9", Expires = 10, At = 5 }).FindById("k1")!;
        var revoked = Ring.Apply(new KeyRevoked { Salt = Some.Salt, Key = "k1", At = 7 }).FindById("k1")!;

        Assert.Equal([false, true, true, false], new long[] { 0, 1, 9, 10 }.Select(ends.IsGoodAt));
        Assert.Equal([false, true, true, false], new long[] { 0, 1, 6, 7 }.Select(revoked.IsGoodAt));
        Assert.Equal(("k9", 10), (ends.ReplacedBy, ends.Expires));
    }

    [Fact]
    public void An_end_never_moves_out_and_a_revocation_stays_the_first_one()
    {
        var ring = Ring.Apply(new KeyEnds { Salt = Some.Salt, Key = "k1", By = "k9", Expires = 10, At = 5 })
            .Apply(new KeyEnds { Salt = Some.Salt, Key = "k1", By = "k9", Expires = 20, At = 6 })
            .Apply(new KeyRevoked { Salt = Some.Salt, Key = "k1", At = 7 }).Apply(new KeyRevoked { Salt = Some.Salt, Key = "k1", At = 8 });

        Assert.Equal((10, 7), (ring.FindById("k1")!.Expires, ring.FindById("k1")!.RevokedAt));
    }

    [Fact]
    public void A_code_is_open_until_a_key_was_issued_for_it_or_its_time_is_over()
    {
        var open = Ring.Apply(new EnrolmentCodeIssued
        {
            Salt = Some.Salt,
            Code = "c1",
            Scope = Some.Window,
            Hash = KeyRing.HashOf("code"),
            Algorithms = [KeyAlgorithm.Es256],
            Expires = 10,
            At = 3,
        });
        var used = open.Apply(new DeviceKeyIssued { Salt = Some.Salt, Key = "k3", Terminal = "t3", Scope = Some.Window, Hash = KeyRing.HashOf("key"), Code = "c1", At = 4 });

        Assert.False(open.Apply(new EnrolmentCodeRevoked { Salt = Some.Salt, Code = "c1", At = 5 }).FindCodeById("c1")!.IsOpenAt(5));
        // What was used stays so.
        Assert.Equal(used.FindCodeById("c1"), used.Apply(new EnrolmentCodeRevoked { Salt = Some.Salt, Code = "c1", At = 5 }).FindCodeById("c1"));
        Assert.Equal([true, false], new long[] { 9, 10 }.Select(open.FindCode(KeyRing.HashOf("code"))!.IsOpenAt));
        Assert.Equal(("k3", false), (used.FindCode(KeyRing.HashOf("code"))!.UsedFor, used.FindCode(KeyRing.HashOf("code"))!.IsOpenAt(5)));
        Assert.Equal((2, 3), (used.NextCodeNumber, open.NextNumber));
    }

    [Fact]
    public void An_event_of_another_stream_is_refused() => Assert.Throws<UnknownKindException>(() => Ring.Apply(Some.Accepted()));
}
