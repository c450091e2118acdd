using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Windows;
using Feedback.Grains.Journal;

namespace Feedback.Grains.Windows;

/// <summary>Decides whether an evaluation may be excluded or reinstated: only one that is there, and only once.</summary>
internal static class Exclusions
{
    private const int RowsAtOnce = 500;

    public static async Task<(JournalEvent?, Refusal?)> DecideAsync(
        IJournal journal, StreamName stream, long version, bool exclude, string reason, long now)
    {
        var (found, excluded) = (false, false);
        // Rare, and by a person's hand: reading the stream from the evaluation on is cheap enough and needs no index.
        for (var after = Math.Max(0, version - 1); await journal.ReadAsync(stream, after, RowsAtOnce) is { Count: > 0 } rows; after = rows[^1].LastVersion)
        {
            foreach (var (at, happened) in rows.SelectMany(EventText.Read))
            {
                found |= at == version && happened is EvaluationAccepted;
                excluded = happened switch
                {
                    EvaluationExcluded e when e.Evaluation == version => true,
                    EvaluationReinstated e when e.Evaluation == version => false,
                    _ => excluded,
                };
            }
        }

        if (!found)
            return (null, new Refusal("evaluation-unknown", "version", version.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        if (excluded == exclude)
            return (null, null);
        return exclude
            ? (new EvaluationExcluded { Salt = EventMint.NewSalt(), Evaluation = version, Reason = reason, At = now }, null)
            : (new EvaluationReinstated { Salt = EventMint.NewSalt(), Evaluation = version, Reason = reason, At = now }, null);
    }
}
