using Feedback.Grains.Accounts;
using Feedback.Grains.Personal;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Feedback.Storage.Accounts;

/// <summary>Registers <see cref="IAccounts"/>. The services need a <see cref="TimeProvider"/>, the <see cref="BureauSecrets"/>, and <see cref="AccountsSchema"/> its tables.</summary>
public static class AccountsSetup
{
    /// <summary>Adds accounts in a SQLite file.</summary>
    public static IServiceCollection AddSqliteAccounts(this IServiceCollection services, string path) =>
        services.AddAccounts(options => options.UseSqlite($"Data Source={path}"));

    /// <summary>Adds accounts in a PostgreSQL database that silos may share.</summary>
    public static IServiceCollection AddPostgresAccounts(this IServiceCollection services, string connectionString) =>
        services.AddAccounts(options => options.UseNpgsql(connectionString));

    private static IServiceCollection AddAccounts(this IServiceCollection services, Action<DbContextOptionsBuilder> database)
    {
        services.AddLogging();
        services.AddDbContext<AccountsDatabase>(database);
        services.TryAddSingleton<IPasswordHasher<AccountRow>, PasswordHasher<AccountRow>>();
        services.AddIdentityCore<AccountRow>(options =>
        {
            options.User.AllowedUserNameCharacters = "";
            options.Password = new PasswordOptions
            {
                RequiredLength = PasswordRules.Shortest,
                RequireDigit = false,
                RequireLowercase = false,
                RequireUppercase = false,
                RequireNonAlphanumeric = false,
            };
        });
        services.AddScoped<IUserStore<AccountRow>, UserOnlyStore<AccountRow, AccountsDatabase>>();
        services.AddSingleton<IAccounts, StoredAccounts>();
        services.AddSingleton<ISecondFactors, StoredSecondFactors>();
        services.AddSingleton<IVerbActs, StoredVerbActs>();
        return services;
    }
}
