namespace Feedback.Grains.Accounts;

/// <summary>The second factor of accounts: an authenticator app, and recovery codes for whoever lost it.</summary>
public interface ISecondFactors
{
    /// <summary>Makes an app the second factor of an account, in place of the one before, and ends its sessions.</summary>
    /// <param name="id">The account's id.</param>
    /// <param name="secret">The secret that the app was given.</param>
    /// <param name="code">A code from the app: proof that it has the secret.</param>
    /// <param name="stamp">The stamp that the account must still have: nobody has changed it since; null for whatever it has.</param>
    /// <returns>The recovery codes, each good once and kept as hashes only; null when the code is wrong, or the account was changed.</returns>
    Task<IReadOnlyList<string>?> EnrolAsync(string id, byte[] secret, string code, string? stamp = null);

    /// <summary>
    /// Whether a code is right: one of the app that was not used yet, or a recovery code that is left, which is used up by this.
    /// After <see cref="PasswordRules.MostFailures"/> wrong ones the account is locked, for passwords too.
    /// </summary>
    /// <param name="id">The account's id.</param>
    /// <param name="code">What was typed.</param>
    Task<bool> ProveAsync(string id, string code);

    /// <summary>Draws new recovery codes; those before are good no more. Sessions go on.</summary>
    /// <returns>The codes; null when the account has no second factor.</returns>
    Task<IReadOnlyList<string>?> DrawRecoveryCodesAsync(string id);

    /// <summary>Takes the second factor away, and ends the account's sessions and its lockout by wrong codes or passwords.</summary>
    Task<AccountOutcome> ResetAsync(string name);
}
