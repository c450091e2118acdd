using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Windows;
using Feedback.Grains.Journal;
using Feedback.Grains.Lookups;

namespace Feedback.Grains.Windows;

/// <summary>Looks a stored rating up, and reckons the chain over it anew.</summary>
internal static class Ratings
{
    public static async Task<RatingStanding> FindAsync(IJournal journal, StreamName stream, long version, ExcludedRatings excluded)
    {
        if (await journal.FindAsync(stream, version) is not { } found)
            return RatingStanding.Lost;
        var (row, digest) = found;
        var elements = row.Elements();
        var (at, wanted) = (digest, (int)(version - row.Version));
        for (var i = 0; i < elements.Count; i++)
        {
            digest = digest.After(elements[i].Span);
            at = i == wanted ? digest : at;
        }

        return EventText.Read(elements[wanted]) is EvaluationAccepted accepted
            ? new RatingStanding(true, !excluded.Contains(version), accepted.Admission.Day, at.ToString(), digest == row.Digest)
            : RatingStanding.Lost;
    }
}
