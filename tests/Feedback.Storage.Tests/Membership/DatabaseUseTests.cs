using Dapper;
using Feedback.Storage.Membership;
using Feedback.Storage.Schema;
using Feedback.TestSupport;
using Npgsql;
using Xunit;

namespace Feedback.Storage.Tests.Membership;

/// <summary>Many use a database together, or one alone.</summary>
public sealed class DatabaseUseTests
{
    [Fact]
    public async Task Several_use_a_database_together_and_whoever_wants_it_alone_is_told_their_names()
    {
        var database = await (await PrivatePostgres.Shared).CreateDatabaseAsync();
        var first = (await DatabaseUse.TryShareAsync(database, "silo-1"))!;
        using var second = (await DatabaseUse.TryShareAsync(database, "silo-2"))!;

        var refused = await Assert.ThrowsAsync<DatabaseInUseException>(() => DatabaseUse.AloneAsync(database, "rebuild"));
        Assert.Contains("silo-1, silo-2", refused.Message, StringComparison.Ordinal);
        first.Dispose();
        refused = await Assert.ThrowsAsync<DatabaseInUseException>(() => DatabaseUse.AloneAsync(database, "rebuild"));
        Assert.DoesNotContain("silo-1", refused.Message, StringComparison.Ordinal);
        second.Dispose();

        using var alone = await DatabaseUse.AloneAsync(database, "rebuild");
        Assert.True(await alone.LastsAsync());
    }

    [Fact]
    public async Task While_one_has_it_alone_nobody_else_gets_it_and_afterwards_everybody_does()
    {
        var server = await PrivatePostgres.Shared;
        var (database, another) = (await server.CreateDatabaseAsync(), await server.CreateDatabaseAsync());

        using (await DatabaseUse.AloneAsync(database, "rebuild"))
        {
            Assert.Null(await DatabaseUse.TryShareAsync(database, "silo-1"));
            var refused = await Assert.ThrowsAsync<DatabaseInUseException>(() => DatabaseUse.AloneAsync(database, "restore"));
            Assert.Contains("rebuild", refused.Message, StringComparison.Ordinal);
            using var elsewhere = await DatabaseUse.AloneAsync(another, "restore");
        }

        using var shared = await DatabaseUse.TryShareAsync(database, "silo-1");
        Assert.NotNull(shared);
    }

    [Theory]
    [InlineData("active", 3, 0, true)]
    [InlineData("active and silent for a while", 3, -20, true)]
    [InlineData("active and silent for longer than any silo is", 3, -60, false)]
    [InlineData("active with a time that lies far ahead", 3, 86_400, false)]
    [InlineData("stopping", 4, 0, false)]
    [InlineData("dead", 6, 0, false)]
    public async Task A_silo_of_a_release_that_does_not_say_so_is_known_by_its_signs_of_life(string name, int status, int alive, bool counts)
    {
        var database = await (await PrivatePostgres.Shared).CreateDatabaseAsync();
        await MembershipSchema.ApplyAsync(database);
        await using var connection = new NpgsqlConnection(database);
        await connection.ExecuteAsync("""
            insert into membership_version (cluster) values ('feedback');
            insert into membership (cluster, address, port, generation, name, host, status, proxy_port, started_at, alive_at)
            values ('feedback', '127.0.0.1', 11111, 1, @name, 'host', @status, 0, clock_timestamp(), clock_timestamp() + make_interval(secs => @alive))
            """, new { name, status, alive });

        if (counts)
        {
            var refused = await Assert.ThrowsAsync<DatabaseInUseException>(() => DatabaseUse.AloneAsync(database, "rebuild"));
            Assert.Contains(name, refused.Message, StringComparison.Ordinal);
            // Who was refused does not keep others out.
            using var shared = await DatabaseUse.TryShareAsync(database, "silo-2");
            Assert.NotNull(shared);
        }
        else
        {
            using var alone = await DatabaseUse.AloneAsync(database, "rebuild");
        }
    }

    [Theory]
    [InlineData("unfinished-rebuild", "run 'feedback rebuild' again")]
    [InlineData("unfinished-restore", "run it again")]
    public async Task What_a_verb_left_unfinished_is_shared_by_nobody_and_may_be_done_again(string mark, string told)
    {
        var database = await (await PrivatePostgres.Shared).CreateDatabaseAsync();
        await using var connection = new NpgsqlConnection(database);
        await connection.ExecuteAsync("create table meta (name text primary key, value text not null); insert into meta values (@mark, '1')", new { mark });

        var refused = await Assert.ThrowsAsync<UnfinishedWorkException>(() => DatabaseUse.TryShareAsync(database, "silo-1"));

        Assert.Contains(told, refused.Message, StringComparison.Ordinal);
        await Wait.UntilAsync("who was refused is gone", async () => await connection.ExecuteScalarAsync<long>("select count(*) from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())") == 0);
        (await DatabaseUse.AloneAsync(database, "rebuild")).Dispose();
        await connection.ExecuteAsync("delete from meta");
        using var shared = await DatabaseUse.TryShareAsync(database, "silo-1");
        Assert.NotNull(shared);
    }

    [Fact]
    public async Task A_use_whose_connection_is_gone_does_not_last()
    {
        await using var server = await PrivatePostgres.StartAsync();
        var database = await server.CreateDatabaseAsync();
        using var use = (await DatabaseUse.TryShareAsync(database, "silo-1"))!;

        await server.RestartAsync();

        Assert.False(await use.LastsAsync());
        Assert.False(await use.LastsAsync());
        using var alone = await DatabaseUse.AloneAsync(database, "rebuild");
    }
}
