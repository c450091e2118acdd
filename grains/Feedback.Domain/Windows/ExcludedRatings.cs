using System.Globalization;
using Feedback.Domain.Journal;

namespace Feedback.Domain.Windows;

/// <summary>Which evaluations of a window are excluded now: a fold of its exclusions. As rare as people's decisions, 8 bytes each.</summary>
public sealed class ExcludedRatings
{
    private readonly SortedSet<long> _versions = [];

    /// <summary>Whether the evaluation of a version is excluded.</summary>
    public bool Contains(long version) => _versions.Contains(version);

    /// <summary>Folds an exclusion or reinstatement in; other events change nothing.</summary>
    public void Apply(JournalEvent happened)
    {
        switch (happened)
        {
            case EvaluationExcluded e:
                _versions.Add(e.Evaluation);
                break;
            case EvaluationReinstated e:
                _versions.Remove(e.Evaluation);
                break;
        }
    }

    /// <summary>The text that <see cref="Read"/> reads: the versions, ascending.</summary>
    public string Write() => string.Join(' ', _versions.Select(version => version.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static ExcludedRatings Read(string text)
    {
        var excluded = new ExcludedRatings();
        foreach (var version in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            excluded._versions.Add(long.Parse(version, CultureInfo.InvariantCulture));
        return excluded;
    }
}
