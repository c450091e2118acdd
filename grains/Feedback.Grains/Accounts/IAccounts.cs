using Feedback.Domain.Access;
using Feedback.Domain.Organisation;

namespace Feedback.Grains.Accounts;

/// <summary>The accounts of people who look at figures. Passwords are kept as slow hashes only.</summary>
public interface IAccounts
{
    /// <summary>
    /// The account that a name and a password prove; null for an unknown name, a wrong password, a disabled account, and
    /// one that is locked after <see cref="PasswordRules.MostFailures"/> failures. All of these take the same time.
    /// </summary>
    /// <exception cref="SignInBusyException">Too many sign in at this moment.</exception>
    Task<Account?> SignInAsync(string name, string password);

    /// <summary>An account by its id; null when there is none.</summary>
    Task<Account?> FindAsync(string id);

    /// <summary>An account by its name, in whatever case; null when there is none.</summary>
    Task<Account?> FindByNameAsync(string name);

    /// <summary>All accounts by name, disabled ones too.</summary>
    Task<IReadOnlyList<Account>> ListAsync();

    /// <summary>Adds an account.</summary>
    /// <param name="name">The name to sign in with.</param>
    /// <param name="password">The password.</param>
    /// <param name="grants">What it may do where; see <see cref="Rights.Refused"/>.</param>
    /// <exception cref="ArgumentException">One account may not have these grants.</exception>
    Task<AccountOutcome> CreateAsync(string name, string password, IReadOnlyList<Grant> grants);

    /// <summary>Adds the system administrator, who also reads the figures of the whole bureau, unless there is any account already: of several callers one succeeds.</summary>
    Task<AccountOutcome> CreateFirstAdministratorAsync(string name, string password);

    /// <summary>Gives an account another password, and ends its sessions and its lockout.</summary>
    Task<AccountOutcome> ResetPasswordAsync(string name, string password);

    /// <summary>Disables an account for good, and ends its sessions.</summary>
    Task<AccountOutcome> DisableAsync(string name);
}

/// <summary>An account as it stands.</summary>
/// <param name="Id">Its id, never reused.</param>
/// <param name="Name">The name to sign in with.</param>
/// <param name="Grants">What it may do where.</param>
/// <param name="Disabled">True when nobody can sign in with it any more.</param>
/// <param name="Stamp">Changes with the password, the grants and when the account is disabled: a session with another stamp has ended.</param>
public sealed record Account(string Id, string Name, IReadOnlyList<Grant> Grants, bool Disabled, string Stamp)
{
    /// <summary>Where it may do something.</summary>
    public NodeScope ScopeOf(Permission permission) => Rights.ScopeOf(Grants, permission);
}

/// <summary>What became of a change to accounts.</summary>
public enum AccountOutcome
{
    /// <summary>It is done.</summary>
    Done,

    /// <summary>Another account has that name.</summary>
    NameTaken,

    /// <summary>The name is empty, too long, or has characters that cannot be seen.</summary>
    NameUnfit,

    /// <summary>The password is too short or too long.</summary>
    PasswordUnfit,

    /// <summary>There is no account of that name.</summary>
    NameUnknown,

    /// <summary>There is an account already, so this is not the first.</summary>
    NotTheFirst,
}
