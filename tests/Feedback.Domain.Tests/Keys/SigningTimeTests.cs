using Feedback.Domain.Keys;
using Feedback.Domain.Tests.Support;
using Feedback.Domain.Time;
using Xunit;

namespace Feedback.Domain.Tests.Keys;

public sealed class SigningTimeTests
{
    private const long Issued = Some.Morning;
    private const long Ends = Issued + (100 * Some.Day);
    private const long Revoked = Issued + (50 * Some.Day);

    private static readonly IssuedKey Key = new("k7", KeyPurpose.Device, "t1", Some.Window, "hash", Issued)
    {
        Algorithm = KeyAlgorithm.HmacSha256,
        Expires = Ends,
    };

    private static readonly IssuedKey RevokedKey = Key with { RevokedAt = Revoked };

    [Fact]
    public void An_event_made_while_the_key_was_good_is_taken_after_its_end() =>
        Assert.Equal((null, false), Judge(Key, Ends - 1, Ends + (30 * Some.Day)));

    [Fact]
    public void What_comes_in_more_than_a_day_after_the_keys_end_is_marked()
    {
        Assert.Equal((null, false, false), SigningTime.Judge(Key, Ends - 1, Ends + SigningTime.Grace - 1));
        Assert.Equal((null, false, true), SigningTime.Judge(Key, Ends - 1, Ends + SigningTime.Grace));
        Assert.Equal((null, true, false), SigningTime.Judge(RevokedKey, Revoked - 1, Ends + SigningTime.Grace));
        Assert.Equal((null, false, false), SigningTime.Judge(Key with { Expires = null }, Ends - 1, Ends + (80 * Some.Day)));
    }

    [Fact]
    public void An_event_made_when_the_key_had_ended_is_refused() =>
        Assert.Equal(("signing-key-expired", false), Judge(Key, Ends, Ends + Some.Day));

    [Fact]
    public void An_event_made_before_the_key_is_refused_beyond_what_clocks_differ()
    {
        Assert.Equal((null, false), Judge(Key, Issued - DayRule.Ahead, Issued));
        Assert.Equal(("signing-key-early", false), Judge(Key, Issued - DayRule.Ahead - 1, Issued));
    }

    [Fact]
    public void An_event_made_before_a_revocation_and_received_after_it_is_marked() =>
        Assert.Equal((null, true), Judge(RevokedKey, Revoked - 1, Revoked + Some.Day));

    [Fact]
    public void An_event_made_after_a_revocation_is_refused() =>
        Assert.Equal(("signing-key-revoked", false), Judge(RevokedKey, Revoked, Revoked + 1));

    [Fact]
    public void A_time_that_is_not_believed_does_not_bring_a_key_back()
    {
        var now = Revoked + (10 * Some.Day);
        Assert.Equal("signing-key-revoked", Judge(RevokedKey, now - DayRule.Patience - 1, now).Code);
        Assert.Equal("signing-key-revoked", Judge(RevokedKey, now + Some.Day, now).Code);
        Assert.Equal("signing-key-expired", Judge(Key, 0, Ends + 1).Code);
    }

    [Fact]
    public void A_clock_that_is_wrong_altogether_does_not_cost_a_good_key_its_events()
    {
        Assert.Equal((null, false), Judge(Key, 0, Issued + Some.Day));
        Assert.Equal((null, false), Judge(Key, Ends + Some.Day, Issued + Some.Day));
    }

    private static (string? Code, bool BeforeRevocation) Judge(IssuedKey key, long claimed, long receivedAt)
    {
        var (refusal, before, _) = SigningTime.Judge(key, claimed, receivedAt);
        return (refusal?.Code, before);
    }
}
