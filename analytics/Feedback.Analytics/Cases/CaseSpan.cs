namespace Feedback.Analytics.Cases;

/// <summary>From when to when a case was open.</summary>
/// <param name="Category">The code of its category.</param>
/// <param name="OpenedAt">Milliseconds UTC.</param>
/// <param name="ClosedAt">Milliseconds UTC, at or after <paramref name="OpenedAt"/>; null while it is open.</param>
public readonly record struct CaseSpan(string Category, long OpenedAt, long? ClosedAt)
{
    /// <summary>How long it took until it was closed; null while it is open.</summary>
    public TimeSpan? Took => ClosedAt is { } closed ? TimeSpan.FromMilliseconds(closed - OpenedAt) : null;

    /// <summary>Whether it was open at an instant: opened at or before it, and closed after it or not at all.</summary>
    /// <param name="at">Milliseconds UTC.</param>
    public bool IsOpenAt(long at) => OpenedAt <= at && !(ClosedAt <= at);
}
