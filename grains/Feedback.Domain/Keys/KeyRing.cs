using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Feedback.Domain.Journal;

namespace Feedback.Domain.Keys;

/// <summary>
/// Device keys, API tokens and one-time codes as the <c>keys</c> stream tells them: an immutable fold that every silo holds whole.
/// </summary>
public sealed record KeyRing
{
    /// <summary>Before the first event.</summary>
    public static readonly KeyRing Empty = new();

    private ImmutableDictionary<string, IssuedKey> ByHash { get; init; } = ImmutableDictionary<string, IssuedKey>.Empty;

    private ImmutableDictionary<string, string> HashById { get; init; } = ImmutableDictionary<string, string>.Empty;

    private ImmutableDictionary<string, EnrolmentCode> CodeByHash { get; init; } = ImmutableDictionary<string, EnrolmentCode>.Empty;

    private ImmutableDictionary<string, string> CodeHashById { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The version of the last event folded.</summary>
    public long Version { get; private init; }

    /// <summary>The number that the next key, and a new terminal with it, gets in its id.</summary>
    public int NextNumber => HashById.Count + 1;

    /// <summary>The number that the next one-time code gets in its id.</summary>
    public int NextCodeNumber => CodeHashById.Count + 1;

    /// <summary>All keys, revoked ones too, in the order in which they were issued.</summary>
    public IEnumerable<IssuedKey> Keys => ByHash.Values.OrderBy(key => int.Parse(key.Id.AsSpan(1), CultureInfo.InvariantCulture));

    /// <summary>All one-time codes, used ones too, in the order in which they were issued.</summary>
    public IEnumerable<EnrolmentCode> Codes => CodeByHash.Values.OrderBy(code => int.Parse(code.Id.AsSpan(1), CultureInfo.InvariantCulture));

    /// <summary>Finds a key by its secret, revoked or not.</summary>
    public IssuedKey? Find(string secret) => FindByHash(HashOf(secret));

    /// <summary>Finds a key by the hash of its secret or public key.</summary>
    public IssuedKey? FindByHash(string hash) => ByHash.GetValueOrDefault(hash);

    /// <summary>Finds a key by its id.</summary>
    public IssuedKey? FindById(string id) => HashById.TryGetValue(id, out var hash) ? ByHash[hash] : null;

    /// <summary>Finds a one-time code by its hash, used or not.</summary>
    public EnrolmentCode? FindCode(string hash) => CodeByHash.GetValueOrDefault(hash);

    /// <summary>Finds a one-time code by its id, used or not.</summary>
    public EnrolmentCode? FindCodeById(string id) => CodeHashById.TryGetValue(id, out var hash) ? CodeByHash[hash] : null;

    /// <summary>The keys of a terminal in the order in which they were issued; none when there is no such terminal.</summary>
    public IEnumerable<IssuedKey> OfTerminal(string terminal) => Keys.Where(key => key.Terminal == terminal);

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
            DeviceKeyIssued e => next.With(e),
            ApiTokenIssued e => next.With(new IssuedKey(e.Key, KeyPurpose.Read, null, e.Scope, e.Hash, e.At)
            {
                Permissions = e.Permissions,
                Expires = e.Expires,
            }),
            KeyEnds e => FindById(e.Key) is { } key ? next.With(key with { Expires = Math.Min(key.Expires ?? e.Expires, e.Expires), ReplacedBy = e.By }) : next,
            KeyRevoked e => FindById(e.Key) is { Revoked: false } key ? next.With(key with { RevokedAt = e.At }) : next,
            EnrolmentCodeIssued e => next.With(e.Hash, new EnrolmentCode(e.Code, e.Scope, e.Terminal, e.Algorithms, e.At, e.Expires)),
            EnrolmentCodeRevoked e => FindCodeById(e.Code) is { UsedFor: null, Revoked: false } code ? next.With(CodeHashById[e.Code], code with { Revoked = true }) : next,
            _ => throw new UnknownKindException(happened.GetType().Name, 0),
        };
    }

    private KeyRing With(DeviceKeyIssued e)
    {
        var next = With(new IssuedKey(e.Key, KeyPurpose.Device, e.Terminal, e.Scope, e.Hash, e.At)
        {
            Algorithm = e.Algorithm,
            PublicKey = e.PublicKey,
            Sealed = e.Sealed,
            Master = e.Master,
            Expires = e.Expires,
        });
        return e.Code is not null && CodeHashById.TryGetValue(e.Code, out var hash)
            ? next.With(hash, CodeByHash[hash] with { UsedFor = e.Key })
            : next;
    }

    private KeyRing With(IssuedKey key) =>
        this with { ByHash = ByHash.SetItem(key.Hash, key), HashById = HashById.SetItem(key.Id, key.Hash) };

    private KeyRing With(string hash, EnrolmentCode code) =>
        this with { CodeByHash = CodeByHash.SetItem(hash, code), CodeHashById = CodeHashById.SetItem(code.Id, hash) };
}
