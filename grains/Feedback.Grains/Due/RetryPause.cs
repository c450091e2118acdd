namespace Feedback.Grains.Due;

/// <summary>How long a command that failed is left alone: 1 s, and twice as long after each further failure, but never more than 5 minutes.</summary>
public static class RetryPause
{
    /// <summary>The shortest pause.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>The pause after a number of failures in a row, from 1.</summary>
    public static TimeSpan After(int failures)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(failures, 1);
        // 2⁸ and one more are both past the longest; beyond that the power would not fit.
        var pause = Shortest * Math.Pow(2, Math.Min(failures - 1, 9));
        return pause < Longest ? pause : Longest;
    }
}
