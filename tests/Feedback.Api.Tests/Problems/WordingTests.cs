using System.Globalization;
using System.Resources;
using Feedback.Api.Problems;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Evaluations;
using Xunit;

namespace Feedback.Api.Tests.Problems;

[Collection(OneSite.Name)]
public sealed class WordingTests(RunningSite site)
{
    private static readonly ResourceManager Texts = new("Feedback.Api.Problems.Refusals", typeof(Problem).Assembly);

    [Theory]
    [InlineData(null, "'grade' must be a whole number from 1 (very dissatisfied) to 5 (very satisfied); it is 6.")]
    [InlineData("en-GB", "'grade' must be a whole number from 1 (very dissatisfied) to 5 (very satisfied); it is 6.")]
    [InlineData("fr", "'grade' must be a whole number from 1 (very dissatisfied) to 5 (very satisfied); it is 6.")]
    [InlineData("zh", "“grade”应为 1（非常不满意）到 5（非常满意）之间的整数，当前为 6。")]
    [InlineData("zh-CN,zh;q=0.9,en;q=0.8", "“grade”应为 1（非常不满意）到 5（非常满意）之间的整数，当前为 6。")]
    [InlineData("en;q=0.5, zh-Hans-CN", "“grade”应为 1（非常不满意）到 5（非常满意）之间的整数，当前为 6。")]
    [InlineData("fr, en;q=0.2, zh;q=0.3", "“grade”应为 1（非常不满意）到 5（非常满意）之间的整数，当前为 6。")]
    [InlineData("zh;q=0, en", "'grade' must be a whole number from 1 (very dissatisfied) to 5 (very satisfied); it is 6.")]
    [InlineData(";;q=x", "'grade' must be a whole number from 1 (very dissatisfied) to 5 (very satisfied); it is 6.")]
    public async Task A_problem_speaks_the_language_that_is_preferred(string? language, string title)
    {
        var hall = await site.NewHallAsync();

        var answer = await site.Client.PushAsync(Some.Evaluation(hall.Window, 6), language: language);

        Assert.Equal(
            $$"""{"type":"urn:feedback:problem:grade-out-of-range","title":"{{title}}","status":400,"code":"grade-out-of-range","field":"grade"}""", answer.Text);
    }

    [Fact]
    public void Every_refusal_has_words_in_both_languages_with_the_same_places_to_fill()
    {
        var english = Entries(CultureInfo.InvariantCulture);
        var chinese = Entries(CultureInfo.GetCultureInfo("zh"));

        Assert.Equal(english.Keys.Order(), chinese.Keys.Order());
        Assert.All(english, text => Assert.Equal(
            text.Value.Contains("{1}", StringComparison.Ordinal), chinese[text.Key].Contains("{1}", StringComparison.Ordinal)));
        Assert.All(chinese.Values, text => Assert.Contains(text, letter => letter is >= '\u4e00' and <= '\u9fff'));
    }

    [Fact]
    public void Every_refusal_can_be_worded_and_has_a_status_of_an_error()
    {
        foreach (var code in Entries(CultureInfo.InvariantCulture).Keys)
        {
            var refusal = new Refusal(code, "field", "value");
            Assert.InRange(Problem.StatusOf(refusal), 400, 503);
            Assert.NotEmpty(Problem.TitleOf(refusal, CultureInfo.GetCultureInfo("zh-CN")));
        }
    }

    private static Dictionary<string, string> Entries(CultureInfo culture) =>
        Texts.GetResourceSet(culture, createIfNotExists: true, tryParents: false)!.Cast<System.Collections.DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!);
}
