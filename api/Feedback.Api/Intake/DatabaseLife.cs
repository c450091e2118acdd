using Feedback.Grains.Journal;

namespace Feedback.Api.Intake;

/// <summary>
/// Tells terminals which life of the database acknowledged what they pushed. A restore begins another one; a terminal that
/// notices sends again what it kept, so that nothing acknowledged is lost. The id is the one that this silo started with:
/// after a restore a silo that goes on can store nothing, and so acknowledges nothing, until it is started anew.
/// </summary>
internal sealed class DatabaseLife(IJournal journal) : IHostedService
{
    /// <summary>The header of answers that acknowledge something.</summary>
    public const string Header = "Feedback-Generation";

    // 64 bits tell any two lives apart; the rest is nobody's business.
    private const int Told = 16;

    private string? _id;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken) => _id = (await journal.GenerationAsync(cancellationToken))[..Told];

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Puts it on an answer that has not begun.</summary>
    public void TellOn(HttpResponse response) => response.Headers[Header] = _id;
}
