namespace Feedback.Grains.Audit;

/// <summary>Refusals that were counted together.</summary>
/// <param name="Entry">What was refused, to whom.</param>
/// <param name="FirstAt">When the first one was, milliseconds UTC.</param>
/// <param name="LastAt">When the last one was, milliseconds UTC.</param>
/// <param name="Count">How many there were.</param>
internal sealed record CountedRefusal(AuditEntry Entry, long FirstAt, long LastAt, long Count);

/// <summary>
/// Counts refusals of the same caller, act, target, reason and address together. Bounded: somebody who varies everything is
/// counted in one entry of <see cref="Others"/>. Not for several threads at once.
/// </summary>
internal sealed class RefusalCounts
{
    /// <summary>How many are told apart; the rest is counted together.</summary>
    public const int MostTold = 500;

    /// <summary>What stands for the refusals beyond <see cref="MostTold"/>.</summary>
    public static readonly AuditEntry Others = new("refusals.others", "several") { Refused = true };

    private Dictionary<AuditEntry, CountedRefusal> _counts = [];

    /// <summary>Counts one more.</summary>
    /// <param name="entry">What was refused, to whom.</param>
    /// <param name="at">When, milliseconds UTC.</param>
    public void Note(AuditEntry entry, long at) => Add(new CountedRefusal(entry, at, at, 1));

    /// <summary>Takes what was counted, and begins anew.</summary>
    public IReadOnlyList<CountedRefusal> TakeAll()
    {
        var taken = _counts.Values.ToList();
        _counts = [];
        return taken;
    }

    /// <summary>Counts on from what could not be stored.</summary>
    public void PutBack(IReadOnlyList<CountedRefusal> counted)
    {
        var since = TakeAll();
        foreach (var one in counted.Concat(since))
            Add(one);
    }

    private void Add(CountedRefusal more)
    {
        var entry = _counts.ContainsKey(more.Entry) || _counts.Count < MostTold ? more.Entry : Others;
        _counts[entry] = _counts.TryGetValue(entry, out var until)
            ? until with { FirstAt = Math.Min(until.FirstAt, more.FirstAt), LastAt = Math.Max(until.LastAt, more.LastAt), Count = until.Count + more.Count }
            : more with { Entry = entry };
    }
}
