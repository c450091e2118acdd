using System.Text;
using System.Text.Json;
using CsCheck;
using Feedback.Domain.Journal;
using Xunit;

namespace Feedback.Domain.Tests.Journal;

public sealed class CanonicalWriterTests
{
    [Theory]
    [InlineData("", "\"\"")]
    [InlineData("a\"b", "\"a\\\"b\"")]
    [InlineData("a\\b", "\"a\\\\b\"")]
    [InlineData("a/b", "\"a/b\"")]
    [InlineData("\u0001", "\"\\u0001\"")]
    [InlineData("\b\t\n\f\r", "\"\\u0008\\u0009\\u000a\\u000c\\u000d\"")]
    [InlineData("\u001f\u0020", "\"\\u001f \"")]
    [InlineData("\u007f", "\"\u007f\"")]
    [InlineData("服务态度", "\"服务态度\"")]
    [InlineData("👍🏽", "\"👍🏽\"")]
    [InlineData("\u2028\u2029", "\"\u2028\u2029\"")]
    [InlineData("<&'+>", "\"<&'+>\"")]
    public void Text_escapes_what_JSON_demands_and_nothing_else(string text, string written) =>
        Assert.Equal(written, Written(writer => writer.Value(text)));

    [Theory]
    [InlineData("\0")]
    [InlineData("before\0after")]
    public void Text_with_the_character_zero_is_refused(string text) =>
        Assert.ThrowsAny<ArgumentException>(() => Written(writer => writer.Value(text)));

    // Built from numbers: an attribute's text would be mended by the compiler before any test saw it.
    [Theory]
    [InlineData(0xD83D)]
    [InlineData(0xDC4D)]
    public void Half_of_a_surrogate_pair_is_refused(int half) =>
        Assert.ThrowsAny<ArgumentException>(() => Written(writer => writer.Value($"a{(char)half}\"b")));

    [Fact]
    public void A_refused_event_leaves_nothing_behind_in_the_next_one()
    {
        var good = Support.StoredTexts.All["a revoked key"];
        Assert.ThrowsAny<ArgumentException>(() => EventText.Write(new Domain.Keys.KeyRevoked { Salt = Support.Some.Salt, Key = "k\0", At = 1 }));
        Assert.Equal(good.Text, Encoding.UTF8.GetString(EventText.Write(good.Happened)));
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(-1, "-1")]
    [InlineData(long.MaxValue, "9223372036854775807")]
    [InlineData(long.MinValue, "-9223372036854775808")]
    public void Integers_are_written_in_decimal(long value, string written) =>
        Assert.Equal(written, Written(writer => writer.Value(value)));

    [Fact]
    public void Members_that_hold_nothing_are_left_out() =>
        Assert.Equal("{}", Written(writer => writer.BeginObject()
            .Member("text"u8, (string?)null).Member("number"u8, (long?)null).Flag("flag"u8, false).Member("list"u8, (string[])[]).EndObject()));

    [Fact]
    public void Members_are_kept_in_the_order_written_without_white_space() =>
        Assert.Equal("""{"b":1,"a":"x","list":["p","q"],"flag":true,"in":{"k":2},"rows":[[1],[]]}""", Written(writer => writer
            .BeginObject().Member("b"u8, 1).Member("a"u8, "x").Member("list"u8, ["p", "q"]).Flag("flag"u8, true)
            .BeginObject("in"u8).Name("k").Value(2).EndObject()
            .BeginArray("rows"u8).BeginArray().Value(1).EndArray().BeginArray().EndArray().EndArray().EndObject()));

    [Fact]
    public void A_name_given_as_text_is_escaped() =>
        Assert.Equal("""{"say \"hi\"":1,"态度":2}""", Written(writer => writer
            .BeginObject().Name("say \"hi\"").Value(1).Name("态度").Value(2).EndObject()));

    [Fact]
    public void A_cleared_writer_begins_anew()
    {
        var writer = new CanonicalWriter();
        writer.BeginObject().Member("a"u8, 1).EndObject();
        writer.Clear();
        writer.BeginArray().EndArray();
        Assert.Equal("[]", Encoding.UTF8.GetString(writer.Written));
    }

    /// <summary>Source: System.Text.Json, a reader that is not ours.</summary>
    [Fact]
    public void Any_text_is_read_back_by_another_reader_as_it_was() => Texts.Sample(
        text => text == JsonSerializer.Deserialize<string>(Written(writer => writer.Value(text))), iter: 10_000);

    private static readonly Gen<string> Texts = Gen.OneOf(
            Gen.Char['\u0001', '\u0080'].Select(character => character.ToString()),
            Gen.Char['\u0080', '\ud7ff'].Select(character => character.ToString()),
            Gen.Int[0x10000, 0x10ffff].Select(char.ConvertFromUtf32),
            Gen.OneOf("\"", "\\", "/", "\u2028", "\ufffe", "\ue000"))
        .Array[0, 600].Select(string.Concat);

    private static string Written(Action<CanonicalWriter> write)
    {
        var writer = new CanonicalWriter();
        write(writer);
        return Encoding.UTF8.GetString(writer.Written);
    }
}
