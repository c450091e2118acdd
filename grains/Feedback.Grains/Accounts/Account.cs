using Feedback.Domain.Access;
using Feedback.Domain.Organisation;

namespace Feedback.Grains.Accounts;

/// <summary>An account as it stands.</summary>
/// <param name="Id">Its id, never reused.</param>
/// <param name="Name">The name to sign in with.</param>
/// <param name="Grants">What it may do where.</param>
/// <param name="Disabled">True when nobody can sign in with it any more.</param>
/// <param name="Stamp">Changes with the password, the second factor, the grants, when sessions are ended and when the account is disabled: a session with another stamp has ended.</param>
public sealed record Account(string Id, string Name, IReadOnlyList<Grant> Grants, bool Disabled, string Stamp)
{
    /// <summary>Whether signing in takes a code of an authenticator app, too.</summary>
    public bool HasSecondFactor { get; init; }

    /// <summary>How many recovery codes are left.</summary>
    public int RecoveryCodes { get; init; }

    /// <summary>Whether it was opened for signing in at the bureau's own provider.</summary>
    public bool External { get; init; }

    /// <summary>Where its person is written to about cases; null for nowhere. Told to them and to those who manage accounts only.</summary>
    public string? Email { get; init; }

    /// <summary>The staff code of its person, which no other account has; null for none. By it they are known where they are complained of.</summary>
    public string? Staff { get; init; }

    /// <summary>Whether any of its roles needs a second factor.</summary>
    public bool NeedsSecondFactor => Grants.Any(grant => Rights.NeedsSecondFactor(grant.Role));

    /// <summary>Where it may do something.</summary>
    public NodeScope ScopeOf(Permission permission) => Rights.ScopeOf(Grants, permission);
}
