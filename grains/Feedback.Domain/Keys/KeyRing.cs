using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Feedback.Domain.Access;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;

namespace Feedback.Domain.Keys;

/// <summary>What a key is for.</summary>
public enum KeyPurpose
{
    /// <summary>Pushing events as a terminal.</summary>
    Device = 1,

    /// <summary>Reading figures.</summary>
    Read,
}

/// <summary>A key or token as it stands.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Purpose">What it is for.</param>
/// <param name="Terminal">The terminal that it proves; null for tokens.</param>
/// <param name="Scope">The node at or below which it is good.</param>
/// <param name="Hash">SHA-256 of the secret, hexadecimal.</param>
/// <param name="Revoked">True when it is good no longer.</param>
public sealed record IssuedKey(string Id, KeyPurpose Purpose, string? Terminal, NodeId Scope, string Hash, bool Revoked)
{
    private static readonly Permission[] OfReaders = [Permission.ReadReleased, Permission.ReadFigures];

    /// <summary>What a token may be used for; nothing for keys of terminals, which may what <see cref="Rights.OfTerminals"/> says.</summary>
    public IReadOnlyList<Permission> Permissions => Purpose == KeyPurpose.Read ? OfReaders : [];
}

/// <summary>Device keys and API tokens as the <c>keys</c> stream tells them: an immutable fold that every silo holds whole.</summary>
public sealed record KeyRing
{
    /// <summary>Before the first event.</summary>
    public static readonly KeyRing Empty = new();

    private ImmutableDictionary<string, IssuedKey> ByHash { get; init; } = ImmutableDictionary<string, IssuedKey>.Empty;

    private ImmutableDictionary<string, string> HashById { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The version of the last event folded.</summary>
    public long Version { get; private init; }

    /// <summary>The number that the next key and terminal get in their ids.</summary>
    public int NextNumber => HashById.Count + 1;

    /// <summary>All keys, revoked ones too, in the order in which they were issued.</summary>
    public IEnumerable<IssuedKey> Keys => ByHash.Values.OrderBy(key => int.Parse(key.Id.AsSpan(1), CultureInfo.InvariantCulture));

    /// <summary>Finds a key by its secret, revoked or not.</summary>
    public IssuedKey? Find(string secret) => ByHash.GetValueOrDefault(HashOf(secret));

    /// <summary>Finds a key by its id.</summary>
    public IssuedKey? FindById(string id) => HashById.TryGetValue(id, out var hash) ? ByHash[hash] : null;

    /// <summary>
    /// SHA-256 of a secret, hexadecimal. A slow hash would add nothing: secrets are random, not chosen by people.
    /// </summary>
    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>The ring after one more event.</summary>
    public KeyRing Apply(JournalEvent happened)
    {
        var next = this with { Version = Version + 1 };
        return happened switch
        {
            DeviceKeyIssued e => next.With(new IssuedKey(e.Key, KeyPurpose.Device, e.Terminal, e.Scope, e.Hash, Revoked: false)),
            ApiTokenIssued e => next.With(new IssuedKey(e.Key, KeyPurpose.Read, null, e.Scope, e.Hash, Revoked: false)),
            KeyRevoked e => FindById(e.Key) is { } key ? next.With(key with { Revoked = true }) : next,
            _ => throw new UnknownKindException(happened.GetType().Name, 0),
        };
    }

    private KeyRing With(IssuedKey key) =>
        this with { ByHash = ByHash.SetItem(key.Hash, key), HashById = HashById.SetItem(key.Id, key.Hash) };
}
