using CsCheck;
using Feedback.Domain.Journal;
using Feedback.Domain.Tests.Support;
using Xunit;

namespace Feedback.Domain.Tests.Journal;

public sealed class OpaqueTests
{
    private static readonly Gen<Opaque> Any = Gen.Byte.Array[16].Select(bytes => Opaque.FromBytes(bytes));

    /// <summary>Source: Python 3, <c>base64.urlsafe_b64encode(bytes(range(16)))</c> without its padding.</summary>
    [Fact]
    public void It_is_written_as_22_characters_of_base64url() => Assert.Equal("AAECAwQFBgcICQoLDA0ODw", Some.Bytes(0).ToString());

    [Fact]
    public void It_survives_its_text_and_its_bytes() => Any.Sample(
        opaque => Opaque.Parse(opaque.ToString()) == opaque && Opaque.FromBytes(opaque.ToBytes()) == opaque, iter: 10_000);

    [Theory]
    [InlineData("")]
    [InlineData("AAECAwQFBgcICQoLDA0O")]
    [InlineData("AAECAwQFBgcICQoLDA0ODxAR")]
    [InlineData("AAECAwQFBgcICQoLDA0ODxAREhMUFRYX")]
    [InlineData("AAECAwQFBgcICQoLDA0OD+")]
    [InlineData("AAECAwQFBgcICQoLDA0OD!")]
    [InlineData("AAECAwQFBgcICQoLDA0ODx")]
    [InlineData("AAECAwQFBgcICQoLDA0ODw==")]
    [InlineData(" AAECAwQFBgcICQoLDA0ODw")]
    public void Any_other_text_is_refused(string text) => Assert.Throws<FormatException>(() => Opaque.Parse(text));

    [Fact]
    public void It_sorts_as_its_bytes_do() => Gen.Select(Any, Any).Sample(
        (a, b) => Math.Sign(a.CompareTo(b)) == Math.Sign(a.ToBytes().AsSpan().SequenceCompareTo(b.ToBytes())), iter: 10_000);

    [Fact]
    public void A_time_ordered_one_sorts_by_its_time_whatever_its_random_part() =>
        Gen.Select(Gen.Long[0, (1L << 48) - 2], Gen.Byte.Array[10], Gen.Byte.Array[10]).Sample(
            (time, random, other) => Opaque.TimeOrdered(time, random).CompareTo(Opaque.TimeOrdered(time + 1, other)) < 0, iter: 10_000);

    [Fact]
    public void A_time_ordered_one_holds_48_bits_of_time_and_80_random_bits() =>
        Assert.Equal("0000000003e8" + "f0f1f2f3f4f5f6f7f8f9",
            Convert.ToHexStringLower(Opaque.TimeOrdered(1000, Some.Bytes(0xf0).ToBytes()).ToBytes()));

    [Fact]
    public void Its_leading_bits_are_the_first_eight_bytes() => Assert.Equal(0x0001020304050607UL, Some.Bytes(0).Leading);
}
