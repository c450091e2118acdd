using Feedback.Grains.Personal;
using Feedback.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Feedback.Grains.Tests.Support;

/// <summary>The files of one bureau, its secrets and its clock: what outlives a silo.</summary>
internal sealed class Site : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private RunningSilo? _silo;

    /// <summary>The file of the journal.</summary>
    public string Journal => _folder["journal.db"];

    /// <summary>The file of the grains' own state.</summary>
    public string Grains => _folder["grains.db"];

    /// <summary>The database that holds the journal instead of the file; null for the file.</summary>
    public string? Postgres { get; init; }

    /// <summary>The keys.</summary>
    public BureauSecrets Secrets { get; } = BureauSecrets.Generate();

    /// <summary>Master keys other than those of the file; null for the file's.</summary>
    public IMasterKeys? Masters { get; set; }

    /// <summary>Adds services to each silo that is started; null for none.</summary>
    public Action<IServiceCollection>? Adds { get; init; }

    /// <summary>Where the clock of the next silo begins: Monday morning, until a silo has moved it on.</summary>
    public DateTimeOffset Now { get; private set; } = Some.Morning;

    /// <summary>The silo that runs.</summary>
    public RunningSilo Silo => _silo ?? throw new InvalidOperationException("No silo runs here.");

    /// <summary>A silo on new files, with the bureau of <see cref="Places"/>.</summary>
    /// <param name="adds">Adds services to each silo.</param>
    /// <param name="start">Where the clock begins; null for Monday morning.</param>
    /// <param name="postgres">The database that holds the journal; null for a file.</param>
    public static async Task<Site> OpenAsync(Action<IServiceCollection>? adds = null, DateTimeOffset? start = null, string? postgres = null)
    {
        var site = new Site { Adds = adds, Now = start ?? Some.Morning, Postgres = postgres };
        await site.StartAsync();
        await Places.OpenAsync(site.Silo);
        return site;
    }

    /// <summary>Starts a silo on the files.</summary>
    public async Task<RunningSilo> StartAsync() => _silo = await RunningSilo.StartAsync(this);

    /// <summary>Ends the silo as a power failure does, as near as a process can do it to itself, and starts another.</summary>
    public async Task<RunningSilo> CrashAndRestartAsync()
    {
        await CrashAsync();
        return await StartAsync();
    }

    /// <summary>Ends the silo at once: from now on it reaches no file, and nobody hears from it.</summary>
    public async Task CrashAsync()
    {
        Silo.Journal.Cut();
        Silo.Days.Open();
        await EndAsync(stopped: new CancellationToken(canceled: true));
    }

    /// <summary>Stops the silo in good order.</summary>
    public Task StopAsync() => EndAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        if (_silo is not null)
            await CrashAsync();
        _folder.Dispose();
    }

    private async Task EndAsync(CancellationToken stopped)
    {
        Now = Silo.Clock.GetUtcNow();
        await Silo.EndAsync(stopped);
        _silo = null;
    }
}
