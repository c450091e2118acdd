using Feedback.Domain.Invitations;
using Feedback.Domain.Journal;
using Feedback.Grains.Personal;

namespace Feedback.Grains.Invitations;

/// <summary>Writes and reads the tokens of invitations under the bureau's own key.</summary>
public sealed class InvitationSeal(BureauSecrets secrets, PersonalCipher cipher, TimeProvider clock)
{
    private readonly byte[] _key = secrets.KeyFor("invitations");

    /// <summary>The keyed hash of a matter's number.</summary>
    public Opaque HashMatter(string number) => cipher.HashMatter(number);

    /// <summary>The token of an invitation.</summary>
    public string Write(Invitation invitation) => InvitationToken.Write(_key, invitation);

    /// <summary>The invitation of a token; null for one that is forged or has expired.</summary>
    public Invitation? Read(string token) => InvitationToken.Read(_key, token, clock.GetUtcNow().ToUnixTimeMilliseconds());
}
