using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Feedback.Storage.Accounts;

/// <summary>The services that live for one piece of work on accounts.</summary>
internal sealed class AccountWork(IServiceScopeFactory scopes) : IAsyncDisposable
{
    private readonly AsyncServiceScope _scope = scopes.CreateAsyncScope();

    public AccountsDatabase Database => _scope.ServiceProvider.GetRequiredService<AccountsDatabase>();

    public UserManager<AccountRow> Users => _scope.ServiceProvider.GetRequiredService<UserManager<AccountRow>>();

    public Task<AccountRow?> FindAsync(string id) => Database.Accounts.AsNoTracking().SingleOrDefaultAsync(account => account.Id == id);

    /// <summary>Saves a row that was read here and changed, under a new stamp: its sessions end.</summary>
    /// <exception cref="IOException">Somebody else changed it at the same time.</exception>
    public async Task SaveAsync(AccountRow row)
    {
        if (!(await Users.UpdateSecurityStampAsync(row)).Succeeded)
            throw new IOException($"The account {row.UserName} was changed by somebody else at the same time. Try again.");
    }

    public ValueTask DisposeAsync() => _scope.DisposeAsync();
}
