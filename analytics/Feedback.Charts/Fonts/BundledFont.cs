using System.Reflection;
using System.Text;
using ScottPlot;
using SkiaSharp;

namespace Feedback.Charts.Fonts;

/// <summary>
/// The Noto Sans SC subset carried inside this assembly, so that Chinese is drawn the same on every machine,
/// fonts installed or not. Both faces are loaded once, are immutable, and may be shared by all threads.
/// </summary>
internal static class BundledFont
{
    /// <summary>
    /// The name the charts ask for. It is no font's real name on purpose: a stock "Noto Sans SC" installed on the
    /// machine would otherwise be found first and be drawn clipped (ScottPlot issue 5213).
    /// </summary>
    public const string Name = "Feedback Sans SC";

    private static readonly Lazy<(SKTypeface Regular, SKTypeface Bold)> Faces = new(() =>
        (Load("NotoSansSC-Regular.subset.ttf"), Load("NotoSansSC-Bold.subset.ttf")));

    private static readonly Lazy<bool> Registration = new(() =>
    {
        // First in the list: each unknown name would otherwise cost a walk through the installed fonts.
        ScottPlot.Fonts.FontResolvers.Insert(0, new Resolver());
        ScottPlot.Fonts.Default = Name;
        return true;
    });

    private static readonly Lazy<(FontSubset Regular, FontSubset Bold)> Subsets = new(() => (new FontSubset(Regular), new FontSubset(Bold)));

    /// <summary>The regular face.</summary>
    public static SKTypeface Regular => Faces.Value.Regular;

    /// <summary>The bold face.</summary>
    public static SKTypeface Bold => Faces.Value.Bold;

    /// <summary>A font file with some characters of a face, for documents that carry what they are written in.</summary>
    public static byte[] Subset(bool bold, IEnumerable<char> characters) => (bold ? Subsets.Value.Bold : Subsets.Value.Regular).Of(characters);

    /// <summary>
    /// Makes the charts' drawing library find the font. Must precede the first plot; any number of calls from any
    /// thread register once, and no caller returns before it is done.
    /// </summary>
    public static void Register() => _ = Registration.Value;

    /// <summary>Whether the regular face (and so the bold one, cut to the same set) can draw a character.</summary>
    public static bool Has(Rune rune) => Regular.GetGlyph(rune.Value) != 0;

    private static SKTypeface Load(string resource)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The font {resource} is not embedded in this assembly.");
        return SKTypeface.FromStream(stream)
            ?? throw new InvalidOperationException($"The font {resource} cannot be read.");
    }

    private sealed class Resolver : IFontResolver
    {
        // No italics: the few italic requests a library might make get the upright face rather than another font.
        public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
            fontName == Name ? (weight >= FontWeight.SemiBold ? Bold : Regular) : null;

        public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) =>
            fontName == Name ? (bold ? Bold : Regular) : null;
    }
}
