using Microsoft.Extensions.Hosting;

namespace Feedback.Storage.Journal;

/// <summary>
/// Runs the writer for as long as the host lives: from before the first hosted service starts until after the last one
/// has stopped, because a silo that shuts down still stores days.
/// </summary>
internal sealed class WriterService(IUnitWriter writer) : IHostedLifecycleService
{
    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => writer.StartAsync(cancellationToken);

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => writer.StopAsync();
}
