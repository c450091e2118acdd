using Feedback.Charts.Fonts;
using Feedback.Charts.Text;
using SkiaSharp;

namespace Feedback.Charts.Notices;

/// <summary>
/// Both faces of the bundled font with the characters of one notice only: what draws a PDF puts the whole file of a face into it,
/// and the whole file is 2 MB. Made for one notice, and disposed with it.
/// </summary>
internal sealed class NoticeFonts : IDisposable
{
    private NoticeFonts(SKTypeface regular, SKTypeface bold) => (Regular, Bold) = (regular, bold);

    /// <summary>The regular face.</summary>
    public SKTypeface Regular { get; }

    /// <summary>The bold face.</summary>
    public SKTypeface Bold { get; }

    /// <summary>The faces for a notice.</summary>
    public static NoticeFonts Of(NoticeModel notice)
    {
        // Digits and the box number pages and stand for what the font lacks.
        HashSet<char> characters = [.. "0123456789. □…", .. notice.Words.SelectMany(words => PrintableText.Of(words))];
        return new NoticeFonts(Load(bold: false, characters), Load(bold: true, characters));
    }

    /// <summary>A font of a size in points.</summary>
    public SKFont Font(float size, bool bold) => new(bold ? Bold : Regular, size) { Subpixel = true, Edging = SKFontEdging.Antialias, Hinting = SKFontHinting.None };

    /// <inheritdoc/>
    public void Dispose()
    {
        Regular.Dispose();
        Bold.Dispose();
    }

    private static SKTypeface Load(bool bold, IEnumerable<char> characters)
    {
        using var file = SKData.CreateCopy(BundledFont.Subset(bold, characters));
        return SKTypeface.FromData(file) ?? throw new InvalidOperationException("The font that was cut for a notice cannot be read.");
    }
}
