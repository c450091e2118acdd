namespace Feedback.Domain.Tests.Release;

/// <summary>
/// Somebody who knows everything that was ever released, and whose rating came when. Every figure is a sum of ratings with some
/// factors; the attacker adds and subtracts figures, each with any factor, until only a few ratings are left.
/// </summary>
/// <remarks>
/// Elimination modulo a prime: what whole or fractional factors reach is reached there, too, unless a denominator is a multiple
/// of the prime, which is larger than any determinant of tables as small as these. So nothing is overlooked.
/// </remarks>
public sealed class Attacker(int ratings)
{
    private const long Prime = 2_147_483_647;
    private const int Few = 4;
    private readonly HashSet<string> _seen = [];
    private readonly List<(int Pivot, long[] Row)> _basis = [];

    /// <summary>Every different figure seen, by its factors per rating.</summary>
    public List<sbyte[]> Figures { get; } = [];

    /// <summary>How many figures say something that could not be computed from the others.</summary>
    public int Rank => _basis.Count;

    /// <summary>Takes note of a figure.</summary>
    public void See(sbyte[] figure)
    {
        if (!_seen.Add(string.Join(' ', figure)) || Array.TrueForAll(figure, factor => factor == 0))
            return;
        Figures.Add(figure);
        var row = Reduced(Array.ConvertAll(figure, factor => (factor + Prime) % Prime));
        var pivot = Array.FindIndex(row, factor => factor != 0);
        if (pivot < 0)
            return;
        var inverse = Power(row[pivot], Prime - 2);
        for (var i = 0; i < ratings; i++)
            row[i] = row[i] * inverse % Prime;
        // Every row of the basis is zero at the others' pivots, so that one pass reduces anything.
        foreach (var (_, other) in _basis)
            Subtract(other, row, other[pivot]);
        _basis.Add((pivot, row));
    }

    /// <summary>One to four ratings whose sum or difference can be computed from all figures; null when there are none.</summary>
    public (int Rating, int Factor)[]? FindFew()
    {
        // Whatever is a sum of figures is orthogonal to what all figures are orthogonal to. One random such vector finds all
        // suspects, and each is then looked at exactly.
        var orthogonal = Orthogonal(new Random(7));
        return Search([], 0, 0, orthogonal);
    }

    /// <summary>One to four ratings whose sum is a sum of all figures with factors −1, 0 and 1; null when there are none.</summary>
    public int[]? TryAllSigns()
    {
        var sum = new int[ratings];
        return Try(0);

        int[]? Try(int figure)
        {
            if (figure == Figures.Count)
            {
                var left = Enumerable.Range(0, ratings).Where(i => sum[i] != 0).ToArray();
                return left.Length is >= 1 and <= Few && left.All(i => sum[i] == 1) ? left : null;
            }

            for (var factor = -1; factor <= 1; factor++)
            {
                Add(figure, factor);
                var found = Try(figure + 1);
                Add(figure, -factor);
                if (found is not null)
                    return found;
            }

            return null;
        }

        void Add(int figure, int factor)
        {
            for (var i = 0; i < ratings; i++)
                sum[i] += factor * Figures[figure][i];
        }
    }

    private (int, int)[]? Search((int Rating, int Factor)[] chosen, int from, long sum, long[] orthogonal)
    {
        if (chosen.Length > 0 && sum % Prime == 0 && IsComputable(chosen))
            return chosen;
        for (var rating = from; chosen.Length < Few && rating < ratings; rating++)
        {
            // The first factor may be 1: the opposite is computable or not alike.
            for (var factor = 1; factor >= (chosen.Length == 0 ? 1 : -1); factor -= 2)
            {
                if (Search([.. chosen, (rating, factor)], rating + 1, sum + (factor * orthogonal[rating]), orthogonal) is { } found)
                    return found;
            }
        }

        return null;
    }

    private bool IsComputable((int Rating, int Factor)[] chosen)
    {
        var row = new long[ratings];
        foreach (var (rating, factor) in chosen)
            row[rating] = (factor + Prime) % Prime;
        return Array.TrueForAll(Reduced(row), left => left == 0);
    }

    private long[] Orthogonal(Random random)
    {
        var vector = new long[ratings];
        var pivots = _basis.Select(row => row.Pivot).ToHashSet();
        for (var i = 0; i < ratings; i++)
            vector[i] = pivots.Contains(i) ? 0 : random.NextInt64(1, Prime);
        foreach (var (pivot, row) in _basis)
        {
            var product = 0L;
            for (var i = 0; i < ratings; i++)
                product = (product + (i == pivot ? 0 : row[i] * vector[i] % Prime)) % Prime;
            vector[pivot] = (Prime - product) % Prime;
        }

        return vector;
    }

    private long[] Reduced(long[] row)
    {
        foreach (var (pivot, basis) in _basis)
            Subtract(row, basis, row[pivot]);
        return row;
    }

    private void Subtract(long[] from, long[] row, long times)
    {
        if (times == 0)
            return;
        for (var i = 0; i < ratings; i++)
            from[i] = (from[i] + ((Prime - times) * row[i] % Prime)) % Prime;
    }

    private static long Power(long value, long exponent)
    {
        var result = 1L;
        for (; exponent > 0; exponent >>= 1, value = value * value % Prime)
            result = (exponent & 1) == 1 ? result * value % Prime : result;
        return result;
    }
}
