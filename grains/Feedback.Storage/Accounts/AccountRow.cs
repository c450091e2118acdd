using Microsoft.AspNetCore.Identity;

namespace Feedback.Storage.Accounts;

/// <summary>An account as it is stored.</summary>
public sealed class AccountRow : IdentityUser
{
    /// <summary>What it may do where, as <see cref="Domain.Access.GrantText"/> writes it.</summary>
    public required string Grants { get; set; }

    /// <summary>True when nobody can sign in with it any more.</summary>
    public bool Disabled { get; set; }

    /// <summary>Until when the account is locked by wrong passwords: milliseconds since 1970, UTC; 0 when it never was.</summary>
    public long LockedUntil { get; set; }

    /// <summary>The sealed secret of the authenticator app; null without one.</summary>
    public string? Factor { get; set; }

    /// <summary>The step of the last code that was accepted.</summary>
    public long FactorStep { get; set; }

    /// <summary>Hashes of the recovery codes that are left, with spaces between.</summary>
    public string RecoveryCodes { get; set; } = "";

    /// <summary>Wrong codes since the last right one.</summary>
    public int FactorFailures { get; set; }

    /// <summary>Until when the account is locked by wrong codes: milliseconds since 1970, UTC; 0 when it never was.</summary>
    public long FactorLockedUntil { get; set; }

    /// <summary>Whether it was opened for signing in at the bureau's own provider.</summary>
    public bool External { get; set; }

    /// <summary>Issuer and subject there; null until the first time.</summary>
    public string? ExternalSubject { get; set; }

    /// <summary>The staff code of its person; null for none.</summary>
    public string? Staff { get; set; }
}
