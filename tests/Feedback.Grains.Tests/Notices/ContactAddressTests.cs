using Feedback.Domain.Cases;
using Feedback.Grains.Notices;
using Xunit;
using static Feedback.Grains.Tests.Cases.CaseSite;

namespace Feedback.Grains.Tests.Notices;

/// <summary>Citizens leave an address in the ways in which people write one down.</summary>
public sealed class ContactAddressTests
{
    [Fact]
    public async Task A_citizen_whose_contact_holds_an_address_beside_other_things_hears_of_the_answer_there()
    {
        var (site, box) = await NoticeSite.OpenAsync(NoticeSite.Mails with { Citizens = true });
        await using var closing = site;
        var id = await site.OpenCaseAsync(Complaint(), contact: "张三, 13800000000, zhang@example.org");
        await site.MustAsync(id, Clerk, new HandleCase("repaired"));
        await site.MustAsync(id, Clerk, new GiveFeedback("phone", FeedbackOutcome.Reached, null), "已修好");
        await site.WorkAsync();

        Assert.Equal(["zhang@example.org"], box.Letters.Select(letter => letter.To));
        Assert.DoesNotContain("13800000000", box.Everything, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(" 13800000000 zhang@example.org ", "zhang@example.org")]
    [InlineData("张三，13800000000；zhang@example.org、微信同号", "zhang@example.org")]
    [InlineData("zhang@example.org;\u3000Zhang@Example.org", "zhang@example.org")]
    [InlineData("zhang@example.org,li@example.org", null)]
    [InlineData("Zhang <zhang@example.org>", null)]
    [InlineData("zhang@example.org\r\nBcc: li", null)]
    [InlineData("13800000000\nzhang@example.org", null)]
    [InlineData("13800000000\tzhang@example.org", null)]
    [InlineData(" , ; ", null)]
    [InlineData(null, null)]
    public void Of_a_contact_the_one_part_is_taken_that_is_an_address(string? contact, string? address) => Assert.Equal(address, MailAddress.FindIn(contact));
}
