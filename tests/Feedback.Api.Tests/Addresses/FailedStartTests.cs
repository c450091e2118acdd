using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
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
