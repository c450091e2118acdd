using System.Globalization;
using System.Resources;
using Feedback.Api.Problems;
using Feedback.Domain.Organisation;

namespace Feedback.Web.Words;

/// <summary>The words of the pages in one language: by the reader's own choice, else the browser's; Chinese where neither says.</summary>
public sealed class PageWords
{
    /// <summary>The cookie that keeps the reader's choice: <c>zh</c> or <c>en</c>.</summary>
    public const string Cookie = "feedback-language";

    /// <summary>Chinese.</summary>
    public static readonly PageWords Chinese = new(CultureInfo.GetCultureInfo("zh-CN"));

    /// <summary>English.</summary>
    public static readonly PageWords English = new(CultureInfo.GetCultureInfo("en"));

    private static readonly ResourceManager Texts = new("Feedback.Web.Words.PageWords", typeof(PageWords).Assembly);
    private readonly CultureInfo _culture;

    private PageWords(CultureInfo culture) => _culture = culture;

    /// <summary>Whether these are the Chinese ones.</summary>
    public bool IsChinese => this == Chinese;

    /// <summary>The language for services that word things themselves.</summary>
    public CultureInfo Culture => _culture;

    /// <summary>The language of the page, such as <c>zh-CN</c>.</summary>
    public string Tag => _culture.Name;

    /// <summary>The language as addresses have it: <c>zh</c> or <c>en</c>.</summary>
    public string Language => IsChinese ? "zh" : "en";

    /// <summary>The other language, to switch to.</summary>
    public PageWords Other => IsChinese ? English : Chinese;

    /// <summary>A word by its name.</summary>
    /// <exception cref="InvalidOperationException">There is no such word.</exception>
    public string this[string name] => Texts.GetString(name, _culture) ?? throw new InvalidOperationException($"There is no word '{name}'.");

    /// <summary>A word by its name; null when there is none.</summary>
    public string? Find(string name) => Texts.GetString(name, _culture);

    /// <summary>The words for a request.</summary>
    public static PageWords For(HttpRequest request) => request.Cookies[Cookie] switch
    {
        "zh" => Chinese,
        "en" => English,
        _ when request.Headers.AcceptLanguage.Count == 0 => Chinese,
        _ => Problem.CultureOf(request).Name == "en" ? English : Chinese,
    };

    /// <summary>A sentence with values in it.</summary>
    public string Say(string name, params object[] values) => string.Format(_culture, this[name], values);

    /// <summary>A node's name; the other language's where it has none.</summary>
    public string Name(Node node) => IsChinese ? Either(node.Name.Zh, node.Name.En) : Either(node.Name.En, node.Name.Zh);

    /// <summary>A count.</summary>
    public string Number(long count) => count.ToString("N0", _culture);

    /// <summary>
    /// A share in per cent; a dash where it is undefined. One decimal, and more where one would round a blemish away: 100.0% is every single one and 0.0%
    /// none, as in the charts.
    /// </summary>
    public string Percent(double? share)
    {
        if (share is not { } known)
            return "–";
        var decimals = 1;
        while (decimals < 6 && known is > 1e-9 and < 1 - 1e-9 && Math.Round(100 * known, decimals) is 0 or 100)
            decimals++;
        return (100 * known).ToString("F" + decimals, _culture) + "%";
    }

    /// <summary>A difference of shares in percentage points, with its sign.</summary>
    /// <param name="difference">The difference as a fraction.</param>
    /// <param name="digits">Digits behind the point: 1, or 2 for ends of intervals, which tell by their sign.</param>
    public string Points(double difference, int digits = 1) =>
        (difference * 100).ToString(digits == 1 ? "+0.0;−0.0;0.0" : "+0.00;−0.00;0.00", _culture);

    /// <summary>A day.</summary>
    public string Day(DateOnly day) => day.ToString(IsChinese ? "yyyy年M月d日" : "d MMM yyyy", _culture);

    /// <summary>A stretch of days, both ends included.</summary>
    public string Span(DateOnly first, DateOnly last) => first == last ? Day(first) : Say("span", Day(first), Day(last));

    private static string Either(string first, string second) => string.IsNullOrWhiteSpace(first) ? second : first;
}
