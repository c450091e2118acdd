using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using Feedback.Silo.SelfTest;
using Xunit;

namespace Feedback.Api.Tests.SelfTest;

/// <summary>What the self-test says, it says in both languages.</summary>
public sealed partial class WordsTests
{
    private static readonly ResourceManager Texts = new("Feedback.Silo.SelfTest.Words", typeof(SelfTestWords).Assembly);

    [Fact]
    public void Every_finding_has_words_in_both_languages_with_places_for_the_same_values()
    {
        var english = Entries(CultureInfo.InvariantCulture);
        var chinese = Entries(CultureInfo.GetCultureInfo("zh"));

        Assert.Equal(english.Keys.Order(), chinese.Keys.Order());
        Assert.All(chinese.Values, text => Assert.Contains(text, letter => letter is >= '\u4e00' and <= '\u9fff'));
        Assert.All(english, text => Assert.Equal((text.Key, Places(text.Value)), (text.Key, Places(chinese[text.Key]))));
    }

    [Fact]
    public void A_finding_is_worded_in_the_language_asked_for()
    {
        var finding = new Finding("dns", Verdict.Fail, "dns-none", "feedback.example.gov.cn");

        Assert.Equal("无法解析域名 feedback.example.gov.cn。", new SelfTestWords(CultureInfo.GetCultureInfo("zh")).What(finding));
        Assert.Equal("Nobody finds feedback.example.gov.cn: DNS has no address for it.", new SelfTestWords(CultureInfo.GetCultureInfo("en")).What(finding));
        Assert.Contains("AAAA", new SelfTestWords(CultureInfo.GetCultureInfo("zh")).Mend(finding), StringComparison.Ordinal);
    }

    private static string Places(string text) => string.Join(' ', Place().Matches(text).Select(match => match.Value).Distinct().Order());

    private static Dictionary<string, string> Entries(CultureInfo culture) =>
        Texts.GetResourceSet(culture, createIfNotExists: true, tryParents: false)!.Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!);

    [GeneratedRegex(@"\{\d[^}]*\}")]
    private static partial Regex Place();
}
