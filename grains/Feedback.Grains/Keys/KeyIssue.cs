using System.Buffers.Text;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using Feedback.Domain.Access;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Keys;
using Feedback.Domain.Organisation;
using Feedback.Grains.Organisation;
using Feedback.Grains.Windows;

namespace Feedback.Grains.Keys;

/// <summary>
/// Issues and revokes device keys and API tokens. The secret is the caller's to hand over; only its hash is appended.
/// Issuing the same secret again for the same purpose and node appends nothing.
/// </summary>
public static class KeyIssue
{
    /// <summary>What every device key starts with, so that people and secret scanners know it.</summary>
    public const string DevicePrefix = "fbd_";

    /// <summary>What every API token starts with.</summary>
    public const string TokenPrefix = "fbr_";

    private const int SecretBytes = 32;
    /// <summary>The fewest characters of a secret.</summary>
    public const int ShortestSecret = 22; // 128 bits in base64url

    /// <summary>Draws a secret: a prefix that tells its purpose, then 32 random bytes in base64url.</summary>
    public static string NewSecret(KeyPurpose purpose) =>
        (purpose == KeyPurpose.Device ? DevicePrefix : TokenPrefix) + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>Issues a key for pushing events of windows at or below a node.</summary>
    /// <param name="bureau">The bureau.</param>
    /// <param name="scope">The node.</param>
    /// <param name="secret">The secret, at least 128 random bits.</param>
    /// <param name="clock">Tells when it was issued.</param>
    /// <param name="terminal">The terminal that the key proves, where one gets a new key; null for a new terminal.</param>
    /// <param name="expires">When it ends by itself, milliseconds UTC; null for never.</param>
    /// <exception cref="ArgumentException">The secret is too short.</exception>
    /// <exception cref="KeyRefusedException">There is no such node, or the secret was issued for something else or revoked.</exception>
    public static Task<IssuedKey> DeviceKeyAsync(IBureau bureau, NodeId scope, string secret, TimeProvider clock, string? terminal = null, long? expires = null) =>
        IssueAsync(bureau, scope, secret, KeyPurpose.Device, number => new DeviceKeyIssued
        {
            Salt = EventMint.NewSalt(),
            Key = Numbered('k', number),
            Terminal = terminal ?? Numbered('t', number),
            Scope = scope,
            Hash = KeyRing.HashOf(secret),
            Expires = expires,
            At = clock.GetUtcNow().ToUnixTimeMilliseconds(),
        });

    /// <summary>Issues a token for reading nodes at or below a node.</summary>
    /// <param name="bureau">The bureau.</param>
    /// <param name="scope">The node.</param>
    /// <param name="secret">The secret, at least 128 random bits.</param>
    /// <param name="clock">Tells when it was issued.</param>
    /// <param name="permissions">What it may be used for, some of <see cref="Rights.OfTokens"/>; null for released and exact figures.</param>
    /// <param name="expires">When it ends by itself, milliseconds UTC; null for never.</param>
    /// <exception cref="ArgumentException">The secret is too short.</exception>
    /// <exception cref="KeyRefusedException">There is no such node, or the secret was issued for something else or revoked.</exception>
    public static Task<IssuedKey> ApiTokenAsync(
        IBureau bureau, NodeId scope, string secret, TimeProvider clock, ImmutableArray<Permission>? permissions = null, long? expires = null)
    {
        var may = permissions ?? ApiTokenIssued.Reading;
        if (may.IsEmpty || may.Except(Rights.OfTokens).Any())
            throw new KeyRefusedException(new Refusal("permission-refused", "permissions", string.Join(", ", may.Except(Rights.OfTokens).Select(other => other.Word()))));
        return IssueAsync(bureau, scope, secret, KeyPurpose.Read, number => new ApiTokenIssued
        {
            Salt = EventMint.NewSalt(),
            Key = Numbered('k', number),
            Scope = scope,
            Hash = KeyRing.HashOf(secret),
            Permissions = may,
            Expires = expires,
            At = clock.GetUtcNow().ToUnixTimeMilliseconds(),
        });
    }

    /// <summary>Revokes a key or token; one that is revoked already stays so, and nothing is appended.</summary>
    /// <param name="bureau">The bureau.</param>
    /// <param name="key">The id, such as <c>k3</c>.</param>
    /// <param name="clock">Tells when it was revoked.</param>
    /// <returns>False when there is no such key.</returns>
    public static async Task<bool> RevokeAsync(IBureau bureau, string key, TimeProvider clock)
    {
        var state = await bureau.DecideAsync(StreamName.Keys, state => state.Keys.FindById(key) is not { Revoked: false }
            ? Decision.Nothing
            : new Decision([new KeyRevoked { Salt = EventMint.NewSalt(), Key = key, At = clock.GetUtcNow().ToUnixTimeMilliseconds() }]));
        return state.Keys.FindById(key) is not null;
    }

    private static async Task<IssuedKey> IssueAsync(
        IBureau bureau, NodeId scope, string secret, KeyPurpose purpose, Func<int, JournalEvent> issue)
    {
        if (secret.Length < ShortestSecret)
            throw new ArgumentException($"A secret has at least {ShortestSecret} characters.", nameof(secret));
        var state = await bureau.DecideAsync(StreamName.Keys, state =>
        {
            if (state.Tree.Find(scope) is null)
                throw new KeyRefusedException(new Refusal("node-unknown", "scope", scope.Value));
            return state.Keys.Find(secret) switch
            {
                null => new Decision([issue(state.Keys.NextNumber)]),
                { Revoked: false } known when known.Purpose == purpose && known.Scope == scope => Decision.Nothing,
                // The secret itself is nobody's business: only the id of the key is told.
                { } other => throw new KeyRefusedException(new Refusal("key-taken", "secret", other.Id)),
            };
        });
        return state.Keys.Find(secret)!;
    }

    internal static string Numbered(char letter, int number) => letter + number.ToString(CultureInfo.InvariantCulture);
}
