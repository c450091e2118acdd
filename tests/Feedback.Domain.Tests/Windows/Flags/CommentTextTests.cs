using Feedback.Domain.Windows;
using Xunit;

namespace Feedback.Domain.Tests.Windows.Flags;

public sealed class CommentTextTests
{
    private const string Long = "窗口的小王同志办事效率特别高，态度也好，必须点赞";

    [Theory]
    [InlineData("窗口的小王同志办事效率特别高,态度也好,必须点赞!!!")]
    [InlineData("  窗口的小王同志　办事效率特别高\n态度也好——必须点赞 👍👍")]
    public void Spaces_marks_and_pictures_make_no_other_comment(string other) => Assert.Equal(CommentText.Compared(Long), CommentText.Compared(other));

    // On these normalization throws.
    [Fact]
    public void What_is_no_character_makes_no_other_comment_and_no_error()
    {
        Assert.Equal(CommentText.Compared(Long), CommentText.Compared(Long + "\uFFFE"));
        Assert.Equal(CommentText.Compared(Long), CommentText.Compared("\uD800" + Long));
        Assert.Equal(CommentText.Compared(Long), CommentText.Compared(Long + "\uDC00\uD83D"));
    }

    [Fact]
    public void Case_and_width_make_no_other_comment() => Assert.Equal(
        CommentText.Compared("The lady at window 3 was very helpful indeed"), CommentText.Compared("ＴＨＥ lady at WINDOW ３ was very helpful, indeed."));

    [Fact]
    public void Another_word_makes_another_comment() => Assert.NotEqual(CommentText.Compared(Long), CommentText.Compared(Long.Replace('王', '李')));

    [Theory]
    [InlineData("")]
    [InlineData("！！！！！！！！！！！！！！！！！！")]
    [InlineData("很好")]
    [InlineData("服务态度很好，非常满意")]
    [InlineData("very good service, thank you")]
    public void What_many_say_in_the_same_words_tells_nothing(string comment) => Assert.Null(CommentText.Compared(comment));
}
