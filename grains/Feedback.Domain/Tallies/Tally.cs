using System.Collections;
using Feedback.Domain.Evaluations;

namespace Feedback.Domain.Tallies;

/// <summary>
/// Counts of a place and a span of time: an immutable sparse vector of integers, in packed sorted arrays. Tallies
/// add and subtract cell by cell, so any two that do not overlap can be merged and a part can be taken out again.
/// </summary>
/// <remarks>A cell that is not there is zero; zeros are never kept, so equal tallies hold equal cells.</remarks>
public sealed class Tally : IEquatable<Tally>, IReadOnlyCollection<KeyValuePair<Cell, int>>
{
    /// <summary>Nothing counted.</summary>
    public static readonly Tally Empty = new([], []);

    private readonly Cell[] _cells;
    private readonly int[] _counts;

    private Tally(Cell[] cells, int[] counts) => (_cells, _counts) = (cells, counts);

    /// <summary>How many cells are not zero.</summary>
    public int Count => _cells.Length;

    /// <summary>The count of one cell.</summary>
    public int this[Cell cell] => Array.BinarySearch(_cells, cell) is >= 0 and var index ? _counts[index] : 0;

    /// <summary>How many evaluations of an origin had this grade, or none.</summary>
    public int Graded(Origin origin, Grade? grade) => this[Cell.Graded(origin, grade)];

    /// <summary>All evaluations that count, of whatever origin, graded or declined.</summary>
    public int Evaluations => Of(CellKind.Graded).Sum(cell => cell.Value);

    /// <summary>Finished rateable matters.</summary>
    public int MattersFinished => this[Cell.MattersFinished];

    /// <summary>Finished rateable matters with at least one active rating.</summary>
    public int MattersRated => this[Cell.MattersRated];

    /// <summary>Graded evaluations without a matter.</summary>
    public int Unattached => this[Cell.Unattached];

    /// <summary>Collects cells in any order; a cell given twice counts twice.</summary>
    public static Tally Of(ReadOnlySpan<(Cell Cell, int Count)> cells)
    {
        var sorted = cells.ToArray();
        Array.Sort(sorted, static (a, b) => a.Cell.CompareTo(b.Cell));
        var (keys, counts) = (new Cell[sorted.Length], new int[sorted.Length]);
        var length = 0;
        for (var i = 0; i < sorted.Length;)
        {
            var (cell, count) = sorted[i++];
            while (i < sorted.Length && sorted[i].Cell == cell)
                count = checked(count + sorted[i++].Count);
            if (count != 0)
                (keys[length], counts[length++]) = (cell, count);
        }

        return Trim(keys, counts, length);
    }

    /// <summary>The sum of both, cell by cell.</summary>
    /// <exception cref="OverflowException">A count left the range of 32 bits.</exception>
    public Tally Plus(Tally other) => other.Count == 0 ? this : Count == 0 ? other : Merge(other, 1);

    /// <summary>What remains when the other is taken out, cell by cell.</summary>
    /// <exception cref="OverflowException">A count left the range of 32 bits.</exception>
    public Tally Minus(Tally other) => other.Count == 0 ? this : Merge(other, -1);

    /// <summary>The same counts without one kind of cell.</summary>
    public Tally Without(CellKind kind)
    {
        var (start, end) = RangeOf(kind);
        return start == end ? this : new Tally(
            [.. _cells.AsSpan(0, start), .. _cells.AsSpan(end)],
            [.. _counts.AsSpan(0, start), .. _counts.AsSpan(end)]);
    }

    /// <summary>The cells of one kind.</summary>
    public IEnumerable<KeyValuePair<Cell, int>> Of(CellKind kind)
    {
        var (start, end) = RangeOf(kind);
        for (var i = start; i < end; i++)
            yield return new KeyValuePair<Cell, int>(_cells[i], _counts[i]);
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<Cell, int>> GetEnumerator()
    {
        for (var i = 0; i < _cells.Length; i++)
            yield return new KeyValuePair<Cell, int>(_cells[i], _counts[i]);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(Tally? other) =>
        other is not null && _cells.AsSpan().SequenceEqual(other._cells) && _counts.AsSpan().SequenceEqual(other._counts);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Tally);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Count, Count == 0 ? 0 : _counts[0], Count == 0 ? default : _cells[^1]);

    /// <summary>The stored text, for messages.</summary>
    public override string ToString() => TallyText.Write(this);

    private (int Start, int End) RangeOf(CellKind kind)
    {
        var start = 0;
        while (start < _cells.Length && _cells[start].Kind < kind)
            start++;
        var end = start;
        while (end < _cells.Length && _cells[end].Kind == kind)
            end++;
        return (start, end);
    }

    private Tally Merge(Tally other, int sign)
    {
        if (MergedCounts(other, sign) is { } merged)
            return new Tally(_cells, merged);
        var (cells, counts) = (new Cell[Count + other.Count], new int[Count + other.Count]);
        int length = 0, left = 0, right = 0;
        while (left < Count || right < other.Count)
        {
            var order = left == Count ? 1 : right == other.Count ? -1 : _cells[left].CompareTo(other._cells[right]);
            var cell = order <= 0 ? _cells[left] : other._cells[right];
            var count = checked((order <= 0 ? _counts[left++] : 0) + (order >= 0 ? sign * other._counts[right++] : 0));
            if (count != 0)
                (cells[length], counts[length++]) = (cell, count);
        }

        return length == cells.Length ? new Tally(cells, counts) : Trim(cells, counts, length);
    }

    /// <summary>
    /// The counts where the other counts only cells that are here, and none becomes zero, as soon is so for all events of a
    /// day: the cells are then shared. Else null.
    /// </summary>
    private int[]? MergedCounts(Tally other, int sign)
    {
        if (other.Count > Count)
            return null;
        var (counts, left) = ((int[])_counts.Clone(), 0);
        for (var right = 0; right < other.Count; right++)
        {
            while (left < Count && _cells[left].CompareTo(other._cells[right]) < 0)
                left++;
            if (left == Count || _cells[left] != other._cells[right])
                return null;
            counts[left] = checked(counts[left] + (sign * other._counts[right]));
            if (counts[left] == 0)
                return null;
        }

        return counts;
    }

    private static Tally Trim(Cell[] cells, int[] counts, int length) => new(cells[..length], counts[..length]);
}
