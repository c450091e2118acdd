using System.Data.Common;
using System.Globalization;
using Dapper;
using Feedback.Storage.Schema;
using Npgsql;

namespace Feedback.Storage.Membership;

/// <summary>
/// Who works on a PostgreSQL database: any number of servers together, or one verb alone that makes anew what they would go on counting.
/// It lasts until it is disposed or its connection is gone, in whatever way.
/// </summary>
/// <remarks>
/// Servers of releases before this one do not say so; of them only those of a cluster are known, by their signs of life in the
/// membership. A pooler in front must pool by session.
/// </remarks>
public sealed class DatabaseUse : IDisposable
{
    // Names our lock among the advisory locks of the database: the letters "in use" in ASCII.
    private const long AdvisoryLock = 0x69_6E_20_75_73_65;

    // A user whose machine is gone without a word is missed by the database within 35 s: by itself it would wait for hours.
    private const string Session = "set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 5";

    private const string Holders = """
        select a.application_name from pg_locks l join pg_stat_activity a on a.pid = l.pid
        where l.locktype = 'advisory' and l.granted and l.objsubid = 1 and l.pid <> pg_backend_pid()
            and l.database = (select oid from pg_database where datname = current_database())
            and l.classid::bigint = @AdvisoryLock >> 32 and l.objid::bigint = @AdvisoryLock & 4294967295
        order by 1
        """;

    // By the database's clock; a time far ahead of it is no sign of life either.
    private const string Alive = """
        select name from membership
        where status = 3 and alive_at between clock_timestamp() - make_interval(secs => @Seconds) and clock_timestamp() + make_interval(secs => @Seconds)
        order by 1
        """;

    private readonly NpgsqlConnection _connection;

    private DatabaseUse(NpgsqlConnection connection) => _connection = connection;

    /// <summary>For how long the last sign of life of a silo counts: it gives one every 5 seconds.</summary>
    public static TimeSpan SignOfLife { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Uses a database together with others; null while somebody has it alone.</summary>
    /// <param name="connectionString">The database.</param>
    /// <param name="name">Who uses it, for whoever wants it alone.</param>
    /// <param name="cancellation">Stops waiting for the connection.</param>
    /// <exception cref="UnfinishedWorkException">Whoever had it alone did not come to an end.</exception>
    /// <exception cref="NpgsqlException">The database is out of reach or refuses.</exception>
    public static Task<DatabaseUse?> TryShareAsync(string connectionString, string name, CancellationToken cancellation = default) =>
        TakeAsync(connectionString, name, IsSharedAsync, cancellation);

    /// <summary>Uses a database alone; servers that start meanwhile wait.</summary>
    /// <param name="connectionString">The database.</param>
    /// <param name="name">Who uses it, for those who wait.</param>
    /// <param name="cancellation">Stops waiting for the connection.</param>
    /// <exception cref="DatabaseInUseException">Others use it; the message names them.</exception>
    /// <exception cref="NpgsqlException">The database is out of reach or refuses.</exception>
    public static async Task<DatabaseUse> AloneAsync(string connectionString, string name, CancellationToken cancellation = default) =>
        (await TakeAsync(connectionString, name, IsAloneAsync, cancellation))!;

    /// <summary>Whether it still lasts: its connection is there.</summary>
    public async Task<bool> LastsAsync(CancellationToken cancellation = default)
    {
        try
        {
            // No command that would open a lost connection again: the use went with it.
            await using var command = new NpgsqlCommand("select 1", _connection);
            await command.ExecuteNonQueryAsync(cancellation);
            return true;
        }
        catch (Exception e) when (e is DbException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            // Said before the connection ends: whoever asks next is not told of somebody who is gone.
            using var command = new NpgsqlCommand("select pg_advisory_unlock_all()", _connection);
            command.ExecuteNonQuery();
        }
        catch (Exception e) when (e is DbException or InvalidOperationException)
        {
            // Without a connection it is over already.
        }

        _connection.Dispose();
    }

    private static async Task<DatabaseUse?> TakeAsync(
        string connectionString, string name, Func<NpgsqlConnection, Task<bool>> take, CancellationToken cancellation)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = name,
            Pooling = false,
            CommandTimeout = 10,
        }.ConnectionString);
        var taken = false;
        try
        {
            await connection.OpenAsync(cancellation);
            await connection.ExecuteAsync(Session);
            taken = await take(connection);
            return taken ? new DatabaseUse(connection) : null;
        }
        finally
        {
            if (!taken)
                await connection.DisposeAsync();
        }
    }

    private static async Task<bool> IsSharedAsync(NpgsqlConnection connection)
    {
        if (!await IsTakenAsync(connection, "pg_try_advisory_lock_shared"))
            return false;
        // Looked at under the lock: while it is held nobody begins such work.
        return await UnfinishedMarks.FindPostgresAsync(connection) is { } work ? throw new UnfinishedWorkException(work) : true;
    }

    private static async Task<bool> IsAloneAsync(NpgsqlConnection connection)
    {
        if (!await IsTakenAsync(connection, "pg_try_advisory_lock"))
            throw new DatabaseInUseException(await connection.QueryAsync<string>(Holders, new { AdvisoryLock }));
        if (await connection.ExecuteScalarAsync<bool>("select to_regclass('membership') is not null")
            && (await connection.QueryAsync<string>(Alive, new { Seconds = SignOfLife.TotalSeconds })).ToList() is { Count: > 0 } alive)
            throw new DatabaseInUseException(alive);
        return true;
    }

    private static Task<bool> IsTakenAsync(NpgsqlConnection connection, string attempt) =>
        connection.ExecuteScalarAsync<bool>($"select {attempt}(@AdvisoryLock)", new { AdvisoryLock });
}

/// <summary>A database is used by others, and what is asked for can be done alone only.</summary>
/// <param name="users">Who they are; none where they were gone in the same moment.</param>
public sealed class DatabaseInUseException(IEnumerable<string> users)
    : IOException(string.Create(CultureInfo.InvariantCulture, $"The PostgreSQL database is in use by {Words(users)}. Stop every silo and server on it first; one that was killed counts for {DatabaseUse.SignOfLife.TotalSeconds:0} s."))
{
    private static string Words(IEnumerable<string> users) =>
        string.Join(", ", users.Distinct()) is { Length: > 0 } names ? names : "somebody who has just begun or ended";
}
