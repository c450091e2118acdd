using System.Data;
using System.Security.Cryptography;
using Feedback.Domain.Access;
using Feedback.Grains.Accounts;
using Feedback.Grains.Notices;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SQLitePCL;

namespace Feedback.Storage.Accounts;

/// <summary>Accounts in a database, by ASP.NET Core Identity's own hashing and stamps.</summary>
internal sealed class StoredAccounts(IServiceScopeFactory scopes, IPasswordHasher<AccountRow> hasher, TimeProvider clock) : IAccounts, IDisposable
{
    // Stands in for an account that is not there or locked, so that its sign-in costs as much as any other.
    private readonly AccountRow _nobody = Hashed(hasher, new AccountRow { Grants = "" });

    private readonly SignInQueue _queue = new();

    public Task<Account?> SignInAsync(string name, string password) => _queue.RunAsync(() => ProveAsync(name, password));

    public void Dispose() => _queue.Dispose();

    public async Task<Account?> SignInExternallyAsync(string subject, string? name, Func<Account, Task>? binding = null)
    {
        await using var work = new AccountWork(scopes);
        var row = await BySubjectAsync(work, subject);
        if (row is null && name is not null && KeyOf(work, name) is { } key)
        {
            var open = work.Database.Accounts.Where(account => account.NormalizedUserName == key && account.External && !account.Disabled && account.ExternalSubject == null);
            if (await open.AsNoTracking().SingleOrDefaultAsync() is not { } waiting)
                return null;
            if (binding is not null)
                await binding(View(waiting));
            // In one statement: an account is bound once, and never again.
            await open.ExecuteUpdateAsync(set => set.SetProperty(account => account.ExternalSubject, subject));
            row = await BySubjectAsync(work, subject);
        }

        return row is { Disabled: false } ? View(row) : null;
    }

    public async Task<Account?> FindAsync(string id)
    {
        await using var work = new AccountWork(scopes);
        return await work.FindAsync(id) is { } row ? View(row) : null;
    }

    public async Task<Account?> FindByNameAsync(string name)
    {
        await using var work = new AccountWork(scopes);
        return PasswordRules.AllowsName(name) && await work.Users.FindByNameAsync(name) is { } row ? View(row) : null;
    }

    public async Task<IReadOnlyList<Account>> ListAsync()
    {
        await using var work = new AccountWork(scopes);
        return [.. (await work.Database.Accounts.AsNoTracking().OrderBy(account => account.NormalizedUserName).ToListAsync()).Select(View)];
    }

    public async Task<AccountOutcome> CreateAsync(string name, string? password, IReadOnlyList<Grant> grants)
    {
        await using var work = new AccountWork(scopes);
        return await CreateAsync(work.Users, name, password, grants);
    }

    public async Task<AccountOutcome> CreateFirstAsync(IReadOnlyList<NewAccount> accounts)
    {
        await using var work = new AccountWork(scopes);
        try
        {
            // Serializable: of two who see an empty table only one may fill it.
            await using var transaction = await work.Database.Database.BeginTransactionAsync(IsolationLevel.Serializable);
            if (await work.Database.Accounts.AnyAsync())
                return AccountOutcome.NotTheFirst;
            foreach (var account in accounts)
            {
                if (await CreateAsync(work.Users, account.Name, account.Password, account.Grants) is not AccountOutcome.Done and var outcome)
                    return outcome;
            }

            await transaction.CommitAsync();
            return AccountOutcome.Done;
        }
        catch (Exception e) when (IsSerializationFailure(e))
        {
            return AccountOutcome.NotTheFirst;
        }
    }

    public async Task<AccountOutcome> ResetPasswordAsync(string name, string password)
    {
        if (!PasswordRules.Allows(password))
            return AccountOutcome.PasswordUnfit;
        if (await FindByNameAsync(name) is { External: true })
            return AccountOutcome.External;
        return await ChangeAsync(name, row =>
        {
            row.PasswordHash = hasher.HashPassword(row, password);
            (row.AccessFailedCount, row.LockedUntil, row.FactorFailures, row.FactorLockedUntil) = (0, 0, 0, 0);
        });
    }

    public async Task<AccountOutcome> GrantAsync(string name, IReadOnlyList<Grant> grants) => Rights.Refused(grants) is null
        ? await ChangeAsync(name, row => row.Grants = GrantText.Write(grants))
        : AccountOutcome.RolesApart;

    public async Task<AccountOutcome> SetEmailAsync(string name, string? email)
    {
        var address = MailAddress.Read(email);
        if (email is not null && address is null)
            return AccountOutcome.EmailUnfit;
        await using var work = new AccountWork(scopes);
        var key = KeyOf(work, name);
        // No new stamp: an address proves nothing, so no session ends by it.
        return await work.Database.Accounts.Where(account => account.NormalizedUserName == key && !account.Disabled)
            .ExecuteUpdateAsync(set => set.SetProperty(account => account.Email, address)) == 1 ? AccountOutcome.Done : AccountOutcome.NameUnknown;
    }

    public async Task<AccountOutcome> SetStaffAsync(string name, string? staff)
    {
        await using var work = new AccountWork(scopes);
        var (key, stamp) = (KeyOf(work, name), Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));
        try
        {
            // No session ends: every request reads the account anew. But whoever read the whole row before must not write the old code back.
            return await work.Database.Accounts.Where(account => account.NormalizedUserName == key)
                .ExecuteUpdateAsync(set => set
                    .SetProperty(account => account.Staff, staff)
                    .SetProperty(account => account.ConcurrencyStamp, stamp)) == 1 ? AccountOutcome.Done : AccountOutcome.NameUnknown;
        }
        catch (Exception e) when (IsTaken(e))
        {
            return AccountOutcome.StaffTaken;
        }
    }

    // Nobody is written to any more: the address goes with the account. Who acted is asked later, too: the staff code stays.
    public Task<AccountOutcome> DisableAsync(string name) => ChangeAsync(name, row => (row.Disabled, row.Email) = (true, null));

    public Task<AccountOutcome> EndSessionsAsync(string name) => ChangeAsync(name, _ => { });

    private async Task<Account?> ProveAsync(string name, string password)
    {
        await using var work = new AccountWork(scopes);
        var key = KeyOf(work, name);
        var tried = await TakeTryAsync(work.Database, key);
        var row = await work.Database.Accounts.AsNoTracking().SingleOrDefaultAsync(account => account.NormalizedUserName == key);
        var known = tried && row is { Disabled: false, External: false, PasswordHash: not null };
        var proven = password.Length <= PasswordRules.Longest
            && hasher.VerifyHashedPassword(_nobody, known ? row!.PasswordHash! : _nobody.PasswordHash!, password) != PasswordVerificationResult.Failed;
        if (!known || !proven)
            return null;
        await work.Database.Accounts.Where(account => account.Id == row!.Id).ExecuteUpdateAsync(set => set
            .SetProperty(account => account.AccessFailedCount, 0)
            .SetProperty(account => account.LockedUntil, 0));
        return View(row!);
    }

    // Every try is counted before the password is looked at, in one statement: many at once get no more than the allowed number.
    private async Task<bool> TakeTryAsync(AccountsDatabase database, string? key)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var until = now + (long)PasswordRules.LockedFor.TotalMilliseconds;
        var taken = await database.Accounts.Where(account => account.NormalizedUserName == key && account.LockedUntil <= now && account.FactorLockedUntil <= now)
            .ExecuteUpdateAsync(set => set
                .SetProperty(account => account.LockedUntil, account => account.AccessFailedCount + 1 >= PasswordRules.MostFailures ? until : account.LockedUntil)
                .SetProperty(account => account.AccessFailedCount, account => account.AccessFailedCount + 1 >= PasswordRules.MostFailures ? 0 : account.AccessFailedCount + 1)) == 1;
        if (!taken)
            await CommitNothingAsync(database);
        return taken;
    }

    // An unknown name changes no row. So that nobody can tell it by how soon the answer comes, it waits for a commit, too.
    private static async Task CommitNothingAsync(AccountsDatabase database)
    {
        var id = PasswordRules.Generate();
        var row = new AccountRow { Id = id, UserName = id, NormalizedUserName = id, PasswordHash = "", Grants = "", Disabled = true };
        await using var transaction = await database.Database.BeginTransactionAsync();
        database.Accounts.Add(row);
        await database.SaveChangesAsync();
        database.Accounts.Remove(row);
        await database.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    // Nobody has a name that none may have; PostgreSQL would not even look for some.
    private static string? KeyOf(AccountWork work, string name) => PasswordRules.AllowsName(name) ? work.Users.NormalizeName(name) : null;

    private static Task<AccountRow?> BySubjectAsync(AccountWork work, string subject) =>
        work.Database.Accounts.AsNoTracking().SingleOrDefaultAsync(account => account.ExternalSubject == subject);

    private static async Task<AccountOutcome> CreateAsync(UserManager<AccountRow> users, string name, string? password, IReadOnlyList<Grant> grants)
    {
        if (Rights.Refused(grants) is not null)
            return AccountOutcome.RolesApart;
        if (!PasswordRules.AllowsName(name))
            return AccountOutcome.NameUnfit;
        if (password is not null && !PasswordRules.Allows(password))
            return AccountOutcome.PasswordUnfit;
        var row = new AccountRow { UserName = name, Grants = GrantText.Write(grants), External = password is null };
        // Nobody ever learns the password of an account that is for external sign-in.
        return (await users.CreateAsync(row, password ?? PasswordRules.Generate())).Succeeded ? AccountOutcome.Done : AccountOutcome.NameTaken;
    }

    private async Task<AccountOutcome> ChangeAsync(string name, Action<AccountRow> change)
    {
        await using var work = new AccountWork(scopes);
        if (!PasswordRules.AllowsName(name) || await work.Users.FindByNameAsync(name) is not { } row)
            return AccountOutcome.NameUnknown;
        change(row);
        await work.SaveAsync(row);
        return AccountOutcome.Done;
    }

    // However deep the libraries in between have wrapped it.
    private static bool IsSerializationFailure(Exception? e) =>
        e is not null && (e is Npgsql.PostgresException { SqlState: Npgsql.PostgresErrorCodes.SerializationFailure } || IsSerializationFailure(e.InnerException));

    private static bool IsTaken(Exception? e) => e is not null
        && (e is Npgsql.PostgresException { SqlState: Npgsql.PostgresErrorCodes.UniqueViolation } or SqliteException { SqliteExtendedErrorCode: raw.SQLITE_CONSTRAINT_UNIQUE } || IsTaken(e.InnerException));

    private static AccountRow Hashed(IPasswordHasher<AccountRow> hasher, AccountRow row)
    {
        row.PasswordHash = hasher.HashPassword(row, PasswordRules.Generate());
        return row;
    }

    private static Account View(AccountRow row) => new(row.Id, row.UserName!, GrantText.Read(row.Grants), row.Disabled, row.SecurityStamp!)
    {
        HasSecondFactor = row.Factor is not null,
        RecoveryCodes = row.RecoveryCodes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length,
        External = row.External,
        Email = row.Email,
        Staff = row.Staff,
    };
}
