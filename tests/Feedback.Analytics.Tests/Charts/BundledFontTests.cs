using System.Text;
using Feedback.Charts;
using Feedback.Charts.Fonts;
using Feedback.Charts.Trends;
using SkiaSharp;
using Xunit;

namespace Feedback.Analytics.Tests.Charts;

public class BundledFontTests
{
    public BundledFontTests() => BundledFont.Register();

    [Fact]
    public void The_plot_resolves_the_bundled_faces_and_no_installed_font()
    {
        Assert.Same(BundledFont.Regular, ScottPlot.Fonts.GetTypeface(BundledFont.Name, bold: false, italic: false));
        Assert.Same(BundledFont.Bold, ScottPlot.Fonts.GetTypeface(BundledFont.Name, bold: true, italic: false));
        Assert.Equal(BundledFont.Name, new ScottPlot.LabelStyle().FontName);
    }

    [Fact]
    public void Registering_again_adds_nothing()
    {
        var before = ScottPlot.Fonts.FontResolvers.Count;

        Parallel.For(0, 20, _ => BundledFont.Register());

        Assert.Equal(before, ScottPlot.Fonts.FontResolvers.Count);
    }

    [Fact]
    public void Every_word_of_every_language_has_its_glyphs()
    {
        foreach (var texts in (TrendChartTexts[])[TrendChartTexts.Chinese, TrendChartTexts.English])
            foreach (var text in typeof(TrendChartTexts).GetProperties()
                .Where(property => property.PropertyType == typeof(string))
                .Select(property => (string)property.GetValue(texts)!))
                AssertDrawable(text + "0123456789%·–…□ JanFebMarAprMayJunJulAugSepOctNovDec");
    }

    [Fact]
    public void Both_faces_cover_the_ideographs_of_GB_2312()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var gb2312 = Encoding.GetEncoding("gb2312");
        // Rows 16–87 hold the ideographs; row 55 ends at column 89 (GB/T 2312-1980).
        for (var row = 16; row <= 87; row++)
            for (var column = 1; column <= (row == 55 ? 89 : 94); column++)
                AssertDrawable(gb2312.GetString([(byte)(0xA0 + row), (byte)(0xA0 + column)]));
    }

    [Fact]
    public void The_faces_carry_the_repaired_vertical_metrics()
    {
        // A stock Noto Sans SC has a head.yMin near −1 em and is drawn clipped (ScottPlot issue 5213).
        foreach (var face in (SKTypeface[])[BundledFont.Regular, BundledFont.Bold])
        {
            using var font = new SKFont(face, 1000);
            font.GetFontMetrics(out var metrics);

            Assert.Equal(-930, metrics.Ascent, 1f);
            Assert.Equal(240, metrics.Descent, 1f);
            Assert.Equal(240, metrics.Bottom, 1f);
        }
    }

    [Fact]
    public void The_licence_travels_with_the_fonts()
    {
        using var stream = typeof(ChartPicture).Assembly.GetManifestResourceStream("OFL.txt")!;

        Assert.Contains("SIL Open Font License, Version 1.1", new StreamReader(stream).ReadToEnd());
    }

    private static void AssertDrawable(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            Assert.True(BundledFont.Regular.GetGlyph(rune.Value) != 0, $"regular lacks {rune}");
            Assert.True(BundledFont.Bold.GetGlyph(rune.Value) != 0, $"bold lacks {rune}");
        }
    }
}
