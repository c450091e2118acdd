using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Feedback.Charts.Text;

namespace Feedback.Charts.Files;

/// <summary>
/// Turns what the drawing library wrote into a document for pages: text that can be read, searched and copied and keeps
/// its width in whatever font the reader has, ids that no other document on the page has, a title and a description.
/// </summary>
internal static partial class SvgDocument
{
    // Most machines have one of these; where none is, the width of each text is kept all the same.
    private const string Families = "Noto Sans SC, Noto Sans CJK SC, PingFang SC, Microsoft YaHei, WenQuanYi Micro Hei, sans-serif";

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>The document in UTF-8.</summary>
    /// <param name="drawn">What the drawing library wrote.</param>
    /// <param name="model">What it shows.</param>
    /// <param name="size">The size of the picture.</param>
    public static byte[] Of(byte[] drawn, ChartModel model, ChartSize size)
    {
        var root = XDocument.Parse(Encoding.UTF8.GetString(drawn)).Root!;
        var prefix = "c" + Convert.ToHexStringLower(SHA256.HashData(Identity(root, model))[..6]) + "-";
        // The library numbers its ids through all pictures of the process: here they begin anew.
        var ids = root.Descendants().Attributes("id").Index().ToDictionary(id => id.Item.Value, id => $"{prefix}{id.Index}", StringComparer.Ordinal);
        foreach (var element in root.DescendantsAndSelf())
            Tidy(element, ids);
        foreach (var text in root.Descendants(Svg + "text"))
            SetText(text);

        root.SetAttributeValue("viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {size.Width} {size.Height}"));
        root.SetAttributeValue("font-family", Families);
        root.SetAttributeValue("role", "img");
        root.SetAttributeValue("aria-labelledby", $"{prefix}title {prefix}desc");
        root.SetAttributeValue(XNamespace.Xml + "lang", model.Language);
        root.AddFirst(
            new XElement(Svg + "title", new XAttribute("id", prefix + "title"), Speakable(model.Title)),
            new XElement(Svg + "desc", new XAttribute("id", prefix + "desc"), Speakable($"{model.Subtitle} · {model.Denominator}")));
        return Written(root);
    }

    // What tells this picture from another: all of it, except the library's ids.
    private static byte[] Identity(XElement root, ChartModel model) => Encoding.UTF8.GetBytes(string.Join(
        '\n',
        root.DescendantsAndSelf().SelectMany(element => element.Attributes()).Select(attribute => attribute.Value)
            .Where(value => !value.StartsWith("cl_", StringComparison.Ordinal) && !value.StartsWith("url(", StringComparison.Ordinal))
            .Append(root.Value).Append(model.Title)));

    private static void Tidy(XElement element, Dictionary<string, string> ids)
    {
        foreach (var attribute in element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration))
        {
            attribute.Value = attribute.Name.LocalName switch
            {
                "id" => ids[attribute.Value],
                "fill-opacity" or "stroke-opacity" => attribute.Value,
                _ when attribute.Value.StartsWith("url(#", StringComparison.Ordinal) => $"url(#{ids[attribute.Value[5..^1]]})",
                _ => LongNumber().Replace(attribute.Value, Rounded),
            };
        }
    }

    // The library places every character by itself, which no reader can search, and which tears words apart in another font.
    private static void SetText(XElement text)
    {
        var words = text.Value.Trim().Replace('\u2012', '–');
        text.Value = words;
        foreach (var name in (string[])["x", "y"])
            text.SetAttributeValue(name, text.Attribute(name)?.Value.Split(',')[0]);
        text.SetAttributeValue("font-family", null);
        if (words.Length < 2)
            return;
        var size = float.Parse(text.Attribute("font-size")!.Value, CultureInfo.InvariantCulture);
        var width = TextLine.Width(words, size, bold: text.Attribute("font-weight") is not null);
        text.SetAttributeValue("textLength", width.ToString("0.##", CultureInfo.InvariantCulture));
        text.SetAttributeValue("lengthAdjust", "spacingAndGlyphs");
    }

    private static string Rounded(Match number) =>
        double.Parse(number.Value, CultureInfo.InvariantCulture).ToString("0.##", CultureInfo.InvariantCulture);

    // Names may hold what XML cannot; unlike in the drawing, characters that the font lacks stay.
    private static string Speakable(string text)
    {
        var speakable = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            speakable.Append(Rune.IsControl(rune) || rune.Value is 0xFFFE or 0xFFFF ? " " : rune.ToString());
        return speakable.ToString();
    }

    private static byte[] Written(XElement root)
    {
        using var written = new MemoryStream();
        using (var writer = XmlWriter.Create(written, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = false }))
            root.Save(writer);
        return written.ToArray();
    }

    [GeneratedRegex(@"-?\d+\.\d{3,}")]
    private static partial Regex LongNumber();
}
