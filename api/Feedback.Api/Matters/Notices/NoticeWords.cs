using System.Globalization;
using System.Resources;

namespace Feedback.Api.Matters.Notices;

/// <summary>The words of acceptance notices, in zh or en.</summary>
internal sealed class NoticeWords(CultureInfo culture)
{
    private static readonly ResourceManager Texts = new("Feedback.Api.Matters.Notices.NoticeWords", typeof(NoticeWords).Assembly);

    /// <summary>Whether they are Chinese; else English.</summary>
    public bool IsChinese { get; } = culture.TwoLetterISOLanguageName == "zh";

    /// <summary>The words of a key.</summary>
    public string this[string key] => Texts.GetString(key, culture) ?? throw new InvalidOperationException($"The notice has no words for '{key}'.");

    /// <summary>The words of a key with something in them.</summary>
    public string Of(string key, params IReadOnlyList<string> values) => string.Format(culture, this[key], [.. values]);

    /// <summary>A day as people write it.</summary>
    public string Day(DateOnly day) => IsChinese
        ? string.Create(CultureInfo.InvariantCulture, $"{day.Year}年{day.Month}月{day.Day}日")
        : day.ToString("d MMMM yyyy", culture);
}
