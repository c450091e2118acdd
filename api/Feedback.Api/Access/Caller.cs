using Feedback.Domain.Access;
using Feedback.Domain.Keys;
using Feedback.Domain.Organisation;
using Feedback.Grains.Accounts;

namespace Feedback.Api.Access;

/// <summary>Who makes a request, as far as it is proven, and what that allows.</summary>
public sealed class Caller
{
    /// <summary>Nobody known.</summary>
    public static readonly Caller Unknown = new("unknown");

    private readonly IReadOnlyList<Permission> _permissions = [];
    private readonly NodeScope _scope = NodeScope.Nowhere;

    private Caller(string name) => Name = name;

    private Caller(string name, IssuedKey key, IReadOnlyList<Permission> permissions)
        : this(name) => (Key, _permissions, _scope) = (key, permissions, NodeScope.At(key.Scope));

    /// <summary>How the audit trail names the caller: <c>account:NAME</c>, <c>token:k4</c>, <c>terminal:t3</c> or <c>unknown</c>.</summary>
    public string Name { get; }

    /// <summary>The account that signed in; null for terminals, tokens and nobody.</summary>
    public Account? Account { get; private init; }

    /// <summary>The key or token that was shown; null for accounts and nobody.</summary>
    public IssuedKey? Key { get; }

    /// <summary>Whether anybody is known at all.</summary>
    public bool IsKnown => Account is not null || Key is not null;

    /// <summary>Somebody who signed in.</summary>
    public static Caller Of(Account account) => new("account:" + account.Name) { Account = account };

    /// <summary>A terminal that proved itself.</summary>
    public static Caller OfTerminal(IssuedKey key) => new("terminal:" + key.Terminal, key, Rights.OfTerminals);

    /// <summary>A program with a token.</summary>
    public static Caller OfToken(IssuedKey key) => new("token:" + key.Id, key, Rights.OfToken(key.Permissions));

    /// <summary>Where the caller may do something.</summary>
    public NodeScope ScopeOf(Permission permission) =>
        Account is not null ? Account.ScopeOf(permission)
        : _permissions.Contains(permission) ? _scope
        : NodeScope.Nowhere;
}
