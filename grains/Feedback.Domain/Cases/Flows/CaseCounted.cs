using System.Collections.Immutable;

namespace Feedback.Domain.Cases;

/// <summary>
/// What flows count of one case. Some counts last; others stand until they are taken back on the very day on which they were
/// counted, as a closing is when the case is opened again. The case's figures are the sum of both, and never negative.
/// </summary>
public sealed class CaseCounted
{
    /// <summary>Nothing.</summary>
    public static readonly CaseCounted Nothing = new(
        ImmutableSortedDictionary<DateOnly, CaseCounts>.Empty, ImmutableSortedDictionary.Create<string, DateOnly>(StringComparer.Ordinal));

    private readonly ImmutableSortedDictionary<DateOnly, CaseCounts> _lasting;
    private readonly ImmutableSortedDictionary<string, DateOnly> _standing;

    private CaseCounted(ImmutableSortedDictionary<DateOnly, CaseCounts> lasting, ImmutableSortedDictionary<string, DateOnly> standing) =>
        (_lasting, _standing) = (lasting, standing);

    /// <summary>One more of a code, for good.</summary>
    public CaseCounted Add(string code, DateOnly day) => new(_lasting.SetItem(day, On(day).Plus(code, 1)), _standing);

    /// <summary>A code stands on a day; where it stood on another day, it is taken back there.</summary>
    public CaseCounted Stand(string code, DateOnly day) => new(_lasting, _standing.SetItem(code, day));

    /// <summary>A code stands on a day, unless it stands already.</summary>
    public CaseCounted StandFirst(string code, DateOnly day) => _standing.ContainsKey(code) ? this : Stand(code, day);

    /// <summary>A code that stands is taken back.</summary>
    public CaseCounted Lift(string code) => new(_lasting, _standing.Remove(code));

    /// <summary>A code that stands lasts from now on, on its day.</summary>
    public CaseCounted Settle(string code) => _standing.TryGetValue(code, out var day) ? Lift(code).Add(code, day) : this;

    /// <summary>Whether a code stands: it is counted, and may still be taken back.</summary>
    public bool Stands(string code) => _standing.ContainsKey(code);

    /// <summary>Every count of a code, lasting ones too, is taken back on the days on which they were counted.</summary>
    public CaseCounted TakeBack(string code) => new(
        _lasting.Aggregate(_lasting, (days, day) =>
            day.Value.Plus(code, -day.Value[code]) is var left && left.IsEmpty ? days.Remove(day.Key) : days.SetItem(day.Key, left)),
        _standing.Remove(code));

    /// <summary>The counts day by day; no day without any.</summary>
    public ImmutableSortedDictionary<DateOnly, CaseCounts> ByDay() => _standing.Aggregate(
        _lasting, (days, one) => days.SetItem(one.Value, days.GetValueOrDefault(one.Value, CaseCounts.Empty).Plus(one.Key, 1)));

    /// <summary>What is to be added to the days' counts so that they hold the later state instead of the earlier one.</summary>
    public static IReadOnlyList<(DateOnly Day, CaseCounts Delta)> Change(CaseCounted before, CaseCounted after)
    {
        var (old, now) = (before.ByDay(), after.ByDay());
        return
        [
            .. old.Keys.Union(now.Keys).Order()
                .Select(day => (day, now.GetValueOrDefault(day, CaseCounts.Empty).Minus(old.GetValueOrDefault(day, CaseCounts.Empty))))
                .Where(change => !change.Item2.IsEmpty),
        ];
    }

    private CaseCounts On(DateOnly day) => _lasting.GetValueOrDefault(day, CaseCounts.Empty);
}
