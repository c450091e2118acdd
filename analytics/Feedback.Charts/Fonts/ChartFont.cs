using System.Reflection;

namespace Feedback.Charts.Fonts;

/// <summary>The regular face of the charts' font as a file, for pages on machines without a Chinese font of their own.</summary>
public static class ChartFont
{
    /// <summary>The media type of the file.</summary>
    public const string MediaType = "font/ttf";

    /// <summary>Opens the TrueType file, about 2.3 MB.</summary>
    public static Stream Open() => Assembly.GetExecutingAssembly().GetManifestResourceStream("NotoSansSC-Regular.subset.ttf")!;
}
