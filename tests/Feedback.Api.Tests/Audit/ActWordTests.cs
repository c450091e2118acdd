using System.Globalization;
using System.Reflection;
using System.Resources;
using Feedback.Grains.Audit;
using Feedback.Web;
using Xunit;

namespace Feedback.Api.Tests.Audit;

public sealed class ActWordTests
{
    [Theory]
    [InlineData("en")]
    [InlineData("zh-CN")]
    public void Every_act_has_words_on_the_page(string language)
    {
        var words = new ResourceManager("Feedback.Web.Words.PageWords", typeof(PagesSetup).Assembly);
        var acts = typeof(Acts).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!).Where(act => act != Acts.Verb);

        Assert.DoesNotContain(acts, act => words.GetString("act-" + act, CultureInfo.GetCultureInfo(language)) is null);
    }

    [Fact]
    public void What_is_stored_for_good_is_told_apart()
    {
        var acts = typeof(Acts).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!).ToList();

        Assert.Equal(acts.Count, acts.Distinct().Count());
    }
}
