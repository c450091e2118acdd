using Feedback.TestSupport;

namespace Feedback.Benchmarks.Servers;

/// <summary>Where a measured server keeps its data: a folder that vanishes, and a PostgreSQL server that does, or none for SQLite.</summary>
internal sealed class Store : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly PrivatePostgres? _postgres;

    private Store(PrivatePostgres? postgres) => _postgres = postgres;

    /// <summary>SQLite or PostgreSQL, as tables name it.</summary>
    public string Name => _postgres is null ? "SQLite" : "PostgreSQL";

    /// <summary>Whether it is PostgreSQL.</summary>
    public bool IsPostgres => _postgres is not null;

    /// <summary>A folder on the disk that the data lie on.</summary>
    public string Folder => _folder.Path;

    /// <summary>Opens an empty store. PostgreSQL flushes every commit to the disk, as it does in production.</summary>
    public static async Task<Store> OpenAsync(bool postgres) =>
        new(postgres ? await PrivatePostgres.StartAsync(durable: true) : null);

    /// <summary>Starts the application on an empty database.</summary>
    /// <param name="levels">Three or six.</param>
    /// <param name="signers">Whether terminals that sign are wanted, too.</param>
    public async Task<ServerProcess> StartServerAsync(int levels = 3, bool signers = false)
    {
        string[] arguments = ["server", "--data", _folder["data"], "--levels", levels.ToString(System.Globalization.CultureInfo.InvariantCulture), .. signers ? new[] { "--signers" } : []];
        return await ServerProcess.StartAsync(_postgres is null ? arguments : [.. arguments, "--postgres", await _postgres.CreateDatabaseAsync()]);
    }

    /// <summary>Starts the plain service on an empty database of the same PostgreSQL server.</summary>
    public async Task<ServerProcess> StartPlainAsync() =>
        await ServerProcess.StartAsync("plain", "--postgres", await _postgres!.CreateDatabaseAsync());

    public async ValueTask DisposeAsync()
    {
        if (_postgres is not null)
            await _postgres.DisposeAsync();
        _folder.Dispose();
    }
}
