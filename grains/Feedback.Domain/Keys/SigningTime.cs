using Feedback.Domain.Evaluations;
using Feedback.Domain.Time;

namespace Feedback.Domain.Keys;

/// <summary>Whether a key was good when an event was made that it signed. Pure: both times are handed in.</summary>
public static class SigningTime
{
    /// <summary>Flag: received after the key's revocation, and claims to have been made before it. It counts, and people look at it.</summary>
    public const string BeforeRevocationFlag = "signed-before-revocation";

    /// <summary>Flag: received more than <see cref="Grace"/> after the key's end, and claims to have been made before it. It counts, and people look at it.</summary>
    public const string EndedKeyFlag = "signed-by-ended-key";

    /// <summary>For how long after a key's end it is ordinary that what it signed comes in: 24 hours, in milliseconds.</summary>
    public const long Grace = 24L * 60 * 60 * 1000;

    /// <summary>
    /// Judges a key. An event may come in after the key's end, as long as it was made before; after a revocation nobody but the
    /// device tells that, so it is marked; nor does anybody long after the end, for whoever holds an old key chooses the time.
    /// </summary>
    /// <param name="key">The key that signed.</param>
    /// <param name="claimed">The device's time, milliseconds UTC.</param>
    /// <param name="receivedAt">The server's time, milliseconds UTC.</param>
    /// <returns>Why the event is refused, or null; whether the key was revoked in the meantime; whether else it had ended for longer than <see cref="Grace"/>.</returns>
    public static (Refusal? Refusal, bool BeforeRevocation, bool ByEndedKey) Judge(IssuedKey key, long claimed, long receivedAt)
    {
        // Where the device's time is not believed (see DayRule) nobody knows when it was made: then now decides.
        var made = claimed < receivedAt - DayRule.Patience || claimed > receivedAt ? receivedAt : claimed;
        if (made < key.From - DayRule.Ahead)
            return (Refused("signing-key-early", key), false, false);
        if (key.HasEndedAt(made))
            return (Refused("signing-key-expired", key), false, false);
        return key.RevokedAt <= made
            ? (Refused("signing-key-revoked", key), false, false)
            : (null, key.Revoked, !key.Revoked && key.HasEndedAt(receivedAt - Grace));
    }

    private static Refusal Refused(string code, IssuedKey key) => new(code, "signature", key.Id);
}
