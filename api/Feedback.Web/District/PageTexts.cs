using System.Collections;
using System.Globalization;
using System.Resources;
using Feedback.Api.Problems;

namespace Feedback.Web.District;

/// <summary>The words of a page in the reader's language: zh when the browser prefers it to en, else en.</summary>
internal sealed class PageTexts
{
    private static readonly ResourceManager Texts = new("Feedback.Web.District.Texts", typeof(PageTexts).Assembly);

    private PageTexts(CultureInfo culture)
    {
        IsChinese = culture.Name.StartsWith("zh", StringComparison.Ordinal);
        All = [.. Texts.GetResourceSet(CultureInfo.InvariantCulture, true, true)!.Cast<DictionaryEntry>()
            .Select(entry => (Name: (string)entry.Key, Text: Texts.GetString((string)entry.Key, culture)!))];
    }

    /// <summary>Whether the reader reads Chinese.</summary>
    public bool IsChinese { get; }

    /// <summary>Every word by name.</summary>
    public IReadOnlyList<(string Name, string Text)> All { get; }

    /// <summary>The words for a request; <c>?lang=zh</c> or <c>?lang=en</c> overrules the browser.</summary>
    public static PageTexts For(HttpRequest request) => new(request.Query["lang"].ToString() switch
    {
        "zh" => CultureInfo.GetCultureInfo("zh-CN"),
        "en" => CultureInfo.GetCultureInfo("en"),
        _ => Problem.CultureOf(request),
    });
}
