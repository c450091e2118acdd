using Feedback.Domain.Tests.Support;
using Feedback.Domain.Windows;
using Xunit;

namespace Feedback.Domain.Tests.Windows;

public sealed class IdentitiesTests
{
    /// <summary>Source: Python 3, <c>hashlib.sha256(b'e2:t1e-1').digest()[:16].hex()</c>, and so on.</summary>
    [Theory]
    [InlineData("t1", "e-1", "86177f1d3003a64f04a55a7a8c129ec9")]
    [InlineData("自助机", "e-1", "b2d1cfa7ee71fae03fc257c41f1f8ac4")]
    public void An_evaluations_identity_is_the_hash_of_kind_source_and_id(string source, string id, string hash) =>
        Assert.Equal(hash, Convert.ToHexStringLower(Identities.OfEvaluation(source, id).ToBytes()));

    /// <summary>Source: Python 3, <c>hashlib.sha256(b'm2:oaEBESExQVFhcYGRobHB0eHw').digest()[:16].hex()</c>.</summary>
    [Fact]
    public void A_matters_identity_is_that_of_its_keyed_hash() =>
        Assert.Equal("d5a527f70fd5313a0ddc6e1b196208d8", Convert.ToHexStringLower(Identities.OfMatter("oa", Some.Bytes(16)).ToBytes()));

    [Fact]
    public void No_two_pairs_of_source_and_id_run_together()
    {
        Assert.NotEqual(Identities.OfEvaluation("t1", "1"), Identities.OfEvaluation("t", "11"));
        Assert.NotEqual(Identities.OfEvaluation("", "t1"), Identities.OfEvaluation("t1", ""));
        Assert.NotEqual(Identities.OfEvaluation("1:a", "b"), Identities.OfEvaluation("1", ":ab"));
    }

    [Fact]
    public void An_evaluation_is_never_taken_for_a_matter() =>
        Assert.NotEqual(Identities.OfMatter("t1", Some.Salt), Identities.OfEvaluation("t1", Some.Salt.ToString()));

    [Fact]
    public void A_stored_event_has_the_identity_of_its_claim_and_its_own_time()
    {
        Assert.Equal((Identities.OfEvaluation("t1", "e-1"), Some.Morning), Identities.Of(Some.Accepted()));
        Assert.Equal((Identities.OfMatter("t1", Some.Matter(1).Hash), Some.Morning), Identities.Of(Some.Finished(1)));
        Assert.Null(Identities.Of(Some.Excluded(1)));
    }

    [Theory]
    [InlineData(-5 * Some.Minute, false)]
    [InlineData((-5 * Some.Minute) - 1, true)]
    [InlineData(60 * Some.Minute, false)]
    [InlineData((60 * Some.Minute) + 1, true)]
    public void An_event_is_late_outside_five_minutes_before_and_an_hour_after_its_own_time(long rowAfter, bool late) =>
        Assert.Equal(late, Identities.IsLate(Some.Morning, Some.Morning + rowAfter));
}
