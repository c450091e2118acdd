using System.Security.Cryptography;
using System.Text;
using Feedback.Grains.Accounts;

namespace Feedback.Web.Setup;

/// <summary>
/// The one-time code that whoever started the service has, and nobody else: it opens <c>/setup</c> until there is an administrator.
/// Only its hash is kept, and only in memory; a restart draws another.
/// </summary>
public sealed class SetupCode
{
    private volatile byte[]? _hash;

    /// <summary>Whether a code is out that was not used yet.</summary>
    public bool IsOpen => _hash is not null;

    /// <summary>Draws a code of 99 random bits; the one before lapses.</summary>
    public string Draw()
    {
        var code = PasswordRules.Generate();
        _hash = HashOf(code);
        return code;
    }

    /// <summary>Whether this is the code; it takes as long whatever is asked.</summary>
    public bool Matches(string code) => _hash is { } hash && CryptographicOperations.FixedTimeEquals(hash, HashOf(code.Trim().ToLowerInvariant()));

    /// <summary>Nothing is opened by the code any more.</summary>
    public void Lapse() => _hash = null;

    private static byte[] HashOf(string code) => SHA256.HashData(Encoding.UTF8.GetBytes(code));
}
