using Feedback.Storage.GrainStorage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Serialization;
using Orleans.Storage;

namespace Feedback.Storage.Tests.GrainStorage;

/// <summary>The grain storage of one silo, registered and started as a silo does it, without the rest of the silo.</summary>
internal sealed class SiloStorage : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly string _stateName;

    private SiloStorage(ServiceProvider services, string stateName)
    {
        _services = services;
        _stateName = stateName;
    }

    private IGrainStorage Storage => _services.GetRequiredKeyedService<IGrainStorage>("states");

    /// <summary>Starts the storage on a prepared database, for states of this name.</summary>
    public static async Task<SiloStorage> StartAsync(string invariant, string connectionString, string stateName)
    {
        var services = new ServiceCollection();
        services.AddLogging().AddSerializer();
        services.Configure<ClusterOptions>(cluster => cluster.ServiceId = "feedback");
        new Builder(services).AddFeedbackGrainStorage("states", invariant, connectionString);
        var silo = new SiloStorage(services.BuildServiceProvider(), stateName);
        var lifecycle = new Startup();
        ((ILifecycleParticipant<ISiloLifecycle>)silo.Storage).Participate(lifecycle);
        await lifecycle.RunAsync();
        return silo;
    }

    /// <summary>A state as the activation of this key sees it after reading.</summary>
    public async Task<Activation<T>> ReadAsync<T>(string key)
        where T : class, new()
    {
        var state = new Activation<T>(new T());
        await Storage.ReadStateAsync(_stateName, Id(key), state);
        return state;
    }

    public Task WriteAsync<T>(string key, Activation<T> state) => Storage.WriteStateAsync(_stateName, Id(key), state);

    public Task ClearAsync<T>(string key, Activation<T> state) => Storage.ClearStateAsync(_stateName, Id(key), state);

    /// <summary>Whether the write was let through; false if another writer was first.</summary>
    public async Task<bool> TryWriteAsync<T>(string key, Activation<T> state)
    {
        try
        {
            await WriteAsync(key, state);
            return true;
        }
        catch (InconsistentStateException)
        {
            return false;
        }
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private static GrainId Id(string key) => GrainId.Create("window", key);

    private sealed class Builder(IServiceCollection services) : ISiloBuilder
    {
        public IServiceCollection Services => services;

        public IConfiguration Configuration { get; } = new ConfigurationBuilder().Build();
    }

    private sealed class Startup : ISiloLifecycle
    {
        private readonly SortedList<int, ILifecycleObserver> _observers = [];

        public int HighestCompletedStage => 0;

        public int LowestStoppedStage => 0;

        public IDisposable Subscribe(string observerName, int stage, ILifecycleObserver observer)
        {
            _observers.Add(stage, observer);
            return new MemoryStream();
        }

        public async Task RunAsync()
        {
            foreach (var observer in _observers.Values)
                await observer.OnStart(CancellationToken.None);
        }
    }
}

/// <summary>A grain's state as one activation holds it: at first as one that has read nothing yet.</summary>
internal sealed class Activation<T>(T state) : IGrainState<T>
{
    public T State { get; private set; } = state;

    public string? ETag { get; set; }

    public bool RecordExists { get; set; }

    T? IGrainState<T>.State
    {
        get => State;
        set => State = value!;
    }
}
