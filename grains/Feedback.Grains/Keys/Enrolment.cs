using System.Collections.Immutable;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Keys;
using Feedback.Domain.Organisation;
using Feedback.Grains.Audit;
using Feedback.Grains.Organisation;
using Feedback.Grains.Windows;

namespace Feedback.Grains.Keys;

/// <summary>A one-time code that was just issued, with its letters, which are shown once and kept nowhere.</summary>
/// <param name="Code">The code.</param>
/// <param name="Letters">What people type.</param>
public sealed record DrawnCode(EnrolmentCode Code, string Letters);

/// <summary>How terminals get keys: by a one-time code the first, by the key before every other. Every step leaves a trace in the audit trail first.</summary>
public sealed class Enrolment(IBureau bureau, KeySeal seal, IAudit audit, TimeProvider clock)
{
    /// <summary>How long an old key stays good beside the new one.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromHours(24);

    /// <summary>How long codes for every window of a hall are good.</summary>
    public static readonly TimeSpan BatchLifetime = TimeSpan.FromDays(1);

    /// <summary>How long a single code may be good at most.</summary>
    public static readonly TimeSpan LongestLifetime = TimeSpan.FromDays(30);

    // Wrong, used up or too old: whoever has no good code learns nothing but that.
    private static readonly Refusal NoCode = new("code-refused", "code");

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Issues a code for one terminal: a new one at a node, or one that there is already, at the node of its keys.</summary>
    /// <param name="scope">The node at or below which the key will be good.</param>
    /// <param name="terminal">The terminal that gets a new key; null for a new one.</param>
    /// <param name="algorithms">The algorithms among which it may choose, at least one.</param>
    /// <param name="lifetime">How long the code is good, at most <see cref="LongestLifetime"/>.</param>
    /// <param name="by">Who asks for it.</param>
    public async Task<DrawnCode> IssueAsync(NodeId scope, string? terminal, ImmutableArray<KeyAlgorithm> algorithms, TimeSpan lifetime, KeyActor by) =>
        (await DrawAsync(_ => [scope], scope, terminal, algorithms, lifetime, by))[0];

    /// <summary>Issues a code for a new terminal at every window below a node; all are good for a day.</summary>
    public Task<IReadOnlyList<DrawnCode>> IssueForWindowsAsync(NodeId below, ImmutableArray<KeyAlgorithm> algorithms, KeyActor by) =>
        DrawAsync(
            tree => [.. tree.Nodes.Where(node => node.Kind == NodeKind.Window && tree.IsAtOrBelow(node.Id, below, node.Zone.LocalTime(Now).Day)).Select(node => node.Id)],
            below, null, algorithms, BatchLifetime, by);

    /// <summary>
    /// A terminal comes with a code and gets its key. Coming again with the same code and the same material finds the same key, for
    /// an answer that was lost.
    /// </summary>
    public async Task<(IssuedKey? Key, Refusal? Refusal)> EnrolAsync(string letters, KeyMaterial material, string? address)
    {
        var hash = KeyRing.HashOf(CodeLetters.Plain(letters));
        var now = Now;
        var (found, refusal) = Check((await bureau.RefreshAsync()).Keys, hash, material, now);
        if (found is null)
        {
            audit.NoteRefusal(new AuditEntry("enrol-terminal", "unknown") { Reason = refusal!.Code, Address = address, Refused = true });
            return (null, refusal);
        }

        if (found.UsedFor is null)
            await audit.RecordAsync(new AuditEntry(Acts.TerminalEnrolled, "code:" + found.Id) { Target = found.Terminal ?? found.Id, Node = found.Scope, Address = address });
        var state = await bureau.DecideAsync(StreamName.Keys, state =>
        {
            (var code, refusal) = Check(state.Keys, hash, material, now);
            return code is null or { UsedFor: not null }
                ? Decision.Nothing
                : Enrolled(state.Keys, code, material, now);
        });
        return refusal is null ? (state.Keys.FindByHash(material.Hash), null) : (null, refusal);
    }

    /// <summary>
    /// A terminal replaces its key; the old one stays good for <see cref="Overlap"/>. Asking again with the same material finds the
    /// same key; a key is replaced by one other only.
    /// </summary>
    public async Task<(IssuedKey? Key, Refusal? Refusal)> RenewAsync(IssuedKey old, KeyMaterial material, KeyActor by)
    {
        var now = Now;
        var (found, refusal) = CheckRenewal((await bureau.RefreshAsync()).Keys, old.Id, material);
        if (refusal is not null)
        {
            audit.NoteRefusal(new AuditEntry("renew-key", by.Name) { Target = old.Terminal, Node = old.Scope, Reason = refusal.Code, Address = by.Address, Refused = true });
            return (null, refusal);
        }

        if (found is not null)
            return (found, null);
        await audit.RecordAsync(new AuditEntry(Acts.KeyIssued, by.Name) { Target = old.Terminal, Node = old.Scope, Address = by.Address });
        var state = await bureau.DecideAsync(StreamName.Keys, state =>
        {
            (found, refusal) = CheckRenewal(state.Keys, old.Id, material);
            if (refusal is not null || found is not null)
                return Decision.Nothing;
            var current = state.Keys.FindById(old.Id)!;
            var issued = Issued(state.Keys, current.Terminal, current.Scope, material, now + (current.Expires - current.From), null, now);
            return new Decision([issued, Ends(current, issued, now)]);
        });
        return refusal is null ? (state.Keys.FindByHash(material.Hash), null) : (null, refusal);
    }

    private async Task<IReadOnlyList<DrawnCode>> DrawAsync(
        Func<OrganisationTree, IReadOnlyList<NodeId>> scopes, NodeId about, string? terminal, ImmutableArray<KeyAlgorithm> algorithms, TimeSpan lifetime, KeyActor by)
    {
        ArgumentOutOfRangeException.ThrowIfZero(algorithms.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lifetime, LongestLifetime);
        await audit.RecordAsync(new AuditEntry(Acts.CodeIssued, by.Name) { Target = terminal ?? about.Value, Node = about, Address = by.Address });
        var drawn = new List<string>();
        var state = await bureau.DecideAsync(StreamName.Keys, state =>
        {
            drawn.Clear();
            var now = Now;
            return new Decision([.. scopes(state.Tree).Select((scope, index) =>
            {
                drawn.Add(CodeLetters.Draw());
                return new EnrolmentCodeIssued
                {
                    Salt = EventMint.NewSalt(),
                    Code = KeyIssue.Numbered('c', state.Keys.NextCodeNumber + index),
                    Scope = scope,
                    Terminal = terminal,
                    Hash = HashOf(drawn[^1]),
                    Algorithms = algorithms,
                    Expires = now + (long)lifetime.TotalMilliseconds,
                    At = now,
                };
            })]);
        });
        return [.. drawn.Select(letters => new DrawnCode(state.Keys.FindCode(HashOf(letters))!, letters))];
    }

    // A code whose UsedFor is set was used up for this very material.
    private static (EnrolmentCode? Code, Refusal? Refusal) Check(KeyRing keys, string hash, KeyMaterial material, long now)
    {
        var known = keys.FindByHash(material.Hash);
        if (keys.FindCode(hash) is not { Revoked: false } code || now >= code.Expires)
            return (null, NoCode);
        if (code.UsedFor is not null)
            return code.UsedFor == known?.Id && known.Algorithm == material.Algorithm && !known.Revoked ? (code, null) : (null, NoCode);
        // A terminal that was revoked after its code was issued does not come back by it.
        if (code.Terminal is { } terminal && keys.OfTerminal(terminal).Any(key => key.RevokedAt >= code.From))
            return (null, NoCode);
        if (!code.Algorithms.Contains(material.Algorithm))
            return (null, new Refusal("algorithm-refused", "algorithm", material.Algorithm.Word()));
        return known is null ? (code, null) : (null, new Refusal("key-taken", material.PublicKey is null ? "secret" : "publicKey"));
    }

    // The key for which this one was replaced already, by the same material; or why it may not be replaced; or neither.
    private static (IssuedKey? Key, Refusal? Refusal) CheckRenewal(KeyRing keys, string old, KeyMaterial material)
    {
        var (current, known) = (keys.FindById(old)!, keys.FindByHash(material.Hash));
        if (current.Signs && material.Algorithm == KeyAlgorithm.Plain)
            return (null, new Refusal("algorithm-refused", "algorithm", material.Algorithm.Word()));
        if (known is not null && known.Id == current.ReplacedBy && known.Algorithm == material.Algorithm)
            return (known, null);
        return (null, current.ReplacedBy is not null ? new Refusal("key-renewed", null, current.ReplacedBy)
            : known is not null ? new Refusal("key-taken", material.PublicKey is null ? "secret" : "publicKey")
            : current.Revoked ? new Refusal("key-invalid")
            : null);
    }

    // A terminal that gets a new key by a code may have lost the old ones: none of them stays good for longer than after a renewal.
    private Decision Enrolled(KeyRing keys, EnrolmentCode code, KeyMaterial material, long now)
    {
        var issued = Issued(keys, code.Terminal, code.Scope, material, null, code.Id, now);
        // What was replaced already ends as soon, and remembers by which key.
        var old = code.Terminal is null ? [] : keys.OfTerminal(code.Terminal).Where(key => key is { Revoked: false, ReplacedBy: null } && !key.HasEndedAt(now));
        return new Decision([issued, .. old.Select(key => Ends(key, issued, now))]);
    }

    private static KeyEnds Ends(IssuedKey key, DeviceKeyIssued by, long now) =>
        new() { Salt = EventMint.NewSalt(), Key = key.Id, By = by.Key, Expires = now + (long)Overlap.TotalMilliseconds, At = now };

    private DeviceKeyIssued Issued(KeyRing keys, string? terminal, NodeId scope, KeyMaterial material, long? expires, string? code, long now)
    {
        var key = KeyIssue.Numbered('k', keys.NextNumber);
        var isSealed = material.Algorithm == KeyAlgorithm.HmacSha256;
        return new DeviceKeyIssued
        {
            Salt = EventMint.NewSalt(),
            Key = key,
            Terminal = terminal ?? KeyIssue.Numbered('t', keys.NextNumber),
            Scope = scope,
            Algorithm = material.Algorithm,
            Hash = material.Hash,
            PublicKey = material.PublicKey,
            Sealed = isSealed ? seal.Seal(key, material.Secret!) : null,
            Master = isSealed ? KeySeal.MasterVersion : 0,
            Expires = expires,
            Code = code,
            At = now,
        };
    }

    private static string HashOf(string letters) => KeyRing.HashOf(CodeLetters.Plain(letters));
}
