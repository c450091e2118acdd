using System.Globalization;
using System.Resources;
using Feedback.Analytics.Periods;
using Feedback.Charts.Trends;

namespace Feedback.Charts.Words;

/// <summary>The words of all charts in one language.</summary>
public sealed class ChartWords
{
    private static readonly ResourceManager Texts = new(typeof(ChartWords));
    private readonly CultureInfo culture;

    private ChartWords(string language, TrendChartTexts trend)
    {
        culture = CultureInfo.GetCultureInfo(language);
        Trend = trend;
    }

    /// <summary>Chinese.</summary>
    public static ChartWords Chinese { get; } = new("zh-CN", TrendChartTexts.Chinese);

    /// <summary>English.</summary>
    public static ChartWords English { get; } = new("en", TrendChartTexts.English);

    /// <summary>The words for a reader's culture: Chinese for zh, English for all else.</summary>
    public static ChartWords For(CultureInfo culture) => culture.TwoLetterISOLanguageName == "zh" ? Chinese : English;

    /// <summary>The wording of trends: dates, periods, the rate.</summary>
    public TrendChartTexts Trend { get; }

    /// <summary>The language's tag, such as zh-CN or en.</summary>
    public string Language => culture.Name;

    /// <summary>Whether this is Chinese.</summary>
    public bool IsChinese => ReferenceEquals(this, Chinese);

    /// <summary>A word or sentence by its name, as it stands.</summary>
    /// <exception cref="ArgumentException">There is no such name.</exception>
    public string this[string name] =>
        Texts.GetString(name, culture) ?? throw new ArgumentException($"The charts have no words for '{name}'.", nameof(name));

    /// <summary>A sentence by its name, with its places filled; numbers are grouped by commas.</summary>
    public string Say(string name, params ReadOnlySpan<object?> values) => string.Format(CultureInfo.InvariantCulture, this[name], values);

    /// <summary>A period in words.</summary>
    public string Span(Period period) => Trend.Span(period);
}
