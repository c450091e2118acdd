using System.Security.Cryptography;
using Feedback.Domain.Writing;

namespace Feedback.Grains.Accounts;

/// <summary>
/// What names and passwords must be like. Length is what counts, so nothing else is asked of a password
/// (NIST SP 800-63B, §3.1.1.2).
/// </summary>
public static class PasswordRules
{
    /// <summary>The fewest characters of a password.</summary>
    public const int Shortest = 12;

    /// <summary>The most characters of a password: hashing more would only cost time.</summary>
    public const int Longest = 256;

    /// <summary>The most characters of a name.</summary>
    public const int LongestName = 64;

    /// <summary>So many wrong passwords in a row lock an account for <see cref="LockedFor"/>.</summary>
    public const int MostFailures = 5;

    // Without letters and digits that look alike.
    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";

    /// <summary>How long an account is locked.</summary>
    public static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(15);

    /// <summary>Whether a password may be chosen.</summary>
    public static bool Allows(string password) => password.Length is >= Shortest and <= Longest;

    /// <summary>Whether a name may be chosen: visible characters that Unicode knows, in any script, without spaces around them.</summary>
    public static bool AllowsName(string name) =>
        name.Length is > 0 and <= LongestName && name.Trim() == name && !name.Any(char.IsControl) && NormalForm.CanBeNormalized(name);

    /// <summary>Draws a password that is easy to type: four groups of five characters, 99 random bits.</summary>
    public static string Generate() => string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(Letters, 5)));
}
