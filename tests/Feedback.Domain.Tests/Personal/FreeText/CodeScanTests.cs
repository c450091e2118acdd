using Feedback.Domain.Personal.FreeText;
using Xunit;

namespace Feedback.Domain.Tests.Personal.FreeText;

public sealed class CodeScanTests
{
    [Theory]
    [InlineData("13812345678")]
    [InlineData("张三13812345678")]
    [InlineData("+8613812345678")]
    [InlineData("１３８１２３４５６７８")]
    [InlineData("11010519491231002X")]
    [InlineData("wang@example.com")]
    public void What_tells_of_a_person_is_found(string text) => Assert.True(CodeScan.TellsOfPerson(text));

    [Theory]
    [InlineData("")]
    [InlineData("s1")]
    [InlineData("192.168.10.100")]
    [InlineData("2026-11-25 10:00:00")]
    [InlineData("11330100002489559T4330125021000")]
    [InlineData("1381234567")]
    [InlineData("138123456789")]
    [InlineData("0b7c2f4e-9a1d-4c3b-8e5f-a13812345678")]
    [InlineData("kiosk@hall")]
    public void What_is_a_code_or_an_address_of_a_machine_is_not(string text) => Assert.False(CodeScan.TellsOfPerson(text));
}
