using Feedback.Analytics.Cases;

namespace Feedback.Charts.Cases;

/// <summary>The closing times of a category.</summary>
/// <param name="Name">The category's name in the reader's language.</param>
/// <param name="Time">Its closing times.</param>
public sealed record ClosingTimeRow(string Name, ClosingTime Time);
