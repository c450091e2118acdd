using System.Globalization;
using Feedback.Charts.Words;

namespace Feedback.Charts.Text;

/// <summary>A unit in which durations are told.</summary>
/// <param name="Word">Its words: <c>duration-</c> and this.</param>
/// <param name="Length">How long one is.</param>
internal sealed record DurationUnit(string Word, TimeSpan Length)
{
    private static readonly DurationUnit[] All =
        [new("days", TimeSpan.FromDays(1)), new("hours", TimeSpan.FromHours(1)), new("minutes", TimeSpan.FromMinutes(1)), new("seconds", TimeSpan.FromSeconds(1))];

    /// <summary>The largest unit of which a duration has two or more; seconds for shorter ones.</summary>
    public static DurationUnit Of(TimeSpan duration) => Array.Find(All, unit => duration >= 2 * unit.Length) ?? All[^1];
}

/// <summary>A duration in words, in the largest unit of which it has two or more: “4.9 d”, “36 h”, “0 s”.</summary>
internal static class DurationText
{
    /// <summary>The duration with at most one decimal; an en dash where it is undefined.</summary>
    public static string Of(TimeSpan? duration, ChartWords words) => duration is { } known ? In(known, DurationUnit.Of(known), words) : "–";

    /// <summary>The duration in a unit, with at most one decimal.</summary>
    public static string In(TimeSpan duration, DurationUnit unit, ChartWords words) => words.Say("duration-" + unit.Word, duration / unit.Length);

    /// <summary>Hours for a table, to the second; empty where it is undefined.</summary>
    public static string Hours(TimeSpan? duration) => duration?.TotalHours.ToString("0.####", CultureInfo.InvariantCulture) ?? "";
}
