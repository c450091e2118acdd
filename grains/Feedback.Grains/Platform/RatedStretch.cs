using Feedback.Domain.Evaluations;

namespace Feedback.Grains.Platform;

/// <summary>The ratings that a stretch of a window's stream is about, and what it tells of them.</summary>
internal sealed class RatedStretch
{
    private readonly SortedDictionary<long, EvaluationAccepted?> _all = [];
    private readonly HashSet<long> _told = [];
    private readonly HashSet<long> _excluded = [];

    /// <summary>Their versions, ascending, with what was stored where the stretch holds it.</summary>
    public IEnumerable<KeyValuePair<long, EvaluationAccepted?>> All => _all;

    /// <summary>Those that are excluded at the end of the stretch, of those of which it tells.</summary>
    public IReadOnlySet<long> Excluded => _excluded;

    /// <summary>A rating was stored.</summary>
    /// <param name="version">Its version.</param>
    /// <param name="accepted">What was stored.</param>
    /// <param name="isAlone">Whether what came after it is not in the stretch: then that does not tell whether it is excluded.</param>
    public void Accepted(long version, EvaluationAccepted accepted, bool isAlone)
    {
        _all[version] = accepted;
        if (!isAlone)
            _told.Add(version);
    }

    /// <summary>A rating was taken out of the figures, or back in.</summary>
    public void Marked(long version, bool excluded)
    {
        _all.TryAdd(version, null);
        _told.Add(version);
        if (excluded)
            _excluded.Add(version);
        else
            _excluded.Remove(version);
    }

    /// <summary>Text of a rating was erased.</summary>
    public void Erased(long version) => _all.TryAdd(version, null);

    /// <summary>Whether the stretch tells if a rating is excluded.</summary>
    public bool Tells(long version) => _told.Contains(version);
}
