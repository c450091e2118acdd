using System.Collections.Immutable;
using Feedback.Domain.Access;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;

namespace Feedback.Domain.Keys;

/// <summary>A key by which a terminal proves itself was issued. Nothing is kept that would let a reader of the database prove it, too.</summary>
public sealed record DeviceKeyIssued : JournalEvent
{
    /// <summary>The key's id, such as <c>k3</c>.</summary>
    public required string Key { get; init; }

    /// <summary>The terminal that it proves, such as <c>t3</c>; a terminal outlives its keys.</summary>
    public required string Terminal { get; init; }

    /// <summary>The key is good for windows at or below this node.</summary>
    public required NodeId Scope { get; init; }

    /// <summary>
    /// SHA-256, 64 hexadecimal digits, of the secret in UTF-8, which has at least 128 random bits; for <see cref="KeyAlgorithm.Es256"/>
    /// of the public key's bytes.
    /// </summary>
    public required string Hash { get; init; }

    /// <summary>How it proves the terminal.</summary>
    public KeyAlgorithm Algorithm { get; init; } = KeyAlgorithm.Plain;

    /// <summary>The public key (SubjectPublicKeyInfo, DER) in base64; only for <see cref="KeyAlgorithm.Es256"/>.</summary>
    public string? PublicKey { get; init; }

    /// <summary>The secret under a key that lies outside the database, in base64url; only for <see cref="KeyAlgorithm.HmacSha256"/>.</summary>
    public string? Sealed { get; init; }

    /// <summary>The version of the master key from which the sealing key is derived; 0 where nothing is sealed.</summary>
    public int Master { get; init; }

    /// <summary>From here on the key is good no longer, milliseconds UTC; null when it does not end by itself.</summary>
    public long? Expires { get; init; }

    /// <summary>The id of the one-time code that was used up for it; null where none was.</summary>
    public string? Code { get; init; }

    /// <summary>From here on the key is good, milliseconds UTC.</summary>
    public required long At { get; init; }
}

/// <summary>A token for programs that read was issued. Only its hash is kept.</summary>
public sealed record ApiTokenIssued : JournalEvent
{
    /// <summary>What tokens of the first version are for.</summary>
    public static readonly ImmutableArray<Permission> Reading = [Permission.ReadReleased, Permission.ReadFigures];

    /// <summary>The token's id, such as <c>k4</c>.</summary>
    public required string Key { get; init; }

    /// <summary>The token reads nodes at or below this one.</summary>
    public required NodeId Scope { get; init; }

    /// <summary>SHA-256 of the secret, 64 hexadecimal digits.</summary>
    public required string Hash { get; init; }

    /// <summary>What it may be used for: some of <see cref="Rights.OfTokens"/>.</summary>
    public ImmutableArray<Permission> Permissions { get; init; } = Reading;

    /// <summary>From here on the token is good no longer, milliseconds UTC; null when it does not end by itself.</summary>
    public long? Expires { get; init; }

    /// <summary>Milliseconds UTC.</summary>
    public required long At { get; init; }
}

/// <summary>A terminal got a new key: the old one lives on for a while and then ends.</summary>
public sealed record KeyEnds : JournalEvent
{
    /// <summary>The id of the old key.</summary>
    public required string Key { get; init; }

    /// <summary>The id of the key that replaces it.</summary>
    public required string By { get; init; }

    /// <summary>From here on it is good no longer, milliseconds UTC; an earlier end stays.</summary>
    public required long Expires { get; init; }

    /// <summary>Milliseconds UTC.</summary>
    public required long At { get; init; }
}

/// <summary>A device key or an API token is good no longer.</summary>
public sealed record KeyRevoked : JournalEvent
{
    /// <summary>The id of the key or token.</summary>
    public required string Key { get; init; }

    /// <summary>Milliseconds UTC.</summary>
    public required long At { get; init; }
}

/// <summary>A one-time code that nobody used is good no longer.</summary>
public sealed record EnrolmentCodeRevoked : JournalEvent
{
    /// <summary>The code's id, such as <c>c5</c>.</summary>
    public required string Code { get; init; }

    /// <summary>Milliseconds UTC.</summary>
    public required long At { get; init; }
}

/// <summary>A one-time code was issued, by which one terminal gets its first key, or an old one a new key. Only its hash is kept.</summary>
public sealed record EnrolmentCodeIssued : JournalEvent
{
    /// <summary>The code's id, such as <c>c5</c>; the code itself is not in it.</summary>
    public required string Code { get; init; }

    /// <summary>The node at or below which the terminal's key is good.</summary>
    public required NodeId Scope { get; init; }

    /// <summary>The terminal that gets a new key; null for a new terminal.</summary>
    public string? Terminal { get; init; }

    /// <summary>SHA-256 of the code's letters, 64 hexadecimal digits.</summary>
    public required string Hash { get; init; }

    /// <summary>The algorithms among which the terminal may choose.</summary>
    public required ImmutableArray<KeyAlgorithm> Algorithms { get; init; }

    /// <summary>From here on the code is good no longer, milliseconds UTC.</summary>
    public required long Expires { get; init; }

    /// <summary>Milliseconds UTC.</summary>
    public required long At { get; init; }
}
