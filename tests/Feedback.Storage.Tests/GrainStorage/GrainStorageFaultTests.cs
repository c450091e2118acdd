using Dapper;
using Feedback.Storage.GrainStorage;
using Feedback.TestSupport;
using Microsoft.Data.Sqlite;
using Npgsql;
using Xunit;

namespace Feedback.Storage.Tests.GrainStorage;

/// <summary>What a database in trouble does to grain storage, and what it does not.</summary>
public sealed class GrainStorageFaultTests
{
    [Fact]
    public async Task A_busy_SQLite_file_fails_a_write_but_spoils_no_pooled_connection()
    {
        using var folder = new TemporaryFolder();
        await GrainStorageSchema.ApplySqliteAsync(folder["grains.db"]);
        var connection = $"Data Source={folder["grains.db"]};Default Timeout=1";
        await using var silo = await SiloStorage.StartAsync(GrainStorageRegistration.Sqlite, connection, "busy");
        var state = new Activation<GrainStorageTests.Window>(new() { Head = 1 });

        await using (var other = new SqliteConnection($"{connection};Pooling=False"))
        {
            await other.OpenAsync();
            await using var blocking = other.BeginTransaction(deferred: false);
            var busy = await Assert.ThrowsAsync<SqliteException>(() => silo.WriteAsync("n12", state));
            Assert.Equal(SQLitePCL.raw.SQLITE_BUSY, busy.SqliteErrorCode);
        }

        await silo.WriteAsync("n12", state);
        await silo.WriteAsync("n13", new Activation<GrainStorageTests.Window>(new()));
        Assert.Equal(1, (await silo.ReadAsync<GrainStorageTests.Window>("n12")).State.Head);
    }

    [Fact]
    public async Task A_SQLite_file_logs_ahead_so_that_readers_do_not_wait_for_the_writer()
    {
        using var folder = new TemporaryFolder();
        await GrainStorageSchema.ApplySqliteAsync(folder["grains.db"]);

        await using var connection = new SqliteConnection($"Data Source={folder["grains.db"]};Pooling=False");
        Assert.Equal("wal", await connection.ExecuteScalarAsync<string>("pragma journal_mode"));
    }

    [Fact]
    public async Task What_was_written_before_PostgreSQL_was_killed_is_there_when_it_is_back()
    {
        await using var server = await PrivatePostgres.StartAsync(durable: true);
        var connection = await server.CreateDatabaseAsync();
        await GrainStorageSchema.ApplyPostgresAsync(connection);
        await using var silo = await SiloStorage.StartAsync(GrainStorageRegistration.Postgres, connection, "killed");
        var state = new Activation<GrainStorageTests.Window>(new() { Head = 1 });
        await silo.WriteAsync("n12", state);

        await server.KillAsync();
        state.State.Head = 2;
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => silo.WriteAsync("n12", state));
        await server.RestartAsync();

        Assert.Equal(1, (await silo.ReadAsync<GrainStorageTests.Window>("n12")).State.Head);
        await silo.WriteAsync("n12", state);
        Assert.Equal(2, (await silo.ReadAsync<GrainStorageTests.Window>("n12")).State.Head);
    }

    [Fact]
    public async Task Another_kind_of_database_is_refused_by_name()
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => SiloStorage.StartAsync("Microsoft.Data.SqlClient", "Server=x", "none"));

        Assert.Contains("Microsoft.Data.SqlClient", error.Message);
    }
}
