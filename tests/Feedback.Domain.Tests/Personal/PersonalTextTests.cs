using Feedback.Domain.Personal;
using Feedback.Domain.Tests.Support;
using Xunit;

namespace Feedback.Domain.Tests.Personal;

public sealed class PersonalTextTests
{
    /// <summary>Source: Python 3, <c>hashlib.sha256(bytes(range(16)) + '窗口很慢'.encode()).digest()[:16].hex()</c>.</summary>
    [Fact]
    public void A_comment_is_hashed_with_its_salt() =>
        Assert.Equal("d44683978cc5f264cc265096fed2827d", Convert.ToHexStringLower(PersonalText.Hash(Some.Salt, "窗口很慢").ToBytes()));

    [Fact]
    public void The_same_comment_has_another_hash_under_another_salt() =>
        Assert.NotEqual(PersonalText.Hash(Some.Salt, "好"), PersonalText.Hash(Some.Bytes(1), "好"));
}
