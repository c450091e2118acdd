using Feedback.Domain.Evaluations;
using Feedback.Domain.Time;

namespace Feedback.Domain.Keys;

/// <summary>Whether a key was good when an event was made that it signed. Pure: both times are handed in.</summary>
public static class SigningTime
{
    /// <summary>Flag: received after the key's revocation, and claims to have been made before it. It counts, and people look at it.</summary>
    public const string BeforeRevocationFlag = "signed-before-revocation";

    /// <summary>
    /// Judges a key. An event may come in after the key's end, as long as it was made before; after a revocation nobody but the
    /// device tells that, so it is marked.
    /// </summary>
    /// <param name="key">The key that signed.</param>
    /// <param name="claimed">The device's time, milliseconds UTC.</param>
    /// <param name="receivedAt">The server's time, milliseconds UTC.</param>
    /// <returns>Why the event is refused, or null; and whether the key was revoked in the meantime.</returns>
    public static (Refusal? Refusal, bool BeforeRevocation) Judge(IssuedKey key, long claimed, long receivedAt)
    {
        // Where the device's time is not believed (see DayRule) nobody knows when it was made: then now decides.
        var made = claimed < receivedAt - DayRule.Patience || claimed > receivedAt ? receivedAt : claimed;
        if (made < key.From - DayRule.Ahead)
            return (Refused("signing-key-early", key), false);
        if (key.HasEndedAt(made))
            return (Refused("signing-key-expired", key), false);
        return key.RevokedAt <= made ? (Refused("signing-key-revoked", key), false) : (null, key.Revoked);
    }

    private static Refusal Refused(string code, IssuedKey key) => new(code, "signature", key.Id);
}
