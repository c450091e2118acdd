namespace Feedback.Analytics.Periods;

/// <summary>One step of a period, half-open like the period itself and clipped to it.</summary>
/// <param name="Label">
/// Name of the whole day, ISO week, month, quarter or year the slice lies in, the same in every language:
/// 2026-11-23, 2026-W48, 2026-11, 2026-Q4, 2026; "total" for the period as a whole.
/// </param>
/// <param name="Start">First day, included.</param>
/// <param name="End">The day after the last one, excluded.</param>
public readonly record struct PeriodSlice(string Label, DateOnly Start, DateOnly End)
{
    /// <summary>Length in days, 1 or more.</summary>
    public int Days => End.DayNumber - Start.DayNumber;
}
