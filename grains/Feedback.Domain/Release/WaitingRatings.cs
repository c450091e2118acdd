using System.Globalization;
using System.Text;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Tallies;
using Feedback.Domain.Windows;

namespace Feedback.Domain.Release;

/// <summary>
/// A window's active ratings that the public and the rated do not see yet. They are released in chunks of exactly five, in the
/// order in which they came; whoever was excluded or reinstated after their release is corrected together with the next chunk, and
/// what came by the printed code without a matter is released together with it, too.
/// </summary>
/// <remarks>
/// What anybody may send as often as they like makes up no chunk: or else somebody sends four ratings and is told the fifth.
/// Why nothing about one to four people can be computed from what is released: every released figure, of whatever node, period
/// and moment, is a sum of whole chunks, so any sum and difference of them adds up chunks with some factors. Take the newest
/// chunk of a window whose factor is not zero. Its five ratings are in no older chunk, and what may correct them is in newer
/// ones, whose factor is zero: so all five are in the result, with the same factor. Windows share no rating. Hence there is no
/// cell below five to suppress, and none from which a suppressed one could be computed. Ratings by the printed code are to this
/// what corrections are: whoever knows them all is left with the five others.
/// </remarks>
public sealed class WaitingRatings
{
    /// <summary>How many ratings are released at once.</summary>
    public const int Chunk = 5;

    private const int Grades = 5;
    private readonly List<(long Version, Grade Grade, bool Imported)> _waiting = new(Chunk);
    private readonly int[] _corrections = new int[Grades];

    /// <summary>The version of the last event taken.</summary>
    public long Version { get; private set; }

    /// <summary>How many ratings wait: 0 to 4.</summary>
    public int Count => _waiting.Count;

    /// <summary>What waits, by grade 1 to 5: ratings not released yet, and what released ratings must still be corrected by.</summary>
    public int WaitingOf(Grade grade) => _corrections[(int)grade - 1] + _waiting.Count(rating => rating.Grade == grade);

    /// <summary>Whether an event completes a chunk.</summary>
    public bool Completes(JournalEvent happened) => _waiting.Count == Chunk - 1 && happened is EvaluationAccepted accepted && IsActive(accepted) && !IsAnybodys(accepted);

    /// <summary>
    /// Whether the chunk that an event completes is history: imported ratings only. History is released on the day of its own;
    /// everything else on the day on which it came, as nobody may tell from a day already seen who came late.
    /// </summary>
    public bool CompletesHistory(EvaluationAccepted happened) =>
        happened.Admission.Imported is not null && _waiting.TrueForAll(rating => rating.Imported);

    /// <summary>Takes an event of the window; each must be taken once, in order.</summary>
    /// <param name="version">The event's version.</param>
    /// <param name="happened">The event.</param>
    /// <param name="subject">The evaluation that an exclusion or reinstatement speaks of; else null.</param>
    /// <returns>What is released by it; null when nothing is.</returns>
    public Tally? Take(long version, JournalEvent happened, EvaluationAccepted? subject)
    {
        Version = version;
        switch (happened)
        {
            case EvaluationAccepted e when IsActive(e) && IsAnybodys(e):
                Correct(e, +1);
                break;
            case EvaluationAccepted e when IsActive(e):
                _waiting.Add((version, e.Evaluation.Grade!.Value, e.Admission.Imported is not null));
                return _waiting.Count == Chunk ? Release() : null;
            case EvaluationExcluded e when subject is not null && IsActive(subject):
                if (_waiting.FindIndex(rating => rating.Version == e.Evaluation) is >= 0 and var index)
                    _waiting.RemoveAt(index);
                else
                    Correct(subject, -1);
                break;
            // Not as a rating that waits: it may have been released before, and would then not be five people's chunk.
            case EvaluationReinstated when subject is not null && IsActive(subject):
                Correct(subject, +1);
                break;
        }

        return null;
    }

    /// <summary>The text that <see cref="Read"/> reads: revision, version, corrections by grade 1 to 5, and the ratings that wait.</summary>
    public string Write()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{TallyFold.Revision};{Version};");
        text.AppendJoin(',', _corrections).Append(';');
        text.AppendJoin(',', _waiting.Select(rating =>
            string.Create(CultureInfo.InvariantCulture, $"{rating.Version}:{(int)rating.Grade}{(rating.Imported ? "i" : "")}")));
        return text.ToString();
    }

    /// <summary>Reads what <see cref="Write"/> wrote; nothing waits where the text is empty or was written under other rules.</summary>
    public static WaitingRatings Read(string text)
    {
        var read = new WaitingRatings();
        if (text.Split(';') is not [var revision, var version, var corrections, var waiting] || revision != TallyFold.Revision.ToString(CultureInfo.InvariantCulture))
            return read;
        read.Version = long.Parse(version, CultureInfo.InvariantCulture);
        var counts = corrections.Split(',');
        for (var grade = 0; grade < Grades; grade++)
            read._corrections[grade] = int.Parse(counts[grade], CultureInfo.InvariantCulture);
        foreach (var rating in waiting.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = rating.IndexOf(':', StringComparison.Ordinal);
            read._waiting.Add((long.Parse(rating.AsSpan(0, colon), CultureInfo.InvariantCulture), (Grade)(rating[colon + 1] - '0'), rating[^1] == 'i'));
        }

        return read;
    }

    private Tally Release()
    {
        var cells = new (Cell, int)[Chunk + Grades];
        for (var i = 0; i < Chunk; i++)
            cells[i] = (Cell.Released(_waiting[i].Grade), 1);
        for (var grade = 0; grade < Grades; grade++)
            cells[Chunk + grade] = (Cell.Released((Grade)(grade + 1)), _corrections[grade]);
        _waiting.Clear();
        Array.Clear(_corrections);
        return Tally.Of(cells);
    }

    private void Correct(EvaluationAccepted subject, int by) => _corrections[(int)subject.Evaluation.Grade!.Value - 1] += by;

    // Nobody knows who sent it, nor how often.
    private static bool IsAnybodys(EvaluationAccepted accepted) => accepted is { Matter: null, Admission.Terminal: Sender.Public };

    // Only what a citizen chose is a rating; silence that was counted, and what was asked for later, are no part of the rate.
    private static bool IsActive(EvaluationAccepted accepted) => accepted.Evaluation is { Origin: Origin.Active, Grade: not null };
}
