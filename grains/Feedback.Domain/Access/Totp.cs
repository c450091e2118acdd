using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Feedback.Domain.Access;

/// <summary>
/// Codes of an authenticator app: time-based one-time passwords (RFC 6238) of six digits, a new one every 30 seconds, by
/// HMAC-SHA-1, which is what every app knows.
/// </summary>
public static class Totp
{
    /// <summary>The digits of a code.</summary>
    public const int Digits = 6;

    /// <summary>For how many seconds a code stands.</summary>
    public const int StepSeconds = 30;

    /// <summary>The bytes of a secret: as many as the hash has (RFC 4226, §4).</summary>
    public const int SecretLength = 20;

    // Clocks of phones are a little off, and typing takes a while: one step before and one after are good, too (RFC 6238, §5.2).
    private const int StepsAside = 1;

    /// <summary>The step a time lies in.</summary>
    /// <param name="utcMilliseconds">Milliseconds since 1970, UTC; not negative.</param>
    public static long StepAt(long utcMilliseconds) => utcMilliseconds / 1000 / StepSeconds;

    /// <summary>The code of a step.</summary>
    /// <param name="secret">The secret shared with the app.</param>
    /// <param name="step">The step.</param>
    /// <param name="digits">How many digits; at most nine.</param>
    public static string CodeAt(ReadOnlySpan<byte> secret, long step, int digits = Digits)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // What RFC 6238 and the apps use; as a keyed hash SHA-1 is not broken.
        HMACSHA1.HashData(secret, counter, hash);
#pragma warning restore CA5350
        // Dynamic truncation (RFC 4226, §5.3).
        var offset = hash[^1] & 0xF;
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[offset..]) & 0x7FFF_FFFF;
        var modulus = 1;
        for (var i = 0; i < digits; i++)
            modulus *= 10;
        return (number % modulus).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
    }

    /// <summary>The step whose code this is, at a time or one step aside, and later than the last one that was accepted.</summary>
    /// <param name="secret">The secret shared with the app.</param>
    /// <param name="code">What was typed.</param>
    /// <param name="utcMilliseconds">Now: milliseconds since 1970, UTC.</param>
    /// <param name="lastAccepted">The step of the last code accepted: a code is good once. 0 when there was none.</param>
    /// <returns>The step to remember; null when the code is wrong, or was used.</returns>
    public static long? StepOf(ReadOnlySpan<byte> secret, string code, long utcMilliseconds, long lastAccepted)
    {
        var now = StepAt(utcMilliseconds);
        long? found = null;
        // All three are always computed: how long it takes tells nothing.
        for (var step = now - StepsAside; step <= now + StepsAside; step++)
        {
            if (AreEqual(CodeAt(secret, step), code) && step > lastAccepted)
                found = step;
        }

        return found;
    }

    private static bool AreEqual(string expected, string typed) =>
        CryptographicOperations.FixedTimeEquals(System.Text.Encoding.UTF8.GetBytes(expected), System.Text.Encoding.UTF8.GetBytes(typed));
}
