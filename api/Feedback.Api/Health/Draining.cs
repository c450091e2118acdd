namespace Feedback.Api.Health;

/// <summary>
/// The time between being told to stop and stopping: the server says that it is not ready, so that whoever spreads the requests
/// sends them elsewhere, and goes on serving what still comes, once per connection.
/// </summary>
/// <param name="span">How long; nothing where nobody else could take over.</param>
/// <param name="lifetime">Tells when the host stops.</param>
/// <param name="clock">The clock.</param>
public sealed class Draining(TimeSpan span, IHostApplicationLifetime lifetime, TimeProvider clock) : IHostedLifecycleService
{
    /// <summary>Whether the server was told to stop.</summary>
    public bool IsUnderWay => lifetime.ApplicationStopping.IsCancellationRequested;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) =>
        // Nobody is sent to a server that never came up.
        span > TimeSpan.Zero && lifetime.ApplicationStarted.IsCancellationRequested ? Task.Delay(span, clock, cancellationToken) : Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>Adds draining to a server.</summary>
public static class DrainingSetup
{
    /// <summary>Adds it.</summary>
    /// <param name="services">The services.</param>
    /// <param name="span">How long the server goes on serving after it was told to stop.</param>
    public static void AddDraining(this IServiceCollection services, TimeSpan span)
    {
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<Draining>(provider, span));
        services.AddHostedService(provider => provider.GetRequiredService<Draining>());
    }

    /// <summary>Asks clients, once the server is to stop, to close their connection after the answer: the next one leads elsewhere.</summary>
    public static void UseDraining(this IApplicationBuilder app)
    {
        var draining = app.ApplicationServices.GetRequiredService<Draining>();
        app.Use((http, next) =>
        {
            // In HTTP/2 and later the server tells the client by itself when it goes.
            if (draining.IsUnderWay && http.Request.Protocol == "HTTP/1.1")
                http.Response.Headers.Connection = "close";
            return next(http);
        });
    }
}
