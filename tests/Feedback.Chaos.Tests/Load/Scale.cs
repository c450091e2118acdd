using System.Globalization;

namespace Feedback.Chaos.Tests.Load;

/// <summary>
/// How long faults last. <c>FEEDBACK_CHAOS_SCALE</c> makes everything shorter to try a test out (0.1 is a tenth); what counts is the
/// table of a run without it.
/// </summary>
internal static class Scale
{
    private static readonly double Factor =
        double.TryParse(Environment.GetEnvironmentVariable("FEEDBACK_CHAOS_SCALE"), CultureInfo.InvariantCulture, out var factor) ? factor : 1;

    /// <summary>Whether faults are shorter than they should be.</summary>
    public static bool IsSmall => Factor < 1;

    /// <summary>So many seconds, scaled.</summary>
    public static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds * Factor);

    /// <summary>So many, scaled; at least one.</summary>
    public static int Count(int count) => Math.Max(1, (int)(count * Factor));
}
