using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Windows;
using Feedback.Grains.Journal;

namespace Feedback.Grains.Windows;

/// <summary>Decides whether an evaluation may be excluded or reinstated: only one that is there, and only once.</summary>
internal static class Exclusions
{
    public static async Task<(JournalEvent?, Refusal?)> DecideAsync(
        IJournal journal, StreamName stream, ExcludedRatings excluded, long version, bool exclude, string reason, long now)
    {
        if (version < 1 || await journal.FindAsync(stream, version) is not var (row, _) || EventText.Read(row.Elements()[(int)(version - row.Version)]) is not EvaluationAccepted)
            return (null, new Refusal("evaluation-unknown", "version", version.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        if (excluded.Contains(version) == exclude)
            return (null, null);
        return exclude
            ? (new EvaluationExcluded { Salt = EventMint.NewSalt(), Evaluation = version, Reason = reason, At = now }, null)
            : (new EvaluationReinstated { Salt = EventMint.NewSalt(), Evaluation = version, Reason = reason, At = now }, null);
    }
}
