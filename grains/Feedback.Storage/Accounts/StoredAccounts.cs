using System.Data;
using Feedback.Domain.Access;
using Feedback.Domain.Organisation;
using Feedback.Grains.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Feedback.Storage.Accounts;

/// <summary>Accounts in a database, by ASP.NET Core Identity's own hashing and stamps.</summary>
internal sealed class StoredAccounts(IServiceScopeFactory scopes, IPasswordHasher<AccountRow> hasher, TimeProvider clock) : IAccounts, IDisposable
{
    // Stands in for an account that is not there or locked, so that its sign-in costs as much as any other.
    private readonly AccountRow _nobody = Hashed(hasher, new AccountRow { Role = "" });

    private static readonly IReadOnlyList<Grant> OfTheFirst = [new(Role.SystemAdministrator, null), new(Role.DistrictManager, null)];

    private readonly SignInQueue _queue = new();

    public Task<Account?> SignInAsync(string name, string password) => _queue.RunAsync(() => ProveAsync(name, password));

    public void Dispose() => _queue.Dispose();

    public async Task<Account?> FindAsync(string id)
    {
        await using var work = new Work(scopes);
        return await work.Database.Accounts.AsNoTracking().SingleOrDefaultAsync(account => account.Id == id) is { } row ? View(row) : null;
    }

    public async Task<Account?> FindByNameAsync(string name)
    {
        await using var work = new Work(scopes);
        return await work.Users.FindByNameAsync(name) is { } row ? View(row) : null;
    }

    public async Task<IReadOnlyList<Account>> ListAsync()
    {
        await using var work = new Work(scopes);
        return [.. (await work.Database.Accounts.AsNoTracking().OrderBy(account => account.NormalizedUserName).ToListAsync()).Select(View)];
    }

    public async Task<AccountOutcome> CreateAsync(string name, string password, IReadOnlyList<Grant> grants)
    {
        if (Rights.Refused(grants) is { } refusal)
            throw new ArgumentException($"One account may not be {refusal.Value} at once.", nameof(grants));
        await using var work = new Work(scopes);
        return await CreateAsync(work.Users, name, password, grants);
    }

    public async Task<AccountOutcome> CreateFirstAdministratorAsync(string name, string password)
    {
        await using var work = new Work(scopes);
        try
        {
            // Serializable: of two who see an empty table only one may fill it.
            await using var transaction = await work.Database.Database.BeginTransactionAsync(IsolationLevel.Serializable);
            if (await work.Database.Accounts.AnyAsync())
                return AccountOutcome.NotTheFirst;
            var outcome = await CreateAsync(work.Users, name, password, OfTheFirst);
            await transaction.CommitAsync();
            return outcome;
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
        return await ChangeAsync(name, row =>
        {
            row.PasswordHash = hasher.HashPassword(row, password);
            (row.AccessFailedCount, row.LockedUntil) = (0, 0);
        });
    }

    public Task<AccountOutcome> DisableAsync(string name) => ChangeAsync(name, row => row.Disabled = true);

    private async Task<Account?> ProveAsync(string name, string password)
    {
        await using var work = new Work(scopes);
        var key = work.Users.NormalizeName(name);
        var tried = await TakeTryAsync(work.Database, key);
        var row = await work.Database.Accounts.AsNoTracking().SingleOrDefaultAsync(account => account.NormalizedUserName == key);
        var known = tried && row is { Disabled: false, PasswordHash: not null };
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
        var taken = await database.Accounts.Where(account => account.NormalizedUserName == key && account.LockedUntil <= now)
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
        var row = new AccountRow { Id = id, UserName = id, NormalizedUserName = id, PasswordHash = "", Role = "", Disabled = true };
        await using var transaction = await database.Database.BeginTransactionAsync();
        database.Accounts.Add(row);
        await database.SaveChangesAsync();
        database.Accounts.Remove(row);
        await database.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    private static async Task<AccountOutcome> CreateAsync(UserManager<AccountRow> users, string name, string password, IReadOnlyList<Grant> grants)
    {
        if (!PasswordRules.AllowsName(name))
            return AccountOutcome.NameUnfit;
        if (!PasswordRules.Allows(password))
            return AccountOutcome.PasswordUnfit;
        var row = new AccountRow { UserName = name, Role = GrantText.Write(grants) };
        return (await users.CreateAsync(row, password)).Succeeded ? AccountOutcome.Done : AccountOutcome.NameTaken;
    }

    private async Task<AccountOutcome> ChangeAsync(string name, Action<AccountRow> change)
    {
        await using var work = new Work(scopes);
        if (await work.Users.FindByNameAsync(name) is not { } row)
            return AccountOutcome.NameUnknown;
        change(row);
        // Saves the row, too, under a new stamp.
        var saved = await work.Users.UpdateSecurityStampAsync(row);
        return saved.Succeeded ? AccountOutcome.Done : throw new IOException($"The account {name} was changed by somebody else at the same time. Try again.");
    }

    // However deep the libraries in between have wrapped it.
    private static bool IsSerializationFailure(Exception? e) =>
        e is not null && (e is Npgsql.PostgresException { SqlState: Npgsql.PostgresErrorCodes.SerializationFailure } || IsSerializationFailure(e.InnerException));

    private static AccountRow Hashed(IPasswordHasher<AccountRow> hasher, AccountRow row)
    {
        row.PasswordHash = hasher.HashPassword(row, PasswordRules.Generate());
        return row;
    }

    private static Account View(AccountRow row) => new(
        row.Id, row.UserName!, GrantsOf(row), row.Disabled, row.SecurityStamp!);

    // Before there were roles, administrators read everything in their scope, and that of the whole bureau changed the registers.
    private static IReadOnlyList<Grant> GrantsOf(AccountRow row) => row.Role switch
    {
        "Administrator" when row.Scope is { } scope => [new Grant(Role.DistrictManager, new NodeId(scope))],
        "Administrator" => OfTheFirst,
        _ => GrantText.Read(row.Role),
    };

    // The services that live for one piece of work.
    private sealed class Work(IServiceScopeFactory scopes) : IAsyncDisposable
    {
        private readonly AsyncServiceScope _scope = scopes.CreateAsyncScope();

        public AccountsDatabase Database => _scope.ServiceProvider.GetRequiredService<AccountsDatabase>();

        public UserManager<AccountRow> Users => _scope.ServiceProvider.GetRequiredService<UserManager<AccountRow>>();

        public ValueTask DisposeAsync() => _scope.DisposeAsync();
    }
}
