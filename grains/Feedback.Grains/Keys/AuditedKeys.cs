using System.Collections.Immutable;
using Feedback.Domain.Access;
using Feedback.Domain.Journal;
using Feedback.Domain.Keys;
using Feedback.Domain.Organisation;
using Feedback.Grains.Audit;
using Feedback.Grains.Organisation;
using Feedback.Grains.Windows;

namespace Feedback.Grains.Keys;

/// <summary>Tokens issued, keys revoked, by people: each leaves its trace in the audit trail before it happens.</summary>
public sealed class AuditedKeys(IBureau bureau, IAudit audit, TimeProvider clock)
{
    /// <summary>Draws a token and issues it.</summary>
    /// <param name="scope">The node at or below which it reads.</param>
    /// <param name="permissions">What it may be used for, some of <see cref="Rights.OfTokens"/>.</param>
    /// <param name="expires">When it ends by itself, milliseconds UTC; null for never.</param>
    /// <param name="by">Who asks for it.</param>
    /// <returns>The token, and its secret, which is shown once and kept nowhere.</returns>
    /// <exception cref="KeyRefusedException">It may not be used for that.</exception>
    public async Task<(IssuedKey Token, string Secret)> IssueTokenAsync(NodeId scope, ImmutableArray<Permission> permissions, long? expires, KeyActor by)
    {
        await audit.RecordAsync(new AuditEntry(Acts.KeyIssued, by.Name)
        {
            Target = "token",
            Node = scope,
            Reason = string.Join(' ', permissions.Select(permission => permission.Word())),
            Address = by.Address,
        });
        var secret = KeyIssue.NewSecret(KeyPurpose.Read);
        return (await KeyIssue.ApiTokenAsync(bureau, scope, secret, clock, permissions, expires), secret);
    }

    /// <summary>Revokes a key or token; one that is revoked already stays so.</summary>
    public async Task RevokeAsync(IssuedKey key, KeyActor by)
    {
        await audit.RecordAsync(new AuditEntry(Acts.KeyRevoked, by.Name) { Target = key.Id, Node = key.Scope, Address = by.Address });
        await KeyIssue.RevokeAsync(bureau, key.Id, clock);
    }

    /// <summary>Revokes all keys of a terminal at once, and with them what codes it may still have.</summary>
    /// <returns>How many keys were good until then.</returns>
    public async Task<int> RevokeTerminalAsync(string terminal, NodeId node, KeyActor by)
    {
        await audit.RecordAsync(new AuditEntry(Acts.KeyRevoked, by.Name) { Target = terminal, Node = node, Address = by.Address });
        var revoked = 0;
        await bureau.DecideAsync(StreamName.Keys, state =>
        {
            var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
            var good = state.Keys.OfTerminal(terminal).Where(key => !key.Revoked).ToList();
            revoked = good.Count;
            var codes = state.Keys.Codes.Where(code => code.Terminal == terminal && code.IsOpenAt(now));
            return new Decision(
            [
                .. good.Select(key => new KeyRevoked { Salt = EventMint.NewSalt(), Key = key.Id, At = now }),
                .. codes.Select(code => Revoked(code, now)),
            ]);
        });
        return revoked;
    }

    /// <summary>Revokes a one-time code; one that was used, or revoked already, stays as it is.</summary>
    public async Task RevokeCodeAsync(EnrolmentCode code, KeyActor by)
    {
        await audit.RecordAsync(new AuditEntry(Acts.CodeRevoked, by.Name) { Target = code.Id, Node = code.Scope, Address = by.Address });
        await bureau.DecideAsync(StreamName.Keys, state => clock.GetUtcNow().ToUnixTimeMilliseconds() is var now && state.Keys.FindCodeById(code.Id) is { } open && open.IsOpenAt(now)
            ? new Decision([Revoked(open, now)])
            : Decision.Nothing);
    }

    private static EnrolmentCodeRevoked Revoked(EnrolmentCode code, long now) => new() { Salt = EventMint.NewSalt(), Code = code.Id, At = now };
}
