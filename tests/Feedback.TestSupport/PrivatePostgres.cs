using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Npgsql;

namespace Feedback.TestSupport;

/// <summary>
/// A PostgreSQL server of our own on a free loopback port, gone without trace when the test process ends.
/// Ordinary tests share one (<see cref="Shared"/>) and take a database each; tests that break a server start their own.
/// </summary>
/// <remarks>
/// Also without <c>durable</c> a commit is in the operating system's hands before it is acknowledged, so killing the
/// server loses nothing; only a power failure would. Durability tests ask for <c>durable</c>.
/// </remarks>
public sealed class PrivatePostgres : IAsyncDisposable
{
    private const string Ready = "database system is ready to accept connections";
    private static readonly Lazy<Task<PrivatePostgres>> SharedServer = new(() => StartAsync());

    private readonly string _dataFolder;
    private readonly bool _durable;
    private readonly bool _small;
    private readonly string? _alsoAt;
    private readonly Caretaker _caretaker;
    private readonly SemaphoreSlim _creating = new(1);
    private Process? _postmaster;
    private int _databases;

    private PrivatePostgres(bool durable, string? at, string? alsoAt)
    {
        (_durable, _small, _alsoAt) = (durable, at is not null, alsoAt);
        _dataFolder = Path.Combine(at ?? Path.GetTempPath(), "feedback-postgres-" + RandomNumberGenerator.GetHexString(12, lowercase: true));
        _caretaker = new Caretaker(_dataFolder);
    }

    /// <summary>The fast server of this test process, started when first asked for.</summary>
    public static Task<PrivatePostgres> Shared => SharedServer.Value;

    /// <summary>The loopback port; it stays the same over <see cref="RestartAsync"/>.</summary>
    public int Port { get; private set; }

    /// <summary>Starts a server of the caller's own.</summary>
    /// <param name="durable">True: every commit is flushed to the disk (fsync). False: faster, the same behaviour otherwise.</param>
    /// <param name="at">The folder for its files, on a small disk: every user may write there, and the server's log stays short. Null for the usual place.</param>
    /// <param name="alsoAt">Another IPv4 address to listen at, whose 256 neighbours may come in; null for loopback only.</param>
    public static async Task<PrivatePostgres> StartAsync(bool durable = false, string? at = null, string? alsoAt = null)
    {
        var server = new PrivatePostgres(durable, at, alsoAt);
        try
        {
            await server.InitialiseAsync();
            await server.LaunchOnAFreePortAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>A new, empty database, or a copy of a template.</summary>
    /// <param name="template">The connection string (or the name) of a database made here, with no open connections but pooled ones.</param>
    /// <returns>The connection string of the new database.</returns>
    public async Task<string> CreateDatabaseAsync(string? template = null)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");
        var source = template is not null && template.Contains('=', StringComparison.Ordinal)
            ? new NpgsqlConnectionStringBuilder(template).Database
            : template;

        // A template must have no other connections, and neither may two copies be made of it at once.
        await _creating.WaitAsync();
        try
        {
            if (source is not null)
                NpgsqlConnection.ClearAllPools();
            await using var connection = new NpgsqlConnection(ConnectionString("postgres", pooling: false));
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = $"CREATE DATABASE {name} TEMPLATE {source ?? "template1"}";
            await command.ExecuteNonQueryAsync();
        }
        finally
        {
            _creating.Release();
        }

        return ConnectionString(name, pooling: true);
    }

    /// <summary>Where the server keeps its files, its log of changes included.</summary>
    public string DataFolder => _dataFolder;

    /// <summary>What <c>pg_dump</c> writes of a database.</summary>
    /// <param name="database">The connection string of a database made here.</param>
    public async Task<string> DumpAsync(string database)
    {
        var name = new NpgsqlConnectionStringBuilder(database).Database!;
        using var dump = Process.Start(PostgresPrograms.Command("pg_dump", "-h", "127.0.0.1", "-p", Port.ToString(CultureInfo.InvariantCulture), "-U", "postgres", name))!;
        var errors = dump.StandardError.ReadToEndAsync();
        var text = await dump.StandardOutput.ReadToEndAsync();
        await dump.WaitForExitAsync();
        return dump.ExitCode == 0 ? text : throw new InvalidOperationException($"pg_dump failed: {await errors}");
    }

    /// <summary>Whether it ended by itself, as it does when it cannot write its log.</summary>
    public bool HasEnded => _postmaster?.HasExited ?? true;

    /// <summary>kill -9 of the whole server, as by a crash. Returns when every process of it is gone.</summary>
    public async Task KillAsync()
    {
        if (_postmaster is not { } postmaster)
            return;
        _postmaster = null;
        ProcessFamily.KillAll(postmaster.Id);
        // This also waits for the end of the log, whose pipe every process of the server holds open.
        await postmaster.WaitForExitAsync();
        postmaster.Dispose();
    }

    /// <summary>SIGSTOP: the server hangs, connections stay open, nothing answers until <see cref="Resume"/>.</summary>
    public void Pause() => ProcessFamily.StopAll(Running.Id);

    /// <summary>SIGCONT: the server goes on where it stopped.</summary>
    public void Resume() => ProcessFamily.ContinueAll(Running.Id);

    /// <summary>Starts the server again on its data folder and port, killing it first if it runs. Returns when it accepts connections.</summary>
    public async Task RestartAsync()
    {
        await KillAsync();
        await LaunchAsync();
    }

    /// <summary>Ends the server and removes its folder.</summary>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _caretaker.Dispose();
        _creating.Dispose();
    }

    private Process Running => _postmaster ?? throw new InvalidOperationException("The server does not run: it was killed.");

    private string ConnectionString(string database, bool pooling) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = Port,
        Username = "postgres",
        Database = database,
        Pooling = pooling,
        IncludeErrorDetail = true,
    }.ConnectionString;

    private async Task InitialiseAsync()
    {
        var start = PostgresPrograms.Command("initdb", "-D", _dataFolder, "-U", "postgres", "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C", $"--wal-segsize={(_small ? 1 : 16)}");
        using var initdb = Process.Start(start)!;
        var output = initdb.StandardOutput.ReadToEndAsync();
        var errors = await initdb.StandardError.ReadToEndAsync();
        await initdb.WaitForExitAsync();
        if (initdb.ExitCode != 0)
            throw new InvalidOperationException($"initdb failed: {await output}{errors}");
        if (_alsoAt is not null)
            await File.AppendAllTextAsync(Path.Combine(_dataFolder, "pg_hba.conf"), $"host all all {_alsoAt}/24 trust\n");
    }

    private async Task LaunchOnAFreePortAsync()
    {
        // Between asking for a free port and using it somebody else may take it: ask again.
        for (var attempt = 1; ; attempt++)
        {
            Port = FreePorts.Next();
            try
            {
                await LaunchAsync();
                return;
            }
            catch (InvalidOperationException error) when (attempt < 5 && error.Message.Contains("could not bind", StringComparison.Ordinal))
            {
                await KillAsync();
            }
        }
    }

    private async Task LaunchAsync()
    {
        var onOff = _durable ? "on" : "off";
        var start = PostgresPrograms.Command(
            "postgres", "-D", _dataFolder,
            "-c", _alsoAt is null ? "listen_addresses=127.0.0.1" : $"listen_addresses=127.0.0.1,{_alsoAt}", "-c", $"port={Port}", "-c", "unix_socket_directories=",
            "-c", $"fsync={onOff}", "-c", $"full_page_writes={onOff}", "-c", "synchronous_commit=on",
            "-c", $"max_wal_size={(_small ? "8MB" : "1GB")}", "-c", $"min_wal_size={(_small ? "2MB" : "80MB")}",
            "-c", "max_connections=300", "-c", "timezone=UTC", "-c", "log_timezone=UTC");
        var log = new ConcurrentQueue<string>();
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var postmaster = new Process { StartInfo = start };
        postmaster.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null)
            {
                ready.TrySetException(new InvalidOperationException($"PostgreSQL ended before it was ready:\n{string.Join('\n', log)}"));
            }
            else if (!ready.Task.IsCompleted)
            {
                log.Enqueue(line.Data);
                if (line.Data.EndsWith(Ready, StringComparison.Ordinal))
                    ready.TrySetResult();
            }
        };
        postmaster.Start();
        postmaster.BeginErrorReadLine();
        _postmaster = postmaster;
        await ready.Task;
    }
}
