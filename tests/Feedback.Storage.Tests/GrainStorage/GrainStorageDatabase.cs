using System.Data.Common;
using Dapper;
using Feedback.Storage.GrainStorage;
using Feedback.TestSupport;
using Microsoft.Data.Sqlite;
using Npgsql;
using Xunit;

namespace Feedback.Storage.Tests.GrainStorage;

/// <summary>A database for grain states: one for all tests of a class, each test using a state name of its own.</summary>
public abstract class GrainStorageDatabase : IAsyncLifetime
{
    /// <summary>Orleans' name for this kind of database.</summary>
    public abstract string Invariant { get; }

    /// <summary>A prepared database.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>Another database, not prepared yet.</summary>
    public abstract Task<string> CreateEmptyAsync();

    /// <summary>What is tested: brings a database to the tables and queries of grain storage.</summary>
    public abstract Task ApplyAsync(string connectionString);

    /// <summary>The values of one column.</summary>
    public async Task<List<T>> QueryAsync<T>(string connectionString, string sql)
    {
        await using var connection = Connect(connectionString);
        return [.. await connection.QueryAsync<T>(sql)];
    }

    public async Task InitializeAsync()
    {
        ConnectionString = await CreateEmptyAsync();
        await ApplyAsync(ConnectionString);
    }

    public virtual Task DisposeAsync() => Task.CompletedTask;

    protected abstract DbConnection Connect(string connectionString);
}

public sealed class PostgresGrainStorageDatabase : GrainStorageDatabase
{
    public override string Invariant => GrainStorageRegistration.Postgres;

    public override async Task<string> CreateEmptyAsync() => await (await PrivatePostgres.Shared).CreateDatabaseAsync();

    public override Task ApplyAsync(string connectionString) => GrainStorageSchema.ApplyPostgresAsync(connectionString);

    protected override DbConnection Connect(string connectionString) => new NpgsqlConnection(connectionString);
}

public sealed class SqliteGrainStorageDatabase : GrainStorageDatabase
{
    private readonly TemporaryFolder _folder = new();
    private int _files;

    public override string Invariant => GrainStorageRegistration.Sqlite;

    public override Task<string> CreateEmptyAsync() => Task.FromResult($"Data Source={_folder[$"grains-{++_files}.db"]}");

    public override Task ApplyAsync(string connectionString) =>
        GrainStorageSchema.ApplySqliteAsync(new SqliteConnectionStringBuilder(connectionString).DataSource);

    public override Task DisposeAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }

    protected override DbConnection Connect(string connectionString) => new SqliteConnection(connectionString);
}
