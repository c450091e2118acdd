using Microsoft.Extensions.Hosting;

namespace Feedback.Storage.Journal;

/// <summary>
/// Runs the writer for as long as the host lives: from before the first hosted service starts until after the last one
/// has stopped, because a silo that shuts down still stores days.
/// </summary>
internal sealed class WriterService(IUnitWriter writer, JournalQueue queue) : IHostedLifecycleService
{
    /// <inheritdoc/>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await writer.StartAsync(cancellationToken).ConfigureAwait(false);
        queue.Open();
    }

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
