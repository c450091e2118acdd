using System.Buffers.Text;
using CsCheck;
using Feedback.Domain.Keys;
using Xunit;

namespace Feedback.Domain.Tests.Keys;

public sealed class SignatureTests
{
    private static readonly string Hmac = Base64Url.EncodeToString(new byte[32]);
    private static readonly string Ecdsa = Base64Url.EncodeToString([.. Enumerable.Range(100, 64).Select(value => (byte)value)]);

    [Fact]
    public void A_signature_names_its_key_and_holds_its_bytes()
    {
        Assert.True(Signature.TryParse("k70." + Ecdsa, out var signature));
        Span<byte> bytes = stackalloc byte[Signature.EcdsaLength];
        Assert.Equal(64, signature.CopyTo(bytes));
        Assert.Equal(("k70", Ecdsa, (byte)100, "k70." + Ecdsa), (signature.Key, signature.Bytes, bytes[0], signature.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("k7")]
    [InlineData("k7.")]
    [InlineData("k.{hmac}")]
    [InlineData("k07.{hmac}")]
    [InlineData("K7.{hmac}")]
    [InlineData("t7.{hmac}")]
    [InlineData("k7 .{hmac}")]
    [InlineData("k7.{hmac}=")]
    [InlineData("k7.{hmac} ")]
    [InlineData("k7. {hmac}")]
    [InlineData("k7.{hmac}A")]
    [InlineData("k7..{hmac}")]
    [InlineData("k12345678901.{hmac}")]
    [InlineData("k٧.{hmac}")]
    public void Anything_else_is_no_signature(string text) =>
        Assert.False(Signature.TryParse(text.Replace("{hmac}", Hmac, StringComparison.Ordinal), out _));

    [Fact]
    public void Bits_that_no_byte_needs_must_be_zero_so_that_one_signature_has_one_text()
    {
        Assert.True(Signature.TryParse("k7." + Hmac, out _));
        Assert.False(Signature.TryParse("k7." + Hmac[..^1] + "B", out _));
    }

    [Fact]
    public void Whatever_is_read_is_written_as_it_was_and_nothing_breaks_the_reading()
    {
        var random = Gen.String[Gen.OneOf(Gen.Char['a', 'z'], Gen.OneOf('k', '.', '-', '_', '=', '7', '\0', '\u00e9', '\ud800')), 0, 140];
        var near = Gen.Select(Gen.Int[1, 99], Gen.Byte.Array[31, 65], Gen.Int[0, 90], Gen.Char[' ', '~'], (key, bytes, at, other) =>
        {
            var text = $"k{key}.{Base64Url.EncodeToString(bytes)}".ToCharArray();
            text[at % text.Length] = other;
            return new string(text);
        });

        Gen.OneOf(random, near).Sample(text => !Signature.TryParse(text, out var signature) || signature.ToString() == text, iter: 100_000);
    }
}
