using System.Xml.Linq;
using Feedback.Api.Addresses;
using Feedback.Api.Invitations;
using Xunit;

namespace Feedback.Api.Tests.Ratings;

public sealed class QrPictureTests
{
    [Fact]
    public void A_link_of_an_invitation_is_a_code_of_version_seven_at_most_with_its_quiet_zone()
    {
        Assert.True(PublicAddress.Parse("https://feedback.example.gov.cn", false).TryLink("/rate/" + string.Concat(Enumerable.Repeat("aB1_", 20)), out var link, out _));

        var svg = XDocument.Parse(QrPicture.Svg(link)).Root!;

        // ISO/IEC 18004: 17 + 4 × version modules, and four of quiet zone on each side.
        Assert.Equal("0 0 53 53", (string)svg.Attribute("viewBox")!);
        var path = (string)svg.Elements().Last().Attribute("d")!;
        // The finder pattern in the upper left corner begins with seven dark modules.
        Assert.StartsWith("M4 4h7v1h-7z", path, StringComparison.Ordinal);
        Assert.DoesNotContain("style", QrPicture.Svg(link), StringComparison.Ordinal);
        Assert.StartsWith("data:image/svg+xml;base64,", QrPicture.Address(link), StringComparison.Ordinal);
    }
}
