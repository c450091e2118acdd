using Feedback.Domain.Access;

namespace Feedback.Grains.Accounts;

/// <summary>
/// The accounts of people who look at figures. Passwords are kept as slow hashes only. Every change ends the account's
/// sessions, wherever they are: it renews the stamp that they bear.
/// </summary>
public interface IAccounts
{
    /// <summary>
    /// The account that a name and a password prove; null for an unknown name, a wrong password, a disabled account, and
    /// one that is locked after <see cref="PasswordRules.MostFailures"/> failures. All of these take the same time. Where there is a
    /// second factor this is half the proof only: see <see cref="ISecondFactors"/>.
    /// </summary>
    /// <exception cref="SignInBusyException">Too many sign in at this moment.</exception>
    Task<Account?> SignInAsync(string name, string password);

    /// <summary>
    /// The account of somebody whom the bureau's own provider vouches for. The first time it is the account that was opened for
    /// external sign-in under that name; from then on only the provider's subject counts, whatever the name is. Null when there is
    /// none, or it is disabled: nobody gets an account by this.
    /// </summary>
    /// <param name="subject">Issuer and subject: never given to anybody else.</param>
    /// <param name="name">The name that the provider tells, or null.</param>
    /// <param name="binding">Told the account that is about to be bound for good; when it throws, nothing is bound. Null for nobody to tell.</param>
    Task<Account?> SignInExternallyAsync(string subject, string? name, Func<Account, Task>? binding = null);

    /// <summary>An account by its id; null when there is none.</summary>
    Task<Account?> FindAsync(string id);

    /// <summary>An account by its name, in whatever case; null when there is none.</summary>
    Task<Account?> FindByNameAsync(string name);

    /// <summary>All accounts by name, disabled ones too.</summary>
    Task<IReadOnlyList<Account>> ListAsync();

    /// <summary>Adds an account.</summary>
    /// <param name="name">The name to sign in with.</param>
    /// <param name="password">The password; null for an account that signs in at the bureau's own provider only.</param>
    /// <param name="grants">What it may do where; see <see cref="Rights.Refused"/>.</param>
    Task<AccountOutcome> CreateAsync(string name, string? password, IReadOnlyList<Grant> grants);

    /// <summary>Adds the first accounts, all or none, unless there is any account already: of several callers one succeeds.</summary>
    Task<AccountOutcome> CreateFirstAsync(IReadOnlyList<NewAccount> accounts);

    /// <summary>Gives an account another password, and ends its sessions and its lockout; not one that signs in at the provider only.</summary>
    Task<AccountOutcome> ResetPasswordAsync(string name, string password);

    /// <summary>Replaces all grants of an account, and ends its sessions.</summary>
    Task<AccountOutcome> GrantAsync(string name, IReadOnlyList<Grant> grants);

    /// <summary>Says where the person of an account is written to about cases; null for nowhere. Its sessions go on; a disabled account has no address.</summary>
    Task<AccountOutcome> SetEmailAsync(string name, string? email);

    /// <summary>
    /// Says which member of staff the person of an account is; null for none. Its sessions go on and heed it from their next request on.
    /// A disabled account may be changed, too, so that its person can have another one.
    /// </summary>
    /// <param name="name">The account.</param>
    /// <param name="staff">The staff code, which the caller has looked up.</param>
    Task<AccountOutcome> SetStaffAsync(string name, string? staff);

    /// <summary>Disables an account for good, ends its sessions and forgets its e-mail address, but not the staff code.</summary>
    Task<AccountOutcome> DisableAsync(string name);

    /// <summary>Ends all sessions of an account.</summary>
    Task<AccountOutcome> EndSessionsAsync(string name);
}

/// <summary>An account to be added.</summary>
/// <param name="Name">The name to sign in with.</param>
/// <param name="Password">The password.</param>
/// <param name="Grants">What it may do where.</param>
public sealed record NewAccount(string Name, string Password, IReadOnlyList<Grant> Grants);

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

    /// <summary>What is given is no e-mail address.</summary>
    EmailUnfit,

    /// <summary>Another account has that staff code.</summary>
    StaffTaken,

    /// <summary>There is no account of that name.</summary>
    NameUnknown,

    /// <summary>The account signs in at the bureau's own provider only, and has no password here.</summary>
    External,

    /// <summary>There is an account already, so this is not the first.</summary>
    NotTheFirst,

    /// <summary>One account may not have these grants: see <see cref="Rights.Refused"/>.</summary>
    RolesApart,
}
