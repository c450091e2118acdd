using Feedback.Domain.Access;
using Feedback.Grains.Accounts;
using Feedback.Grains.Personal;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Feedback.Storage.Accounts;

/// <summary>Second factors beside the accounts: secrets sealed under a key of the bureau's secrets, recovery codes as hashes.</summary>
internal sealed class StoredSecondFactors(IServiceScopeFactory scopes, BureauSecrets secrets, TimeProvider clock) : ISecondFactors
{
    private readonly FactorSeal _seal = new(secrets);

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    public async Task<IReadOnlyList<string>?> EnrolAsync(string id, byte[] secret, string code, string? stamp = null)
    {
        if (Totp.StepOf(secret, Plain(code), Now, lastAccepted: 0) is not { } step)
            return null;
        await using var work = new AccountWork(scopes);
        if (await work.Users.FindByIdAsync(id) is not { } row || (stamp is not null && row.SecurityStamp != stamp))
            return null;
        var codes = RecoveryCodes.Draw();
        (row.Factor, row.FactorStep, row.RecoveryCodes) = (_seal.Close(secret, id), step, Hashes(codes));
        try
        {
            await work.SaveAsync(row);
        }
        catch (IOException) when (stamp is not null)
        {
            // Somebody was quicker since the row was read.
            return null;
        }

        return codes;
    }

    public async Task<bool> ProveAsync(string id, string code)
    {
        await using var work = new AccountWork(scopes);
        if (!await TakeTryAsync(work.Database, id) || await work.FindAsync(id) is not { Disabled: false, Factor: { } factor } row)
            return false;
        return await UseCodeAsync(work.Database, row, _seal.Open(factor, id), Plain(code)) || await UseRecoveryAsync(work.Database, row, code);
    }

    public async Task<IReadOnlyList<string>?> DrawRecoveryCodesAsync(string id)
    {
        await using var work = new AccountWork(scopes);
        var codes = RecoveryCodes.Draw();
        var hashes = Hashes(codes);
        return await work.Database.Accounts.Where(account => account.Id == id && account.Factor != null)
            .ExecuteUpdateAsync(set => set.SetProperty(account => account.RecoveryCodes, hashes)) == 1 ? codes : null;
    }

    public async Task<AccountOutcome> ResetAsync(string name)
    {
        await using var work = new AccountWork(scopes);
        if (await work.Users.FindByNameAsync(name) is not { } row)
            return AccountOutcome.NameUnknown;
        (row.Factor, row.FactorStep, row.RecoveryCodes, row.FactorFailures, row.FactorLockedUntil) = (null, 0, "", 0, 0);
        (row.AccessFailedCount, row.LockedUntil) = (0, 0);
        await work.SaveAsync(row);
        return AccountOutcome.Done;
    }

    // Counted before the code is looked at, as with passwords: many at once get no more than the allowed number.
    private async Task<bool> TakeTryAsync(AccountsDatabase database, string id)
    {
        var now = Now;
        var until = now + (long)PasswordRules.LockedFor.TotalMilliseconds;
        return await database.Accounts.Where(account => account.Id == id && account.FactorLockedUntil <= now)
            .ExecuteUpdateAsync(set => set
                .SetProperty(account => account.FactorLockedUntil, account => account.FactorFailures + 1 >= PasswordRules.MostFailures ? until : account.FactorLockedUntil)
                .SetProperty(account => account.FactorFailures, account => account.FactorFailures + 1 >= PasswordRules.MostFailures ? 0 : account.FactorFailures + 1)) == 1;
    }

    // Of several who show the same code at once, one is let in.
    private async Task<bool> UseCodeAsync(AccountsDatabase database, AccountRow row, byte[] secret, string code) =>
        Totp.StepOf(secret, code, Now, row.FactorStep) is { } step
        && await database.Accounts.Where(account => account.Id == row.Id && account.Factor == row.Factor && account.FactorStep < step)
            .ExecuteUpdateAsync(set => set
                .SetProperty(account => account.FactorStep, step)
                .SetProperty(account => account.FactorFailures, 0)
                .SetProperty(account => account.FactorLockedUntil, 0)) == 1;

    private static async Task<bool> UseRecoveryAsync(AccountsDatabase database, AccountRow row, string code)
    {
        var hashes = row.RecoveryCodes.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var used = RecoveryCodes.HashOf(code);
        if (!hashes.Contains(used))
            return false;
        var left = string.Join(' ', hashes.Where(hash => hash != used));
        return await database.Accounts.Where(account => account.Id == row.Id && account.RecoveryCodes == row.RecoveryCodes)
            .ExecuteUpdateAsync(set => set
                .SetProperty(account => account.RecoveryCodes, left)
                .SetProperty(account => account.FactorFailures, 0)
                .SetProperty(account => account.FactorLockedUntil, 0)) == 1;
    }

    private static string Hashes(IEnumerable<string> codes) => string.Join(' ', codes.Select(RecoveryCodes.HashOf));

    // Apps show a code in two groups.
    private static string Plain(string code) => code.Replace(" ", "", StringComparison.Ordinal);
}
