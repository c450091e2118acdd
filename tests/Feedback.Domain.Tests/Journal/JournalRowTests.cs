using System.Text;
using System.Text.Json;
using CsCheck;
using Feedback.Domain.Journal;
using Xunit;

namespace Feedback.Domain.Tests.Journal;

public sealed class JournalRowTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("""{"a":[1,[2,[]],{"b":[]}]}""")]
    [InlineData("""{"a":"]},{[\\\"]"}""")]
    [InlineData("""{"a":"服务]态度"}|{"b":1}|{"c":{}}""")]
    public void Joined_events_come_apart_byte_by_byte(string joined)
    {
        var elements = joined.Split('|').Select(Encoding.UTF8.GetBytes).ToList();
        Assert.Equal(joined.Split('|'), Parts(JournalRow.Join(elements)));
    }

    [Fact]
    public void A_row_is_one_JSON_array_without_white_space() =>
        Assert.Equal("""[{"a":1},{"b":2}]""", Encoding.UTF8.GetString(JournalRow.Join(["""{"a":1}"""u8.ToArray(), """{"b":2}"""u8.ToArray()])));

    [Fact]
    public void White_space_between_events_is_no_part_of_them() =>
        Assert.Equal(["""{"a": 1}""", "{}"], Parts("""[ {"a": 1} , {} ]"""u8.ToArray()));

    [Theory]
    [InlineData("{}")]
    [InlineData("""[{"a":1}""")]
    [InlineData("""[{"a":1},]""")]
    [InlineData("")]
    public void A_text_that_is_no_whole_array_is_refused(string text) =>
        Assert.ThrowsAny<JsonException>(() => Parts(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void A_row_knows_the_version_of_its_last_event()
    {
        Assert.Equal(7, new JournalRow(5, 3, 0, default, default).LastVersion);
        Assert.Equal(5, new JournalRow(5, 1, 0, default, default).LastVersion);
    }

    [Fact]
    public void Any_events_come_apart_as_they_were_joined() => Gen.String.Array[1, 20].Sample(
        texts =>
        {
            var elements = texts.Select(text => JsonSerializer.SerializeToUtf8Bytes(new { text, nested = new[] { new[] { text } } })).ToList();
            return Parts(JournalRow.Join(elements)).SequenceEqual(elements.Select(Encoding.UTF8.GetString));
        },
        iter: 10_000);

    private static IEnumerable<string> Parts(byte[] events) =>
        new JournalRow(1, 1, 0, events, default).Elements().Select(element => Encoding.UTF8.GetString(element.Span));
}
