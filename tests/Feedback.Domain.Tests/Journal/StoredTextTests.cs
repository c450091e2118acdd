using System.Text;
using Feedback.Domain.Journal;
using Feedback.Domain.Tests.Support;
using Xunit;

namespace Feedback.Domain.Tests.Journal;

public sealed class StoredTextTests
{
    public static TheoryData<string> Names => [.. StoredTexts.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_event_is_kept_as_exactly_these_bytes(string name)
    {
        var (happened, text) = StoredTexts.All[name];
        Assert.Equal(text, Encoding.UTF8.GetString(EventText.Write(happened)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Kept_bytes_are_read_as_the_event_that_was_written(string name)
    {
        var (happened, text) = StoredTexts.All[name];
        var read = EventText.Read(Encoding.UTF8.GetBytes(text));
        Assert.IsType(happened.GetType(), read);
        Assert.Equivalent(happened, read, strict: true);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_was_read_is_written_as_the_same_bytes(string name)
    {
        var text = StoredTexts.All[name].Text;
        Assert.Equal(text, Encoding.UTF8.GetString(EventText.Write(EventText.Read(Encoding.UTF8.GetBytes(text)))));
    }

    public static TheoryData<string> EarlierNames => [.. StoredTexts.Earlier.Keys];

    [Theory]
    [MemberData(nameof(EarlierNames))]
    public void Bytes_of_an_earlier_version_are_read_as_the_event_of_today(string name)
    {
        var (happened, text) = StoredTexts.Earlier[name];
        Assert.Equivalent(happened, EventText.Read(Encoding.UTF8.GetBytes(text)), strict: true);
    }

    [Fact]
    public void Every_version_of_every_kind_has_its_bytes()
    {
        var told = StoredTexts.All.Values.Concat(StoredTexts.Earlier.Values).Select(one => one.Text).ToList();
        Assert.All(EventText.Kinds, kind => Assert.Contains(told, text =>
            text.StartsWith($"{{\"kind\":\"{kind.Name}\",\"v\":{kind.Version},", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_kind_has_its_bytes_in_these_tests()
    {
        var told = StoredTexts.All.Values.Select(one => one.Happened.GetType()).ToHashSet();
        Assert.Empty(EventText.Kinds.Where(kind => !told.Contains(kind.Type)).Select(kind => kind.Name));
    }

    [Fact]
    public void No_two_kinds_share_a_name_and_a_version() =>
        Assert.Equal(EventText.Kinds.Count, EventText.Kinds.Select(kind => (kind.Name, kind.Version)).Distinct().Count());

    [Theory]
    [InlineData("""{"kind":"evaluation.praised","v":1,"salt":"AAECAwQFBgcICQoLDA0ODw"}""")]
    [InlineData("""{"kind":"Key.Revoked","v":1,"salt":"AAECAwQFBgcICQoLDA0ODw","key":"k1","at":1}""")]
    [InlineData("""{"kind":"key.revoked","v":2,"salt":"AAECAwQFBgcICQoLDA0ODw","key":"k1","at":1}""")]
    [InlineData("""{"kind":"key.revoked","v":0,"salt":"AAECAwQFBgcICQoLDA0ODw","key":"k1","at":1}""")]
    [InlineData("""{"kind":"key.revoked","v":4294967297,"salt":"AAECAwQFBgcICQoLDA0ODw","key":"k1","at":1}""")]
    public void An_unknown_kind_or_version_is_refused(string text) =>
        Assert.Throws<UnknownKindException>(() => EventText.Read(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void A_row_with_an_unknown_kind_in_it_is_not_read_past_it()
    {
        var known = EventText.Write(StoredTexts.All["a revoked key"].Happened);
        var row = new JournalRow(5, 3, 0, JournalRow.Join([known, """{"kind":"x","v":1,"salt":"AAECAwQFBgcICQoLDA0ODw"}"""u8.ToArray(), known]), default);
        var read = new List<long>();
        Assert.Throws<UnknownKindException>(() => read.AddRange(EventText.Read(row).Select(one => one.Version)));
        Assert.Equal([5], EventText.Read(row).Take(1).Select(one => one.Version));
    }

    [Fact]
    public void Events_of_a_row_are_numbered_from_its_version()
    {
        var (first, second) = (StoredTexts.All["a revoked key"].Happened, StoredTexts.All["a reason"].Happened);
        var row = new JournalRow(7, 2, 0, JournalRow.Join([EventText.Write(first), EventText.Write(second)]), default);
        Assert.Equal([(7, first), (8, second)], EventText.Read(row));
    }
}
