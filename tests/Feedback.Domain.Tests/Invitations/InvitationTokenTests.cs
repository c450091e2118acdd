using System.Security.Cryptography;
using Feedback.Domain.Invitations;
using Feedback.Domain.Tests.Support;
using Feedback.Domain.Time;
using Xunit;

namespace Feedback.Domain.Tests.Invitations;

public sealed class InvitationTokenTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(value => (byte)value)];
    private static readonly Invitation Asked = new(Some.Window, Some.Bytes(16), "permit", new Moment(Some.Morning, 480), 7, InvitationLanguage.Chinese);

    /// <summary>Source: Python 3, <c>struct.pack('&gt;BBI', 1, 1, 5) + bytes(range(16, 32)) + struct.pack('&gt;IhB', 1772415000, 480, 7) + b'permit'</c>, then <c>hmac.new(bytes(range(32)), text, 'sha256').digest()[:16]</c>.</summary>
    [Fact]
    public void A_token_is_the_invitation_and_a_code_over_it() => Assert.Equal("AQEAAAAFEBESExQVFhcYGRobHB0eH2mk6BgB4AdwZXJtaXTk7iSq2bgGQpR3_7uxP_uj", InvitationToken.Write(Key, Asked));

    [Fact]
    public void What_was_written_is_read()
    {
        foreach (var asked in new[] { Asked, Asked with { ServiceItem = null, Language = InvitationLanguage.Any }, Asked with { ServiceItem = new string('证', 64), Days = 90 } })
        {
            var token = InvitationToken.Write(Key, asked);
            Assert.Equal(asked, InvitationToken.Read(Key, token, Some.Morning));
            Assert.InRange(token.Length, 60, InvitationToken.Longest);
        }
    }

    [Fact]
    public void It_is_good_until_its_days_are_over_and_not_a_millisecond_longer()
    {
        var token = InvitationToken.Write(Key, Asked);

        Assert.NotNull(InvitationToken.Read(Key, token, Some.Morning + (7 * Some.Day) - 1));
        Assert.Null(InvitationToken.Read(Key, token, Some.Morning + (7 * Some.Day)));
    }

    [Fact]
    public void No_other_character_anywhere_makes_a_token_of_ours()
    {
        var token = InvitationToken.Write(Key, Asked);
        for (var at = 0; at < token.Length; at++)
        {
            foreach (var letter in "ABab01-_ =")
            {
                var other = token[..at] + letter + token[(at + 1)..];
                Assert.True(other == token || InvitationToken.Read(Key, other, Some.Morning) is null, other);
            }
        }

        foreach (var other in new[] { "", "A", token[..^1], token + "A", token + "=", token[..20], new string('A', 321) })
            Assert.Null(InvitationToken.Read(Key, other, Some.Morning));
    }

    [Fact]
    public void Another_bureaus_token_is_none_of_ours() =>
        Assert.Null(InvitationToken.Read(Key, InvitationToken.Write(RandomNumberGenerator.GetBytes(32), Asked), Some.Morning));

    [Fact]
    public void A_short_token_fits_a_QR_code_that_any_phone_reads() =>
        // 122 bytes are a code of version 7 at level M (ISO/IEC 18004, table 7): 45 by 45 modules.
        Assert.InRange($"https://feedback.example.gov.cn/rate/{InvitationToken.Write(Key, Asked)}".Length, 1, 122);

    [Fact]
    public void Whoever_rates_a_matter_the_identity_is_the_matters()
    {
        var (one, other) = (Asked.RatingId("draw-1"), (Asked with { ServiceItem = null }).RatingId("draw-2"));

        Assert.NotEqual(one, other);
        Assert.Equal(Windows(one), Windows(other));
        Assert.NotEqual(Windows(one), Windows((Asked with { Matter = Some.Bytes(17) }).RatingId("draw-1")));
        // Another source's ids may look the same, and mean something else.
        Assert.NotEqual(Domain.Windows.Identities.OfEvaluation("t1", one), Domain.Windows.Identities.OfEvaluation("t1", other));

        static Domain.Journal.Opaque Windows(string id) => Domain.Windows.Identities.OfEvaluation(Invitation.Source, id);
    }
}
