using Feedback.Api.Tests.Support;
using Xunit;

namespace Feedback.Api.Tests.Problems;

[Collection(OneSite.Name)]
public sealed class UnknownWindowTests(RunningSite site)
{
    [Theory]
    [InlineData("n999999")]
    [InlineData("qinghe/no-hall/w-1")]
    [InlineData("' or 1=1 --")]
    [InlineData("../../etc/passwd")]
    [InlineData("窗口")]
    public async Task An_unknown_window_is_not_found(string window)
    {
        var answer = await site.Client.PushAsync(Some.Evaluation(window));

        Assert.Equal((404, "window-unknown", "window"), (answer.Status, answer.Code, answer.Field));
    }

    [Fact]
    public async Task A_window_that_is_cut_short_in_the_answer_is_not_cut_through_a_character()
    {
        var answer = await site.Client.PushAsync(Some.Evaluation(new string('a', 59) + "😀😀"));

        Assert.Equal((404, "window-unknown"), (answer.Status, answer.Code));
        Assert.DoesNotContain('\uFFFD', answer.Text);
    }

    [Fact]
    public async Task A_hall_is_no_window()
    {
        var answer = await site.Client.PushAsync(Some.Evaluation((await site.NewHallAsync()).Id));

        Assert.Equal((404, "window-unknown"), (answer.Status, answer.Code));
    }
}
