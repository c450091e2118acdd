namespace Feedback.Domain.Cases;

/// <summary>The stable words of kinds, channels, stages, clocks and what happens to them.</summary>
public static class CaseWords
{
    private static readonly string[] Kinds = ["complaint", "suggestion", "praise", "question", "bad-rating", "hotline-order", "finding"];

    private static readonly string[] Channels = ["window", "hotline", "web", "phone", "paper", "meeting", "box", "qr", "api", "automatic"];

    private static readonly string[] Stages =
        ["registered", "dispatched", "verifying", "handling", "appealed", "handled", "answered", "closed", "merged"];

    private static readonly string[] Marks = ["started", "paused", "resumed", "limit-changed", "stopped", "restarted"];

    private static readonly string[] Findings = ["true", "partly", "not"];

    private static readonly string[] Outcomes = ["reached", "not-reached", "posted"];

    private static readonly string[] Endings = ["answered", "posted", "unreachable", "confirmed", "withdrawn", "imported"];

    /// <summary>The word of a kind.</summary>
    public static string Word(this CaseKind kind) => Kinds[(int)kind - 1];

    /// <summary>The word of a channel.</summary>
    public static string Word(this CaseChannel channel) => Channels[(int)channel - 1];

    /// <summary>The word of a stage.</summary>
    public static string Word(this CaseStage stage) => Stages[(int)stage - 1];

    /// <summary>The kind of a word, or null.</summary>
    public static CaseKind? KindOf(string word) => Array.IndexOf(Kinds, word) is >= 0 and var index ? (CaseKind)(index + 1) : null;

    /// <summary>The channel of a word, or null.</summary>
    public static CaseChannel? ChannelOf(string word) => Array.IndexOf(Channels, word) is >= 0 and var index ? (CaseChannel)(index + 1) : null;

    /// <summary>The stage of a word, or null.</summary>
    public static CaseStage? StageOf(string word) => Array.IndexOf(Stages, word) is >= 0 and var index ? (CaseStage)(index + 1) : null;

    /// <summary>The word of a mark.</summary>
    public static string Word(this ClockMarkKind mark) => Marks[(int)mark - 1];

    /// <summary>The word of a finding.</summary>
    public static string Word(this RatingFinding finding) => Findings[(int)finding - 1];

    /// <summary>The word of an outcome.</summary>
    public static string Word(this FeedbackOutcome outcome) => Outcomes[(int)outcome - 1];

    /// <summary>The word of an ending.</summary>
    public static string Word(this CaseEnding ending) => Endings[(int)ending - 1];

    /// <summary>The mark of a word, or null.</summary>
    public static ClockMarkKind? MarkOf(string word) => Array.IndexOf(Marks, word) is >= 0 and var index ? (ClockMarkKind)(index + 1) : null;

    /// <summary>The finding of a word, or null.</summary>
    public static RatingFinding? FindingOf(string word) => Array.IndexOf(Findings, word) is >= 0 and var index ? (RatingFinding)(index + 1) : null;

    /// <summary>The outcome of a word, or null.</summary>
    public static FeedbackOutcome? OutcomeOf(string word) => Array.IndexOf(Outcomes, word) is >= 0 and var index ? (FeedbackOutcome)(index + 1) : null;

    /// <summary>The ending of a word, or null.</summary>
    public static CaseEnding? EndingOf(string word) => Array.IndexOf(Endings, word) is >= 0 and var index ? (CaseEnding)(index + 1) : null;
}
