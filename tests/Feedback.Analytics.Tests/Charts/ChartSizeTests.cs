using Feedback.Charts;
using Xunit;

namespace Feedback.Analytics.Tests.Charts;

public class ChartSizeTests
{
    [Theory]
    [InlineData(199, 480, 1)]
    [InlineData(3_001, 480, 1)]
    [InlineData(960, 149, 1)]
    [InlineData(960, 2_001, 1)]
    [InlineData(960, 480, 0)]
    [InlineData(960, 480, 3)]
    [InlineData(3_000, 2_000, 2)]
    public void Sizes_that_cannot_be_read_or_would_fill_the_memory_are_refused(int width, int height, int scale) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ChartSize(width, height, scale));

    [Fact]
    public void A_dense_screen_gets_two_pixels_a_point()
    {
        var size = new ChartSize(1_920, 1_200, 2);

        Assert.Equal((3_840, 2_400), (size.PixelWidth, size.PixelHeight));
    }
}
