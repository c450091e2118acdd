using System.Collections.Immutable;
using Feedback.Domain.Access;
using Feedback.Domain.Organisation;

namespace Feedback.Domain.Keys;

/// <summary>What a key is for.</summary>
public enum KeyPurpose
{
    /// <summary>Pushing events as a terminal.</summary>
    Device = 1,

    /// <summary>Reading.</summary>
    Read,
}

/// <summary>A key or token as it stands. All times are milliseconds UTC.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Purpose">What it is for.</param>
/// <param name="Terminal">The terminal that it proves; null for tokens.</param>
/// <param name="Scope">The node at or below which it is good.</param>
/// <param name="Hash">SHA-256 of the secret, or of the public key's bytes, hexadecimal.</param>
/// <param name="From">From here on it is good.</param>
public sealed record IssuedKey(string Id, KeyPurpose Purpose, string? Terminal, NodeId Scope, string Hash, long From)
{
    /// <summary>How a terminal proves itself by it; <see cref="KeyAlgorithm.Plain"/> for tokens.</summary>
    public KeyAlgorithm Algorithm { get; init; } = KeyAlgorithm.Plain;

    /// <summary>The public key in base64; only for <see cref="KeyAlgorithm.Es256"/>.</summary>
    public string? PublicKey { get; init; }

    /// <summary>The sealed secret in base64url; only for <see cref="KeyAlgorithm.HmacSha256"/>.</summary>
    public string? Sealed { get; init; }

    /// <summary>The version of the master key under which it is sealed.</summary>
    public int Master { get; init; }

    /// <summary>From here on it is good no longer; null when it does not end by itself.</summary>
    public long? Expires { get; init; }

    /// <summary>When it was revoked; null when it was not.</summary>
    public long? RevokedAt { get; init; }

    /// <summary>The key that the terminal got in its place; null while it has got none.</summary>
    public string? ReplacedBy { get; init; }

    /// <summary>What a token may be used for; nothing for keys of terminals, which may what <see cref="Rights.OfTerminals"/> says.</summary>
    public ImmutableArray<Permission> Permissions { get; init; } = [];

    /// <summary>True when it was revoked.</summary>
    public bool Revoked => RevokedAt is not null;

    /// <summary>Whether the terminal signs, and so is believed nothing that it does not sign.</summary>
    public bool Signs => Algorithm != KeyAlgorithm.Plain;

    /// <summary>Whether it ended by itself before a time.</summary>
    public bool HasEndedAt(long time) => Expires <= time;

    /// <summary>Whether it is good at a time: issued, not ended, not revoked. Silos whose clocks differ issue and revoke as of their own.</summary>
    public bool IsGoodAt(long time) => From <= time && !HasEndedAt(time) && !(RevokedAt <= time);

    /// <inheritdoc/>
    public bool Equals(IssuedKey? other) => other is not null
        && (Id, Purpose, Terminal, Scope, Hash, From) == (other.Id, other.Purpose, other.Terminal, other.Scope, other.Hash, other.From)
        && (Algorithm, PublicKey, Sealed, Master) == (other.Algorithm, other.PublicKey, other.Sealed, other.Master)
        && (Expires, RevokedAt, ReplacedBy) == (other.Expires, other.RevokedAt, other.ReplacedBy)
        && Permissions.SequenceEqual(other.Permissions);

    /// <inheritdoc/>
    public override int GetHashCode() => Hash.GetHashCode(StringComparison.Ordinal);
}

/// <summary>A one-time code as it stands. All times are milliseconds UTC.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Scope">The node at or below which the terminal's key will be good.</param>
/// <param name="Terminal">The terminal that gets a new key; null for a new one.</param>
/// <param name="Algorithms">The algorithms among which the terminal may choose.</param>
/// <param name="From">When it was issued.</param>
/// <param name="Expires">From here on it is good no longer.</param>
/// <param name="UsedFor">The key for which it was used up; null while it was not.</param>
public sealed record EnrolmentCode(
    string Id, NodeId Scope, string? Terminal, ImmutableArray<KeyAlgorithm> Algorithms, long From, long Expires, string? UsedFor = null)
{
    /// <summary>True when it was revoked before anybody used it.</summary>
    public bool Revoked { get; init; }

    /// <summary>Whether a terminal may still come with it.</summary>
    public bool IsOpenAt(long time) => UsedFor is null && !Revoked && time < Expires;
}
