using Feedback.Domain.Cases;
using Xunit;

namespace Feedback.Domain.Tests.Cases;

/// <summary>How alike two texts are.</summary>
public sealed class TextLikenessTests
{
    [Theory]
    // 窗口, 口排 | 口排, 排队 : one of three.
    [InlineData("窗口排", "口排队", 1, 3)]
    // ni, ig, gh, ht | na, ac, ch, ht : one of seven.
    [InlineData("night", "nacht", 1, 7)]
    [InlineData("等了三个小时。", "等了 三个小时！", 1, 1)]
    [InlineData("Waited", "waited", 1, 1)]
    [InlineData("态度差", "收费高", 0, 1)]
    [InlineData("差", "差！", 1, 1)]
    [InlineData("差", "差评", 0, 1)]
    [InlineData("", "差评", 0, 1)]
    [InlineData("……", "……", 0, 1)]
    public void It_is_the_share_of_pairs_of_characters_that_both_have(string one, string other, int both, int all)
    {
        Assert.Equal((double)both / all, TextLikeness.Of(one, other), 12);
        Assert.Equal(TextLikeness.Of(one, other), TextLikeness.Of(other, one));
    }

    [Fact]
    public void Texts_of_any_length_cost_no_more_than_their_beginning() =>
        Assert.Equal(1, TextLikeness.Of(new string('等', 10_000), new string('等', 5_000) + "ab"));
}
