using System.Security.Cryptography;
using Feedback.Domain.Journal;
using Feedback.Domain.Lookups;
using Feedback.Domain.Organisation;
using Feedback.Domain.Tests.Support;
using Xunit;

namespace Feedback.Domain.Tests.Lookups;

public sealed class LookupCodeTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(value => (byte)value)];
    private static readonly LookupCode Codes = new(Key, "rating");
    private static readonly LookupSubject Subject = new(Some.Window, 345);
    private static readonly Digest Digest = Digest.FromBytes(SHA256.HashData("x"u8));

    /// <summary>Source: Python 3, <c>text = struct.pack('>BIHI', 1, 5, 0, 345) + sha256(b'x').digest()[:8]</c>, then <c>hmac.new(bytes(range(32)), b'rating\nlink\n' + text, 'sha256').digest()[:16]</c>.</summary>
    [Fact]
    public void A_code_is_what_it_looks_up_and_a_proof_over_it() => Assert.Equal("AQAAAAUAAAAAAVktcRZCtyawRAUr2bAfUxUsHQEq-ZLMxE0", Codes.Write(Subject, Digest));

    /// <summary>Source: Python 3, <c>int.from_bytes(hmac.new(bytes(range(32)), b'rating\nvoice\n' + struct.pack('>IHI', 5, 0, 345), 'sha256').digest()[:16], 'big') % 1000000</c>.</summary>
    [Fact]
    public void A_query_code_has_six_digits() => Assert.Equal("958084", Codes.QueryCodeOf(Subject));

    [Fact]
    public void What_was_written_is_read()
    {
        foreach (var subject in new[] { Subject, new LookupSubject(new NodeId("n1"), 1), new LookupSubject(NodeId.Numbered(int.MaxValue), (1L << 48) - 1) })
        {
            Assert.True(Codes.TryRead(Codes.Write(subject, Digest), out var read, out var digest));
            Assert.Equal(subject, read);
            Assert.Equal(Digest.ToBytes()[..8], digest);
            Assert.Equal(subject.Version < 1L << 46 ? subject : null, LookupCode.ReadNumber(LookupCode.NumberOf(subject)));
        }
    }

    [Fact]
    public void No_other_character_anywhere_makes_a_code_of_ours()
    {
        var code = Codes.Write(Subject, Digest);
        for (var at = 0; at < code.Length; at++)
        {
            foreach (var letter in "ABab01-_ =")
            {
                var other = code[..at] + letter + code[(at + 1)..];
                Assert.True(other == code || !Codes.TryRead(other, out _, out _), other);
            }
        }

        Assert.False(Codes.TryRead("", out _, out _));
        Assert.False(Codes.TryRead(code[..^1], out _, out _));
        Assert.False(Codes.TryRead(code + "A", out _, out _));
    }

    [Fact]
    public void A_code_of_one_kind_is_none_of_another()
    {
        var cases = new LookupCode(Key, "case");

        Assert.False(cases.TryRead(Codes.Write(Subject, Digest), out _, out _));
        Assert.NotEqual(cases.QueryCodeOf(Subject), Codes.QueryCodeOf(Subject));
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("5-0")]
    [InlineData("05-1")]
    [InlineData("5--1")]
    [InlineData("5- 1")]
    [InlineData("-5-1")]
    [InlineData("5-1-1")]
    [InlineData("n5-1")]
    [InlineData("9999999999-1")]
    [InlineData("5-999999999999999")]
    [InlineData("５-１")]
    public void What_is_no_number_is_none(string text) => Assert.Null(LookupCode.ReadNumber(text));

    [Fact]
    public void Only_the_right_query_code_fits()
    {
        var right = Codes.QueryCodeOf(Subject);

        Assert.True(Codes.Fits(Subject, right));
        Assert.Equal(1, Enumerable.Range(0, 1_000).Select(near => (int.Parse(right) / 1000 * 1000) + near).Count(code => Codes.Fits(Subject, code.ToString("D6"))));
        foreach (var wrong in new[] { "", right[1..], right + "0", " " + right, "abcdef" })
            Assert.False(Codes.Fits(Subject, wrong));
    }
}
