namespace Feedback.Domain.WorkingTime;

/// <summary>What a clock waits for. A case has several, and each is stopped by its own event. Stored by its word.</summary>
public enum ClockKind
{
    /// <summary>首次响应: the citizen hears from the office for the first time.</summary>
    FirstResponse = 1,

    /// <summary>进展告知: the citizen is told how it goes.</summary>
    Progress,

    /// <summary>办结: the matter has its result.</summary>
    Completion,

    /// <summary>整改: what a bad rating was about, or an inspection found, is put right.</summary>
    Rectification,

    /// <summary>回访: the citizen is called back.</summary>
    CallBack,

    /// <summary>签收: the unit signs for what was dispatched to it.</summary>
    SignFor,
}

/// <summary>The stable words of clocks, and how people call them.</summary>
public static class ClockWords
{
    private static readonly (string Word, string Zh, string En)[] Clocks =
    [
        ("first-response", "首次响应", "First response"), ("progress", "进展告知", "Progress"), ("completion", "办结", "Completion"),
        ("rectification", "整改", "Rectification"), ("call-back", "回访", "Call back"), ("sign-for", "签收", "Sign for"),
    ];

    /// <summary>Every clock.</summary>
    public static IReadOnlyList<ClockKind> All { get; } = [.. Enumerable.Range(1, Clocks.Length).Select(number => (ClockKind)number)];

    /// <summary>The stable word of a clock.</summary>
    public static string Word(this ClockKind clock) => Clocks[(int)clock - 1].Word;

    /// <summary>The clock of a word, or null.</summary>
    public static ClockKind? ClockOf(string word) => Array.FindIndex(Clocks, clock => clock.Word == word) is >= 0 and var index ? (ClockKind)(index + 1) : null;

    /// <summary>The Chinese name.</summary>
    public static string Zh(this ClockKind clock) => Clocks[(int)clock - 1].Zh;

    /// <summary>The English name.</summary>
    public static string En(this ClockKind clock) => Clocks[(int)clock - 1].En;
}
