using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Feedback.Grains.Audit;
using Feedback.Silo.Hosting;
using Feedback.Storage;
using Feedback.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Feedback.Api.Tests.Addresses;

/// <summary>A server that cannot start leaves as one that stops does.</summary>
public sealed class FailedStartTests
{
    [Fact]
    public async Task A_server_whose_port_is_in_use_stops_what_it_had_started_and_calls_none_of_it_a_failure()
    {
        using var folder = new TemporaryFolder();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var urls = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
        var (untilStopped, told) = (new UntilStopped(), new Told());
        var site = new Site(DataDirectory.Open(folder.Path), null);
        var app = await WebSetup.BuildAsync(site, urls, amend: services => services
            .AddSingleton<ILoggerProvider>(told).AddSingleton<IHostedService>(untilStopped));

        await Assert.ThrowsAsync<IOException>(() => app.ListenAsync(urls, CancellationToken.None));

        Assert.True(untilStopped.WasStopped);
        await app.DisposeAsync();
        Assert.Empty(told.Grave);
    }

    [Fact]
    public async Task A_server_that_fails_before_anything_can_be_stored_ends_all_the_same()
    {
        const string Urls = "http://127.0.0.1:0";
        using var folder = new TemporaryFolder();
        var site = new Site(DataDirectory.Open(folder.Path), null);
        // Something that the next checkpoint would attest.
        await VerbHost.RecordAsync(site, new AuditEntry(Acts.DerivedRebuilt, Acts.Verb), CancellationToken.None);
        var app = await WebSetup.BuildAsync(site, Urls, amend: services => services.Insert(0, ServiceDescriptor.Singleton<IHostedService>(new Refusing())));

        var refused = await Assert.ThrowsAsync<IOException>(() => app.ListenAsync(Urls, CancellationToken.None).WaitAsync(Wait.Patience, Wait.Clock));

        Assert.Equal(Refusing.Words, refused.Message);
        await app.DisposeAsync();
    }

    [Fact]
    public async Task A_silo_that_cannot_have_its_port_names_it_and_not_the_address_of_the_web_server()
    {
        using var folder = new TemporaryFolder();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var site = new Site(DataDirectory.Open(folder.Path), await (await PrivatePostgres.Shared).CreateDatabaseAsync())
        {
            Cluster = new ClusterPlace("silo-1", IPAddress.Loopback, port, null),
        };
        await using var app = await WebSetup.BuildAsync(site, "http://127.0.0.1:0");

        var told = await Assert.ThrowsAsync<UsageException>(() => app.ListenAsync("http://127.0.0.1:0", CancellationToken.None));

        Assert.StartsWith($"Cannot listen on port {port} of its silo: ", told.Message, StringComparison.Ordinal);
    }

    private sealed class Refusing : IHostedLifecycleService
    {
        public const string Words = "It cannot be served.";

        public Task StartingAsync(CancellationToken cancellationToken) => Task.FromException(new IOException(Words));

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class UntilStopped : BackgroundService
    {
        public bool WasStopped { get; private set; }

        public override async Task StopAsync(CancellationToken cancellationToken)
        {
            await base.StopAsync(cancellationToken);
            WasStopped = true;
        }

        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            var never = new TaskCompletionSource();
            using var stop = stoppingToken.Register(() => never.TrySetCanceled(stoppingToken));
            await never.Task;
        }
    }

    private sealed class Told : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Grave { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                Grave.Enqueue(formatter(state, exception));
        }

        public void Dispose()
        {
        }
    }
}
