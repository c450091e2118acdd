using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.Paper;
using Feedback.Domain.Personal;
using Feedback.Domain.Time;
using Feedback.Domain.Windows;
using Feedback.Grains.Journal;
using Feedback.Grains.Personal;

namespace Feedback.Grains.Paper;

/// <summary>Finds what windows stored of the forms of a batch: the window's stream is the truth about it.</summary>
internal sealed class PaperEvidence(IJournal journal, IPersonalStore personal)
{
    /// <summary>What a window stored under a form and an attempt; null when nothing.</summary>
    /// <param name="batch">The batch, opened.</param>
    /// <param name="form">The form's number.</param>
    /// <param name="attempt">The attempt.</param>
    /// <param name="window">The window.</param>
    /// <param name="zone">The zone of its local days.</param>
    public async Task<(EvaluationAccepted Stored, long Version)?> FindAsync(PaperState batch, int form, int attempt, NodeId window, HallZone zone)
    {
        var (stream, id) = (StreamName.Window(window), PaperAnswers.IdOf(form, attempt));
        var identity = Identities.OfEvaluation(batch.Id.Source, id);
        // The day of a form begins long before it is keyed: so nearly all lie in the table of those that came late.
        if ((await journal.FindLateAsync(stream, [identity])).TryGetValue(identity, out var version))
            return await ReadAsync(stream, version) is { } found ? (found, version) : null;
        return await FindInTimeAsync(stream, batch, id, zone);
    }

    /// <summary>Whether the words of a form that was keyed again differ from those that are kept; those that were erased are not compared.</summary>
    /// <param name="window">The window.</param>
    /// <param name="version">The version of the evaluation.</param>
    /// <param name="words">The words; null for none.</param>
    public async Task<bool> WordsDifferAsync(NodeId window, long version, string? words)
    {
        if (await ReadAsync(StreamName.Window(window), version) is not { Comment: { } comment } || words is null)
            return false;
        var kept = await personal.FindAsync([comment.Ref]);
        return kept.TryGetValue(comment.Ref, out var found) && PersonalText.Hash(found.Text.Salt, words) != comment.Hash;
    }

    private async Task<EvaluationAccepted?> ReadAsync(StreamName stream, long version) =>
        await journal.FindAsync(stream, version) is var (row, _) ? EventText.Read(row.Elements()[(int)(version - row.Version)]) as EvaluationAccepted : null;

    // Keyed within an hour after midnight of its own day: only the last days of the period can be that, for a batch is opened before anything is keyed.
    private async Task<(EvaluationAccepted, long)?> FindInTimeAsync(StreamName stream, PaperState batch, string id, HallZone zone)
    {
        var opened = batch.Opened!;
        for (var day = opened.Through; day >= opened.From && zone.StartOf(day) + Identities.InTime >= opened.Stamp.At; day = day.AddDays(-1))
        {
            foreach (var row in await journal.ReadSpanAsync(stream, zone.StartOf(day) - DayRule.Ahead, zone.StartOf(day) + Identities.InTime))
            {
                foreach (var (version, happened) in EventText.Read(row))
                {
                    if (happened is EvaluationAccepted accepted && accepted.Evaluation.Source == batch.Id.Source && accepted.Evaluation.Id == id)
                        return (accepted, version);
                }
            }
        }

        return null;
    }
}
