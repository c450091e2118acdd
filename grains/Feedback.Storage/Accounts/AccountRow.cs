using Microsoft.AspNetCore.Identity;

namespace Feedback.Storage.Accounts;

/// <summary>An account as it is stored.</summary>
public sealed class AccountRow : IdentityUser
{
    /// <summary>The role's name.</summary>
    public required string Role { get; set; }

    /// <summary>The id of the node at or below which the account is good; null for the whole bureau.</summary>
    public string? Scope { get; set; }

    /// <summary>True when nobody can sign in with it any more.</summary>
    public bool Disabled { get; set; }

    /// <summary>Until when the account is locked: milliseconds since 1970, UTC; 0 when it never was.</summary>
    public long LockedUntil { get; set; }
}
