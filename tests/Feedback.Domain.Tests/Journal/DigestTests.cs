using System.Text;
using Feedback.Domain.Journal;
using Feedback.Domain.Tests.Support;
using Xunit;

namespace Feedback.Domain.Tests.Journal;

/// <summary>
/// Known answers from Python 3's hashlib: <c>d = sha256(b'window:n5').digest()</c>, then
/// <c>d = sha256(d + element).digest()</c> for each element.
/// </summary>
public sealed class DigestTests
{
    private static readonly Digest Start = Digest.Before(StreamName.Window(new("n5")));

    [Fact]
    public void A_chain_begins_on_the_hash_of_the_streams_name() =>
        Assert.Equal("f5e7fb80d1c0f5f460d3855a7bef8a6b341c0bd2c6a9b13a10bca5f0734b5f43", Start.ToString());

    [Fact]
    public void Each_event_is_chained_on_the_one_before()
    {
        var first = Start.After("{\"a\":1}"u8);
        Assert.Equal("b32edb15f39e046a953f37e79aa2c888d920f1d10175c7770ef3b200512d76ff", first.ToString());
        Assert.Equal("f493491bc5600e1ad8e93a2d7b1344b21ab823af0b06e8654dadd74753fc183a", first.After("{\"b\":\"差\"}"u8).ToString());
    }

    // 2,016 bytes and a digest fill the buffer on the stack; one more byte takes another way.
    [Theory]
    [InlineData(2016, "88542b1c85cc393e3ef242db17858d977fb312149b9889930fdc697de21f1710")]
    [InlineData(2017, "8a3287dcb34e9e6fc0ea91bb513e63f51fe516724a5996ebf72730eabdbf1a07")]
    public void Long_events_are_chained_alike(int length, string expected) =>
        Assert.Equal(expected, Start.After(Encoding.ASCII.GetBytes(new string('y', length))).ToString());

    [Fact]
    public void A_digest_survives_its_bytes_and_its_text()
    {
        Assert.Equal(Start, Digest.FromBytes(Start.ToBytes()));
        Assert.Equal(Start, Digest.Parse(Start.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("f5e7")]
    [InlineData("zze7fb80d1c0f5f460d3855a7bef8a6b341c0bd2c6a9b13a10bca5f0734b5f43")]
    [InlineData("f5e7fb80d1c0f5f460d3855a7bef8a6b341c0bd2c6a9b13a10bca5f0734b5f4300")]
    public void A_text_that_is_no_digest_is_refused(string text) => Assert.Throws<FormatException>(() => Digest.Parse(text));

    [Fact]
    public void Two_equal_facts_have_different_digests_because_their_salts_differ()
    {
        var fact = Some.Accepted();
        Assert.NotEqual(Start.After(EventText.Write(fact)), Start.After(EventText.Write(fact with { Salt = Some.Bytes(1) })));
    }
}
