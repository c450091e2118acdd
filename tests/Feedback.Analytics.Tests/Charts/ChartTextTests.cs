using CsCheck;
using Feedback.Analytics.Rates;
using Feedback.Charts.Fonts;
using Feedback.Charts.Text;
using Xunit;

namespace Feedback.Analytics.Tests.Charts;

public class ChartTextTests
{
    [Theory]
    [InlineData("好评率", "好评率")]
    [InlineData("王堃", "王□")]
    [InlineData("庆🎉祝", "庆□祝")]
    [InlineData("a\tb\nc", "a b c")]
    [InlineData("一\u200B二\uFE0F", "一二")]
    [InlineData("  ", "")]
    [InlineData(null, "")]
    public void Text_is_made_drawable(string? given, string drawn) => Assert.Equal(drawn, PrintableText.Of(given));

    // Not among the attributes above: they are stored as UTF-8, which has no half pairs.
    [Fact]
    public void Half_a_surrogate_pair_is_drawn_as_one_box() => Assert.Equal("坏□字", PrintableText.Of("坏\uD800字"));

    [Theory]
    [InlineData(0, 0, "–")]
    [InlineData(0, 9, "0%")]
    [InlineData(9, 9, "100%")]
    [InlineData(1, 3, "33.3%")]
    [InlineData(1, 2, "50.0%")]
    [InlineData(13_460_453, 13_461_728, "99.99%")]
    [InlineData(1, 1_000_000, "0.0001%")]
    [InlineData(999_999, 1_000_000, "99.9999%")]
    public void A_blemish_is_never_rounded_away(long good, long all, string text) =>
        Assert.Equal(text, RateText.Of(new Proportion(good, all)));

    // The ends of Wilson's interval: 19,998 of 20,000 are 99.9635 to 99.9973 %.
    [Theory]
    [InlineData(19_998, 20_000, 0.999635, 0.999973, "99.96", "99.997")]
    [InlineData(1, 2, 0.0946, 0.9054, "9.5", "90.5")]
    [InlineData(9, 9, 0.7009, 1.0, "70.1", "100.0")]
    [InlineData(0, 9, 0.0, 0.2991, "0.0", "29.9")]
    [InlineData(0, 0, null, null, "", "")]
    public void An_interval_is_told_as_wide_as_it_is(long good, long all, double? low, double? high, string from, string to) =>
        Assert.Equal((from, to), (RateText.End(new Proportion(good, all), low), RateText.End(new Proportion(good, all), high)));

    // One unit of width per character.
    [Theory]
    [InlineData("一二三四五六", 3, "一二三|四五六")]
    [InlineData("一二三，四五", 3, "一二|三，四|五")]
    [InlineData("一二（三四）", 3, "一二|（三|四）")]
    [InlineData("Hall 1 window 3", 7, "Hall 1|window|3")]
    [InlineData("Jiangyuan", 4, "Jian|gyua|n")]
    [InlineData("第3号ABC窗口", 5, "第3号|ABC窗口")]
    [InlineData("好", 0, "好")]
    [InlineData("", 5, "")]
    public void Lines_break_where_typesetters_break_them(string text, float width, string lines) =>
        Assert.Equal(lines, string.Join('|', LineBreaking.Wrap(text, width, piece => piece.Length)));

    [Fact]
    public void Wrapping_loses_no_character_and_keeps_to_the_width() => Titles.Sample((title, width) =>
    {
        using var block = TextBlock.Fit(title, BundledFont.Bold, 20, width, 5_000);

        Assert.Equal(Packed(PrintableText.Of(title)), Packed(string.Concat(block.Lines)));
        Assert.True(block.Width <= width);
        Assert.Equal(20, block.Size);
    }, iter: 500);

    [Fact]
    public void A_title_of_two_hundred_characters_is_set_smaller_and_not_cut()
    {
        var title = string.Concat(Enumerable.Repeat("江源区交通运输局政务", 20));

        using var block = TextBlock.Fit(title, BundledFont.Bold, 20, 916, 120);

        Assert.Equal(title, string.Concat(block.Lines));
        Assert.True(block.Height <= 120 && block.Width <= 916 && block.Size is < 20 and >= 12);
    }

    [Fact]
    public void What_fits_at_no_size_ends_with_an_ellipsis()
    {
        using var block = TextBlock.Fit(new string('长', 5_000), BundledFont.Bold, 20, 300, 60);

        Assert.EndsWith("…", block.Lines[^1]);
        Assert.True(block.Height <= 60 && block.Width <= 300);
    }

    private static string Packed(string text) => text.Replace(" ", "");

    private static readonly Gen<(string, float)> Titles =
        from title in Gen.Char["大厅窗口（）“”，。、 abc-9%堃"].Array[0, 80]
        from width in Gen.Float[40, 900]
        select (new string(title), width);
}
