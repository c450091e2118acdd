using System.Collections.Immutable;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Windows;

namespace Feedback.Seeds.Demo;

/// <summary>What claims of a history add up to, counted without the service: it must come to the same.</summary>
public sealed record HistoryTotals
{
    /// <summary>Nothing.</summary>
    public static readonly HistoryTotals None = new();

    /// <summary>Finished matters.</summary>
    public long Matters { get; init; }

    /// <summary>Finished matters with an active rating.</summary>
    public long MattersRated { get; init; }

    /// <summary>Evaluations of every origin, declined ones too.</summary>
    public long Evaluations { get; init; }

    /// <summary>Graded evaluations without a matter.</summary>
    public long Unattached { get; init; }

    /// <summary>Evaluations by origin and grade, as in <c>active 5</c> or <c>declined none</c>.</summary>
    public ImmutableSortedDictionary<string, long> Grades { get; init; } = ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal);

    /// <summary>Adds claims up. None may be given twice, and a matter has at most one rating.</summary>
    public static HistoryTotals Of(IEnumerable<WindowClaim> claims)
    {
        var (matters, rated, unattached, grades) = (0L, 0L, 0L, ImmutableSortedDictionary.CreateBuilder<string, long>(StringComparer.Ordinal));
        foreach (var claim in claims)
        {
            if (claim is not EvaluationClaim { Evaluation: var said, Matter: var matter })
            {
                matters++;
                continue;
            }

            var key = $"{said.Origin.Word()} {(said.Grade is { } grade ? $"{(int)grade}" : "none")}";
            grades[key] = grades.GetValueOrDefault(key) + 1;
            rated += said.Origin == Origin.Active && matter is not null ? 1 : 0;
            unattached += said.Grade is not null && matter is null ? 1 : 0;
        }

        return new HistoryTotals
        {
            Matters = matters,
            MattersRated = rated,
            Unattached = unattached,
            Evaluations = grades.Values.Sum(),
            Grades = grades.ToImmutable(),
        };
    }

    /// <summary>Both together.</summary>
    public HistoryTotals Plus(HistoryTotals other) => new()
    {
        Matters = Matters + other.Matters,
        MattersRated = MattersRated + other.MattersRated,
        Evaluations = Evaluations + other.Evaluations,
        Unattached = Unattached + other.Unattached,
        Grades = Grades.Concat(other.Grades).GroupBy(one => one.Key).ToImmutableSortedDictionary(group => group.Key, group => group.Sum(one => one.Value), StringComparer.Ordinal),
    };
}
