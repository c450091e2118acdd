using Xunit;

namespace Feedback.Storage.Tests.GrainStorage;

/// <summary>Preparing a database is safe to repeat and to do from several silos at once.</summary>
public abstract class GrainStorageSchemaTests(GrainStorageDatabase database)
{
    [Fact]
    public async Task Applying_again_changes_nothing()
    {
        var connection = await database.CreateEmptyAsync();
        await database.ApplyAsync(connection);
        await using (var silo = await SiloStorage.StartAsync(database.Invariant, connection, "kept"))
            await silo.WriteAsync("n12", new Activation<GrainStorageTests.Window>(new() { Head = 3 }));
        var before = await ContentAsync(connection);

        await database.ApplyAsync(connection);

        Assert.Equal(before, await ContentAsync(connection));
    }

    [Fact]
    public async Task What_a_later_release_stored_stays()
    {
        var connection = await database.CreateEmptyAsync();
        await database.ApplyAsync(connection);
        await database.QueryAsync<int>(connection, """
            insert into grain_storage_versions values (1000);
            update orleansquery set querytext = 'of a later release' where querykey = 'ReadFromStorageKey'
            """);

        await database.ApplyAsync(connection);

        Assert.Contains("of a later release", await database.QueryAsync<string>(connection, "select querytext from orleansquery"));
    }

    [Fact]
    public async Task Several_silos_that_apply_at_once_do_not_collide()
    {
        for (var round = 0; round < 3; round++)
        {
            var connection = await database.CreateEmptyAsync();

            await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => database.ApplyAsync(connection))));

            Assert.Equal([1], await database.QueryAsync<int>(connection, "select version from grain_storage_versions"));
            Assert.Equal(3, (await database.QueryAsync<string>(connection, "select querykey from orleansquery")).Count);
        }
    }

    [Fact]
    public async Task No_stored_query_begins_a_transaction()
    {
        var queries = await database.QueryAsync<string>(database.ConnectionString, "select querytext from orleansquery");

        Assert.All(queries, query => Assert.DoesNotContain("begin", query, StringComparison.OrdinalIgnoreCase));
    }

    private async Task<string> ContentAsync(string connection)
    {
        var queries = await database.QueryAsync<string>(connection, "select querykey || querytext from orleansquery order by querykey");
        var states = await database.QueryAsync<string>(connection, "select state_name || key_text || version || written_at from orleansstorage");
        var versions = await database.QueryAsync<int>(connection, "select version from grain_storage_versions order by version");
        return string.Join('\n', [.. queries, .. states, string.Join(' ', versions)]);
    }
}

public sealed class GrainStorageSchemaOnPostgresTests(PostgresGrainStorageDatabase database)
    : GrainStorageSchemaTests(database), IClassFixture<PostgresGrainStorageDatabase>;

public sealed class GrainStorageSchemaOnSqliteTests(SqliteGrainStorageDatabase database)
    : GrainStorageSchemaTests(database), IClassFixture<SqliteGrainStorageDatabase>;
