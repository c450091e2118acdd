using Feedback.Analytics.Grades;
using Feedback.Analytics.Rates;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Tallies;

namespace Feedback.Api.Satisfaction;

/// <summary>A share with what it is a share of.</summary>
/// <param name="Value">The share, 0 to 1; null when the denominator is 0.</param>
/// <param name="Numerator">What is counted.</param>
/// <param name="Denominator">Of how many.</param>
/// <param name="Low">The lower end of the 95 % Wilson interval; null when undefined.</param>
/// <param name="High">The upper end of the 95 % Wilson interval; null when undefined.</param>
public sealed record Rate(double? Value, long Numerator, long Denominator, double? Low, double? High)
{
    /// <summary>Describes a proportion.</summary>
    public static Rate Of(Proportion proportion)
    {
        var interval = WilsonInterval.Of(proportion);
        return new Rate(proportion.Value, proportion.Successes, proportion.Trials, interval?.Low, interval?.High);
    }
}

/// <summary>What was answered about one dimension, active ratings only.</summary>
/// <param name="Grades">How many by grade, 5 to 1.</param>
/// <param name="Rate">好评率: grades 3–5 of all.</param>
public sealed record DimensionFigures(IReadOnlyDictionary<string, long> Grades, Rate Rate);

/// <summary>Finished matters, and how many of them were rated.</summary>
/// <param name="Finished">Finished rateable matters.</param>
/// <param name="Rated">Of them, with at least one active rating.</param>
/// <param name="ResponseRate">主动评价率; undefined where matters are not known.</param>
public sealed record MatterFigures(long Finished, long Rated, Rate ResponseRate);

/// <summary>The figures of a node in a slice of time.</summary>
/// <param name="Period">The slice's label, such as 2026-11-23, 2026-W48, 2026-11, 2026-Q4, 2026, total, or an hour 00 to 23.</param>
/// <param name="From">The first local day.</param>
/// <param name="To">The day after the last.</param>
/// <param name="Grades">Evaluations that count, by origin and grade; <c>none</c> where no grade was given.</param>
/// <param name="Excluded">Evaluations that a person excluded, by origin and grade.</param>
/// <param name="Rate">好评率: active grades 3–5 of active grades 1–5.</param>
/// <param name="RateWithDefault">好评率（含默认）: the same with grades that silence was counted as; undefined by hour, where these are not counted.</param>
/// <param name="Dimensions">By dimension code.</param>
/// <param name="Channels">Evaluations by channel.</param>
/// <param name="Matters">Matters and response rate; null by hour, where matters are not counted.</param>
/// <param name="Unattached">Graded evaluations without a matter.</param>
/// <param name="Flags">Evaluations with a coded remark.</param>
public sealed record SliceFigures(
    string Period,
    DateOnly From,
    DateOnly To,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, long>> Grades,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, long>> Excluded,
    Rate Rate,
    Rate RateWithDefault,
    IReadOnlyDictionary<string, DimensionFigures> Dimensions,
    IReadOnlyDictionary<string, long> Channels,
    MatterFigures? Matters,
    long Unattached,
    IReadOnlyDictionary<string, long> Flags)
{
    /// <summary>Computes the figures of a tally.</summary>
    public static SliceFigures Of(string label, DateOnly from, DateOnly to, Tally tally) => new(
        label,
        from,
        to,
        ByOrigin(tally, CellKind.Graded),
        ByOrigin(tally, CellKind.Excluded),
        Rate.Of(SatisfactionRate.Of(Counts(tally, Origin.Active))),
        Rate.Of(SatisfactionRate.IncludingDefault(Counts(tally, Origin.Active), Counts(tally, Origin.Default))),
        tally.Of(CellKind.Dimension).GroupBy(cell => cell.Key.Code).OrderBy(group => group.Key, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => OfDimension(group)),
        tally.Of(CellKind.Channel).ToDictionary(cell => cell.Key.Channel.Word(), cell => (long)cell.Value),
        new MatterFigures(tally.MattersFinished, tally.MattersRated, Rate.Of(ResponseRate.Of(tally.MattersRated, tally.MattersFinished))),
        tally.Unattached,
        tally.Of(CellKind.Flag).ToDictionary(cell => cell.Key.Code, cell => (long)cell.Value));

    /// <summary>Computes the figures of one local hour of all days of a tally: active grades only, as nothing else is counted by hour.</summary>
    public static SliceFigures OfHour(int hour, DateOnly from, DateOnly to, Tally tally)
    {
        var cells = tally.Of(CellKind.Hour).Where(cell => cell.Key.HourOfDay == hour)
            .Select(cell => (Cell.Graded(Origin.Active, cell.Key.Grade), cell.Value)).ToArray();
        var label = hour == Cell.UnknownHour ? "unknown" : hour.ToString("00", System.Globalization.CultureInfo.InvariantCulture);
        return Of(label, from, to, Tally.Of(cells)) with { Matters = null, RateWithDefault = Rate.Of(default) };
    }

    /// <summary>The grades of an origin.</summary>
    public static GradeCounts Counts(Tally tally, Origin origin) => new(
        tally.Graded(origin, Grade.VerySatisfied), tally.Graded(origin, Grade.Satisfied), tally.Graded(origin, Grade.FairlySatisfied),
        tally.Graded(origin, Grade.Dissatisfied), tally.Graded(origin, Grade.VeryDissatisfied));

    /// <summary>The grades of cells that each have one, such as those of a dimension or of an hour.</summary>
    public static GradeCounts Counts(IEnumerable<KeyValuePair<Cell, int>> cells)
    {
        var byGrade = cells.ToDictionary(cell => (int)cell.Key.Grade!.Value, cell => (long)cell.Value);
        return new GradeCounts(
            byGrade.GetValueOrDefault(5), byGrade.GetValueOrDefault(4), byGrade.GetValueOrDefault(3),
            byGrade.GetValueOrDefault(2), byGrade.GetValueOrDefault(1));
    }

    private static Dictionary<string, IReadOnlyDictionary<string, long>> ByOrigin(Tally tally, CellKind kind) =>
        tally.Of(kind).GroupBy(cell => cell.Key.Origin)
            .ToDictionary(group => group.Key.Word(), group => ByGrade(group));

    private static IReadOnlyDictionary<string, long> ByGrade(IEnumerable<KeyValuePair<Cell, int>> cells) =>
        cells.OrderByDescending(cell => cell.Key.Grade ?? 0)
            .ToDictionary(cell => cell.Key.Grade is { } grade ? $"{(int)grade}" : "none", cell => (long)cell.Value);

    private static DimensionFigures OfDimension(IGrouping<string, KeyValuePair<Cell, int>> cells) =>
        new(ByGrade(cells), Rate.Of(SatisfactionRate.Of(Counts(cells))));
}
