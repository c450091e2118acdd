using CsCheck;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Tallies;

namespace Feedback.Domain.Tests.Support;

/// <summary>Generated tallies and cells.</summary>
public static class Tallied
{
    private static readonly Gen<string> Codes = Gen.OneOf("attitude", "style", "态度", "?", "a\"b", "0", "");

    private static readonly Gen<Grade> Grades = Gen.Int[1, 5].Select(grade => (Grade)grade);

    private static readonly Gen<Origin> Origins = Gen.Int[1, 4].Select(origin => (Origin)origin);

    /// <summary>A cell of any kind.</summary>
    public static readonly Gen<Cell> Cells = Gen.OneOf(
        Gen.Select(Origins, Grades).Select((origin, grade) => Cell.Graded(origin, origin == Origin.Declined ? null : grade)),
        Gen.Select(Origins, Grades).Select((origin, grade) => Cell.Excluded(origin, origin == Origin.Declined ? null : grade)),
        Gen.Select(Codes, Grades).Select(Cell.Dimension),
        Gen.Select(Gen.Int[0, 24], Grades).Select((hour, grade) => Cell.Hour(hour == 24 ? null : hour, grade)),
        Gen.Int[1, 7].Select(channel => Cell.Of((Channel)channel)),
        Codes.Select(Cell.Reason),
        Gen.Select(Codes, Grades).Select(Cell.ServiceItem),
        Gen.OneOf(Cell.MattersFinished, Cell.MattersRated, Cell.Unattached),
        Codes.Select(Cell.Flag),
        Gen.Select(Codes, Grades).Select(Cell.Staff),
        Grades.Select(Cell.Released));

    /// <summary>Some cells with counts, zero and negative ones too.</summary>
    public static readonly Gen<(Cell, int)[]> Counts = Gen.Select(Cells, Gen.Int[-3, 3]).Array[0, 30];

    /// <summary>A tally.</summary>
    public static readonly Gen<Tally> Any = Counts.Select(cells => Tally.Of(cells));
}
