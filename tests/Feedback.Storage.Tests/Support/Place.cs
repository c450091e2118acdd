using System.Data.Common;
using Feedback.Storage.Journal;
using Feedback.Storage.Schema;
using Feedback.TestSupport;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace Feedback.Storage.Tests.Support;

/// <summary>An empty database of a test's own, on which silos can be opened.</summary>
internal sealed class Place : IAsyncDisposable
{
    private readonly Database _database;
    private readonly TemporaryFolder? _folder;
    private readonly string _source;

    private Place(Database database, TemporaryFolder? folder, string source) => (_database, _folder, _source) = (database, folder, source);

    public static async Task<Place> NewAsync(Database database)
    {
        if (database == Database.Postgres)
            return await NewAsync(await PrivatePostgres.Shared);
        var folder = new TemporaryFolder();
        return new Place(database, folder, folder["journal.db"]);
    }

    public static async Task<Place> NewAsync(PrivatePostgres server) => new(Database.Postgres, null, await server.CreateDatabaseAsync());

    /// <summary>Opens a silo.</summary>
    /// <param name="limits">The limits; the usual ones when null.</param>
    /// <param name="port">The port by which it reaches PostgreSQL; the server's own when null.</param>
    /// <param name="add">Adds or replaces services; null for none.</param>
    public Task<OpenStorage> OpenAsync(JournalLimits? limits = null, int? port = null, Action<IServiceCollection>? add = null) => OpenStorage.StartAsync(services =>
    {
        Add(services, limits, port);
        add?.Invoke(services);
    });

    /// <summary>What reads without writing, as a verb that looks at a running server's data does.</summary>
    public ServiceProvider OpenForReading()
    {
        var services = new ServiceCollection().AddSingleton<TimeProvider>(new FakeTimeProvider());
        Add(services, null);
        return services.BuildServiceProvider();
    }

    /// <summary>A connection of the test's own, past everything that is tested.</summary>
    public async Task<DbConnection> ConnectAsync()
    {
        DbConnection connection = _database == Database.Sqlite
            ? new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = _source, Pooling = false }.ConnectionString)
            : new NpgsqlConnection(_source);
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>Gives the database a new life, as a restore does.</summary>
    public Task RenewGenerationAsync() =>
        _database == Database.Sqlite ? Generation.RenewSqliteAsync(_source) : Generation.RenewPostgresAsync(_source);

    /// <summary>Whether any file of the database contains these bytes.</summary>
    public bool Holds(byte[] bytes) => Directory.GetFiles(_folder!.Path).Any(file =>
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray().AsSpan().IndexOf(bytes) >= 0;
    });

    public ValueTask DisposeAsync()
    {
        _folder?.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Add(IServiceCollection services, JournalLimits? limits, int? port = null)
    {
        if (_database == Database.Sqlite)
            services.AddSqliteJournal(_source, limits);
        else
            services.AddPostgresJournal(port is null ? _source : new NpgsqlConnectionStringBuilder(_source) { Port = port.Value }.ConnectionString, limits);
    }
}
