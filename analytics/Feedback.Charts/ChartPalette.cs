using SkiaSharp;

namespace Feedback.Charts;

/// <summary>
/// The colours of a theme. Ink on ground has a contrast of at least 4.5 : 1 for text and 3 : 1 for the line
/// (WCAG 2.2, success criteria 1.4.3 and 1.4.11). Lines have one hue; grades run from blue to orange, which the
/// colour-blind can tell apart, and are told apart by place, number and hatching as well.
/// </summary>
internal sealed record ChartPalette(SKColor Ground, SKColor Ink, SKColor FaintInk, SKColor Grid, SKColor Line, byte BandAlpha)
{
    private static readonly ChartPalette OnLight = new(
        new(0xFF, 0xFF, 0xFF), new(0x1C, 0x25, 0x2E), new(0x55, 0x62, 0x70), new(0xE3, 0xE7, 0xEB), new(0x0B, 0x5C, 0xAD), 38)
    {
        Grades = [new(0xA3, 0x36, 0x0B), new(0xF0, 0x9A, 0x4A), new(0xC6, 0xDB, 0xF0), new(0x6B, 0xA6, 0xDC), new(0x0B, 0x5C, 0xAD)],
        Origins = [new(0x0B, 0x5C, 0xAD), new(0xF0, 0x9A, 0x4A), new(0x6B, 0xA6, 0xDC), new(0xA9, 0xB4, 0xBF)],
        Empty = new(0xF2, 0xF4, 0xF6),
    };

    private static readonly ChartPalette OnDark = new(
        new(0x15, 0x1A, 0x20), new(0xE8, 0xEC, 0xF0), new(0xA6, 0xB1, 0xBC), new(0x2C, 0x34, 0x3D), new(0x6C, 0xB6, 0xFF), 56)
    {
        Grades = [new(0xFF, 0x8F, 0x57), new(0xB8, 0x66, 0x24), new(0x33, 0x4E, 0x6B), new(0x3F, 0x7B, 0xBA), new(0x6C, 0xB6, 0xFF)],
        Origins = [new(0x6C, 0xB6, 0xFF), new(0xB8, 0x66, 0x24), new(0x3F, 0x7B, 0xBA), new(0x5B, 0x67, 0x73)],
        Empty = new(0x1C, 0x22, 0x29),
    };

    /// <summary>The colours of grades 1 … 5, in this order.</summary>
    public required SKColor[] Grades { get; init; }

    /// <summary>The colours of the origins active, default, callback, declined, in this order.</summary>
    public required SKColor[] Origins { get; init; }

    /// <summary>A cell that counts nothing.</summary>
    public required SKColor Empty { get; init; }

    /// <summary>The line's colour, thinned for the interval band.</summary>
    public SKColor Band => Line.WithAlpha(BandAlpha);

    /// <summary>The colours of a theme.</summary>
    public static ChartPalette Of(ChartTheme theme) => theme switch
    {
        ChartTheme.Light => OnLight,
        ChartTheme.Dark => OnDark,
        _ => throw new ArgumentOutOfRangeException(nameof(theme), theme, "No such theme."),
    };
}
