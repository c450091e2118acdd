namespace Feedback.Domain.Placement;

/// <summary>Something that a silo holds goes to another.</summary>
/// <typeparam name="TSilo">How silos are told apart.</typeparam>
/// <typeparam name="THeld">How what they hold is told apart.</typeparam>
/// <param name="What">What goes.</param>
/// <param name="To">Where it goes.</param>
public readonly record struct Move<TSilo, THeld>(THeld What, TSilo To);

/// <summary>
/// What one silo gives away so that everything is where it belongs, and evenly spread where several silos are as good. Each silo
/// decides for itself on the same counts: what one gives away down to the average is what others lack, so together they do not
/// overshoot, and nothing goes back and forth.
/// </summary>
public static class Spreading
{
    /// <summary>How far from the average a silo may be before anything is moved for evenness, as a share of the average.</summary>
    public const double Tolerance = 0.2;

    /// <summary>Decides.</summary>
    /// <param name="here">The silo that decides.</param>
    /// <param name="held">What it holds.</param>
    /// <param name="loads">How much each silo holds, this one included.</param>
    /// <param name="bestFor">Where something belongs: at least one of the silos of <paramref name="loads"/>.</param>
    /// <param name="most">How many moves there may be at most.</param>
    /// <returns>First what belongs elsewhere, to the silo that has least; then what is too much here.</returns>
    public static IReadOnlyList<Move<TSilo, THeld>> Decide<TSilo, THeld>(
        TSilo here, IEnumerable<THeld> held, IReadOnlyDictionary<TSilo, int> loads, Func<THeld, IReadOnlyList<TSilo>> bestFor, int most)
        where TSilo : notnull
    {
        var (moves, planned) = (new List<Move<TSilo, THeld>>(), new Dictionary<TSilo, int>(loads));
        var places = held.Select(what => (What: what, Best: bestFor(what))).ToLookup(place => place.Best.Contains(here));
        foreach (var (what, best) in places[false].Take(most))
            Add(what, LeastOf(best));
        foreach (var (what, best) in places[true].TakeWhile(_ => moves.Count < most))
        {
            var (least, average) = (LeastOf(best), best.Average(silo => planned[silo]));
            // What begins a move is the imbalance that was found; once begun it leads to the average and not only to its margin.
            // A silo that has little counts as much as one that has too much: beside ten others a new one hardly lowers the average.
            var isUneven = loads[here] > average * (1 + Tolerance) || loads[least] < average * (1 - Tolerance);
            // Never below the average, or several who give to one would give too much; and two that would only change places stay.
            if (isUneven && planned[here] - 1 >= average && planned[here] - planned[least] > 1)
                Add(what, least);
        }

        return moves;

        TSilo LeastOf(IReadOnlyList<TSilo> best) => best.MinBy(silo => planned[silo])!;

        void Add(THeld what, TSilo to)
        {
            moves.Add(new(what, to));
            planned[here]--;
            planned[to]++;
        }
    }
}
