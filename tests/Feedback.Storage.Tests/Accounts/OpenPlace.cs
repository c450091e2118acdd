using System.Data.Common;
using Dapper;
using Feedback.Grains.Accounts;
using Feedback.Grains.Personal;
using Feedback.Storage.Accounts;
using Feedback.Storage.Tests.Support;
using Feedback.TestSupport;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Feedback.Storage.Tests.Accounts;

/// <summary>Accounts in a database of their own.</summary>
internal sealed class OpenPlace(ServiceProvider services, string source, TemporaryFolder? folder) : IAsyncDisposable
{
    public IAccounts Accounts => services.GetRequiredService<IAccounts>();

    public FakeTimeProvider Clock => (FakeTimeProvider)services.GetRequiredService<TimeProvider>();

    public NotingHasher Hasher => (NotingHasher)services.GetRequiredService<IPasswordHasher<AccountRow>>();

    public ISecondFactors Factors => services.GetRequiredService<ISecondFactors>();

    public IVerbActs VerbActs => services.GetRequiredService<IVerbActs>();

    public string? File => folder?["accounts.db"];

    /// <summary>What stands before the names of its tables.</summary>
    public string Prefix => folder is null ? "accounts." : "";

    public static async Task<OpenPlace> NewAsync(Database database, params IReadOnlyList<string> before)
    {
        var services = new ServiceCollection().AddSingleton<TimeProvider>(new FakeTimeProvider(new DateTimeOffset(2026, 11, 25, 8, 0, 0, TimeSpan.Zero)));
        services.AddSingleton<IPasswordHasher<AccountRow>, NotingHasher>();
        services.AddSingleton(BureauSecrets.Generate());
        if (database == Database.Postgres)
        {
            var source = await (await PrivatePostgres.Shared).CreateDatabaseAsync();
            await using (var old = new Npgsql.NpgsqlConnection(source))
            {
                foreach (var statement in before)
                    await old.ExecuteAsync(statement);
            }

            await AccountsSchema.ApplyPostgresAsync(source);
            await AccountsSchema.ApplyPostgresAsync(source);
            return new OpenPlace(services.AddPostgresAccounts(source).BuildServiceProvider(validateScopes: true), source, null);
        }

        var folder = new TemporaryFolder();
        await using (var old = new SqliteConnection($"Data Source={folder["accounts.db"]};Pooling=false"))
        {
            foreach (var statement in before)
                await old.ExecuteAsync(statement);
        }

        await AccountsSchema.ApplySqliteAsync(folder["accounts.db"]);
        await AccountsSchema.ApplySqliteAsync(folder["accounts.db"]);
        return new OpenPlace(services.AddSqliteAccounts(folder["accounts.db"]).BuildServiceProvider(validateScopes: true), folder["accounts.db"], folder);
    }

    /// <summary>Brings the tables to the newest schema once more, as every start does.</summary>
    public Task<string?> ApplyAsync() => folder is null ? AccountsSchema.ApplyPostgresAsync(source) : AccountsSchema.ApplySqliteAsync(source);

    /// <summary>A connection of the test's own, past everything that is tested.</summary>
    public async Task<DbConnection> ConnectAsync()
    {
        DbConnection connection = folder is null ? new Npgsql.NpgsqlConnection(source) : new SqliteConnection($"Data Source={source};Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        folder?.Dispose();
    }
}
