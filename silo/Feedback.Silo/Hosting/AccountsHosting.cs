using Feedback.Api.Access;
using Feedback.Grains.Accounts;
using Feedback.Storage.Accounts;
using Feedback.Web.SignIn;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace Feedback.Silo.Hosting;

/// <summary>The accounts of a site, and the sessions of those who signed in.</summary>
internal static class AccountsHosting
{
    /// <summary>Makes the tables of accounts where there are none, and adds <see cref="IAccounts"/>.</summary>
    public static async Task AddFeedbackAccountsAsync(this IServiceCollection services, Site site)
    {
        if (site.Postgres is { } connection)
        {
            Tell(await AccountsSchema.ApplyPostgresAsync(connection));
            services.AddPostgresAccounts(connection);
            return;
        }

        Tell(await AccountsSchema.ApplySqliteAsync(site.Data.Accounts));
        services.AddSqliteAccounts(site.Data.Accounts);
    }

    // Nothing logs yet.
    private static void Tell(string? notice)
    {
        if (notice is not null)
            Console.Error.WriteLine("Accounts: " + notice);
    }

    /// <summary>Adds sessions whose keys outlive the process, in files or in the database that silos share; they are good only together with the master key.</summary>
    public static void AddFeedbackSessions(this IServiceCollection services, Site site, SignInOptions signIn)
    {
        services.AddSingleton(new SecondFactorRule(signIn.SecondFactor));
        services.AddProviderSignIn(signIn.Provider);
        services.AddHostedService<VerbActsTakeover>();
        services.AddSessions();
        services.AddSingleton(new SessionKeyWrap(SecretsFile.LoadOrCreate(site)));
        var protection = services.AddDataProtection().SetApplicationName("feedback");
        if (site.Postgres is null)
            protection.PersistKeysToFileSystem(Directory.CreateDirectory(site.Data.SessionKeys));
        services.AddOptions<KeyManagementOptions>().Configure<SessionKeyWrap>((options, wrap) =>
        {
            options.XmlEncryptor = wrap;
            if (site.Postgres is { } connection)
                options.XmlRepository = new SessionKeyRepository(new SessionKeyTable(connection), site.Data.SessionKeys);
        });
    }

    /// <summary>The accounts alone, for a verb; a running server may use them at the same time.</summary>
    public static async Task<ServiceProvider> OpenAccountsAsync(Site site)
    {
        var services = new ServiceCollection().AddSingleton(RealClock.Instance).AddSingleton(_ => SecretsFile.LoadOrCreate(site));
        await services.AddFeedbackAccountsAsync(site);
        return services.BuildServiceProvider();
    }
}
