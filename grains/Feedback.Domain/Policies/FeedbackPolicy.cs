using Feedback.Domain.Journal;

namespace Feedback.Domain.Policies;

/// <summary>反馈: when a citizen counts as told who cannot be reached.</summary>
/// <param name="Attempts">How many attempts are made, 1 to 20; such answers are counted apart.</param>
public sealed record FeedbackPolicy(int Attempts)
{
    /// <summary>By default three.</summary>
    public static readonly FeedbackPolicy Default = new(3);

    internal static FeedbackPolicy Read(PolicyReader text) => new(text.Number("attempts", 1, 20) ?? Default.Attempts);

    internal static void Write(CanonicalWriter text, FeedbackPolicy document) => text.Member("attempts"u8, document.Attempts);
}
