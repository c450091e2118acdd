using System.Collections.Immutable;
using Feedback.Domain.Evaluations;

namespace Feedback.Seeds.Import;

/// <summary>What an import did, in figures. A second run of the same import differs only in accepted, repeated and opened nodes.</summary>
public sealed record ImportOutcome
{
    /// <summary>Rows below the header, blank lines not counted.</summary>
    public long Rows { get; init; }

    /// <summary>Different respondents among the rows that could be read: each is one evaluation.</summary>
    public long Respondents { get; init; }

    /// <summary>Evaluations stored by this run.</summary>
    public long Accepted { get; init; }

    /// <summary>Evaluations that an earlier run had stored.</summary>
    public long Repeated { get; init; }

    /// <summary>Lines of the error report: rows that could not be read or contradict another, and evaluations that were not taken.</summary>
    public long Rejected { get; init; }

    /// <summary>Halls and windows, and the district, that this run opened.</summary>
    public int NodesOpened { get; init; }

    /// <summary>Evaluations in the journal (accepted and repeated) by origin.</summary>
    public ImmutableSortedDictionary<Origin, long> Origins { get; init; } = ImmutableSortedDictionary<Origin, long>.Empty;

    /// <summary>Active evaluations in the journal by grade: what the satisfaction rate is made of.</summary>
    public ImmutableSortedDictionary<Grade, long> Grades { get; init; } = ImmutableSortedDictionary<Grade, long>.Empty;

    /// <summary>The earliest day of an evaluation in the journal, in the place's zone; null when there is none.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The latest day, included.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Evaluations in the journal of people who were asked and gave no grade.</summary>
    public long Declined => Origins.GetValueOrDefault(Origin.Declined);
}

/// <summary>How far an import is.</summary>
/// <param name="Rows">Rows read.</param>
/// <param name="Respondents">Different respondents among them.</param>
/// <param name="Settled">Respondents of whom it is known what became of them.</param>
/// <param name="AllRead">True once the file's end is reached: from then on Settled of Respondents is the share that is done.</param>
public readonly record struct ImportProgress(long Rows, long Respondents, long Settled, bool AllRead);
