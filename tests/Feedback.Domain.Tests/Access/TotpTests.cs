using System.Text;
using Feedback.Domain.Access;
using Xunit;

namespace Feedback.Domain.Tests.Access;

public sealed class TotpTests
{
    // The secret of RFC 6238, appendix B, for SHA-1.
    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("12345678901234567890");

    [Theory]
    [InlineData(59, "94287082")]
    [InlineData(1111111109, "07081804")]
    [InlineData(1111111111, "14050471")]
    [InlineData(1234567890, "89005924")]
    [InlineData(2000000000, "69279037")]
    [InlineData(20000000000, "65353130")]
    public void Codes_are_those_of_RFC_6238_appendix_B(long seconds, string code)
    {
        Assert.Equal(code, Totp.CodeAt(Secret, Totp.StepAt(seconds * 1000), digits: 8));
        Assert.Equal(code[2..], Totp.CodeAt(Secret, Totp.StepAt(seconds * 1000)));
    }

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void A_code_is_good_in_its_step_and_one_aside(int aside, bool good)
    {
        const long Step = 1000;

        var found = Totp.StepOf(Secret, Totp.CodeAt(Secret, Step + aside), Step * Totp.StepSeconds * 1000, lastAccepted: 0);

        Assert.Equal(good ? Step + aside : null, found);
    }

    [Fact]
    public void A_code_is_good_once_and_none_before_it_afterwards()
    {
        const long Now = 1000L * Totp.StepSeconds * 1000;

        Assert.Null(Totp.StepOf(Secret, Totp.CodeAt(Secret, 1000), Now, lastAccepted: 1000));
        Assert.Null(Totp.StepOf(Secret, Totp.CodeAt(Secret, 999), Now, lastAccepted: 1000));
        Assert.Equal(1001, Totp.StepOf(Secret, Totp.CodeAt(Secret, 1001), Now, lastAccepted: 1000));
    }

    [Theory]
    [InlineData("")]
    [InlineData("28708")]
    [InlineData("2870822")]
    [InlineData("287083")]
    [InlineData("２８７０８２")]
    public void What_is_not_the_code_is_not_taken(string typed) => Assert.Null(Totp.StepOf(Secret, typed, 59_000, lastAccepted: 0));
}
