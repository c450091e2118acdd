using Feedback.Domain.Journal;
using Feedback.Domain.Windows;

namespace Feedback.Seeds.Import;

/// <summary>
/// Makes one evaluation of all rows of a respondent. The latest respondents are held open, so that rows need not stand
/// beside each other and comments of several questions can be joined; of older ones only a few bytes are kept.
/// </summary>
/// <param name="source">Who numbers the ids.</param>
internal sealed class Respondents(string source)
{
    private readonly Dictionary<string, ReadRow> _open = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();
    private readonly Dictionary<Opaque, (long Row, Opaque Agreement)> _closed = [];

    /// <summary>How many different respondents there were.</summary>
    public long Count { get; private set; }

    /// <summary>How many are held open.</summary>
    public int Open => _open.Count;

    /// <summary>Takes a row.</summary>
    /// <returns>Why the row cannot be taken along; null when it was. The rows before it stand in any case.</returns>
    public RowError? Add(ReadRow row)
    {
        if (_open.TryGetValue(row.Said.Id, out var first))
            return Join(first, row);
        if (_closed.TryGetValue(Identities.OfEvaluation(source, row.Said.Id), out var known))
        {
            return known.Agreement != row.Agreement() ? Contradiction(row, known.Row, "grade, date or place")
                : row.Comment is null ? null
                : new RowError(row.Row, null, row.Said.Id, $"The comment stands too far from row {known.Row} of the same respondent.",
                    "Sort the file by respondent.");
        }

        _open.Add(row.Said.Id, row);
        _order.Enqueue(row.Said.Id);
        Count++;
        return null;
    }

    /// <summary>Closes and returns the respondents that came first.</summary>
    public List<ReadRow> Close(int most)
    {
        var closed = new List<ReadRow>(Math.Min(most, _order.Count));
        while (closed.Count < most && _order.TryDequeue(out var id))
        {
            _open.Remove(id, out var row);
            _closed.Add(Identities.OfEvaluation(source, id), (row!.Row, row.Agreement()));
            closed.Add(row);
        }

        return closed;
    }

    private RowError? Join(ReadRow first, ReadRow row)
    {
        if (first.DiffersIn(row) is { } field)
            return Contradiction(row, first.Row, field);
        if (row.Comment is null || first.Comment == row.Comment)
            return null;
        var joined = first.Comment is null ? row.Comment : $"{first.Comment}\n{row.Comment}";
        if (joined.Length > RowReader.LongestComment)
        {
            return new RowError(row.Row, null, row.Said.Id,
                $"With the comment of row {first.Row} this one would be longer than {RowReader.LongestComment} characters; it was left out.", "Shorten the comments.");
        }

        _open[row.Said.Id] = first with { Comment = joined };
        return null;
    }

    private static RowError Contradiction(ReadRow row, long first, string field) => new(
        row.Row, null, row.Said.Id, $"Row {row.Row} contradicts row {first} of the same respondent in its {field}; row {first} counts.",
        "Mend one of the two rows, or give them different ids.");
}
