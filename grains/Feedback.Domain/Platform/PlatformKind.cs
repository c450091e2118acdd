namespace Feedback.Domain.Platform;

/// <summary>What is reported to a higher platform.</summary>
public enum PlatformKind : byte
{
    /// <summary>评价: what citizens said about single visits.</summary>
    Evaluations = 1,

    /// <summary>办结: matters that a business system said were finished at a window; the platform counts who was asked by them.</summary>
    Finished,

    /// <summary>办件: service matters with their acceptance notice, from acceptance to result.</summary>
    Matters,
}

/// <summary>The words of kinds, in files, in what is sent, and in tables.</summary>
public static class PlatformKinds
{
    private static readonly string[] Words = ["evaluations", "finished", "matters"];

    /// <summary>Every word, in the order of the kinds.</summary>
    public static IReadOnlyList<string> All => Words;

    /// <summary>The stable word.</summary>
    public static string Word(this PlatformKind kind) => Words[(int)kind - 1];

    /// <summary>The kind of that word, or null.</summary>
    public static PlatformKind? Of(string word) => Array.IndexOf(Words, word) is >= 0 and var index ? (PlatformKind)(index + 1) : null;
}
