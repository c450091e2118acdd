using Feedback.Domain.Personal.FreeText;
using Xunit;

namespace Feedback.Domain.Tests.Personal.FreeText;

public sealed class ChecksumTests
{
    /// <summary>Source: the two examples of GB 11643-1999, section 4.</summary>
    [Theory]
    [InlineData("11010519491231002X")]
    [InlineData("440524188001010014")]
    public void The_examples_of_the_standard_carry_the_check_character_computed(string number) =>
        Assert.Equal(number[17], Checksums.IdentityCheck(number));

    /// <summary>Sources: the example of US patent 2,950,048's usual description (79927398713); test numbers that card networks publish.</summary>
    [Theory]
    [InlineData("79927398713", true)]
    [InlineData("79927398710", false)]
    [InlineData("4111111111111111", true)]
    [InlineData("6200000000000005", true)]
    [InlineData("6205500000000000004", true)]
    [InlineData("6200000000000006", false)]
    public void Card_numbers_are_checked_by_their_last_digit(string digits, bool right) => Assert.Equal(right, Checksums.Luhn(digits));

    [Fact]
    public void A_mistyped_identity_number_is_still_one() => Assert.True(Checksums.MayBeIdentity("110105194912310021"));

    [Fact]
    public void Eighteen_digits_without_a_date_of_birth_and_a_check_are_none() => Assert.False(Checksums.MayBeIdentity("202611251030001234"));
}
