using System.Text;
using Feedback.Domain.Access;
using Xunit;

namespace Feedback.Domain.Tests.Access;

public sealed class Base32Tests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Texts_are_those_of_RFC_4648_section_10_without_padding(string plain, string text) =>
        Assert.Equal(text, Base32.Write(Encoding.ASCII.GetBytes(plain)));
}
