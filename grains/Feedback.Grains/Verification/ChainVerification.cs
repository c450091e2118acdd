using Feedback.Grains.Journal;

namespace Feedback.Grains.Verification;

/// <summary>Checks the journal against tampering alone: every stream's chain, and every stream against the checkpoints. Nothing is counted.</summary>
public sealed class ChainVerification(IJournal journal, CheckpointCheck checkpoints)
{
    /// <summary>Verifies.</summary>
    /// <param name="progress">Told after each stream.</param>
    /// <param name="cancellation">Stops the work.</param>
    public async Task<VerificationReport> RunAsync(IProgress<StreamProgress>? progress, CancellationToken cancellation = default)
    {
        var findings = new List<Finding>();
        await checkpoints.LoadAsync(findings, cancellation);
        var streams = await journal.StreamsAsync(cancellation);
        long events = 0;
        for (var i = 0; i < streams.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var check = new StreamCheck(journal, streams[i], findings, checkpoints.Of(streams[i]));
            await check.RunAsync();
            events += check.Events;
            progress?.Report(new StreamProgress(i + 1, streams.Count, events));
        }

        checkpoints.FindVanished(streams);
        return new VerificationReport(streams.Count, events, 0, 0, 0, findings).With(checkpoints);
    }
}
