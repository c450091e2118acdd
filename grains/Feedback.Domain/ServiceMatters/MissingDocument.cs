namespace Feedback.Domain.ServiceMatters;

/// <summary>How a matter is accepted although a document is missing.</summary>
public enum MissingKind
{
    /// <summary>补正: it is to be handed in before work goes on; the clock waits for it.</summary>
    Ordinary = 1,

    /// <summary>容缺: it may follow by a day, and work goes on without it.</summary>
    ToFollow,

    /// <summary>告知承诺: the applicant promised that the condition is met, and work goes on without it.</summary>
    Promised,
}

/// <summary>Where a matter stands.</summary>
public enum MatterStage
{
    /// <summary>Not accepted yet.</summary>
    None,

    /// <summary>It is being worked on.</summary>
    Open,

    /// <summary>办结: it has its result.</summary>
    Completed,

    /// <summary>The applicant took it back.</summary>
    Withdrawn,
}

/// <summary>A document that the acceptance notice tells is missing.</summary>
/// <param name="Code">Its code, unique in the notice.</param>
/// <param name="Title">Its short title, such as 营业执照副本; no personal text.</param>
/// <param name="Kind">How the matter is accepted without it.</param>
/// <param name="DueOn">The local day by which it is to be handed in; always there for one that may follow, null where no day was set.</param>
public sealed record MissingDocument(string Code, string Title, MissingKind Kind, DateOnly? DueOn = null);

/// <summary>A document that was asked for at a visit.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Title">Its short title; no personal text.</param>
public sealed record AskedDocument(string Code, string Title);

/// <summary>The stable words of matters.</summary>
public static class MatterWords
{
    private static readonly string[] Kinds = ["ordinary", "to-follow", "promised"];
    private static readonly string[] Stages = ["none", "open", "completed", "withdrawn"];

    /// <summary>Every way in which a document may be missing.</summary>
    public static IReadOnlyList<string> KindWords => Kinds;

    /// <summary>The stable word.</summary>
    public static string Word(this MissingKind kind) => Kinds[(int)kind - 1];

    /// <summary>The stable word.</summary>
    public static string Word(this MatterStage stage) => Stages[(int)stage];

    /// <summary>Every stage at which an accepted matter may stand.</summary>
    public static IReadOnlyList<string> StageWords => Stages[1..];

    /// <summary>The stage of a word at which an accepted matter may stand, or null.</summary>
    public static MatterStage? StageOf(string word) => Array.IndexOf(Stages, word) is > 0 and var index ? (MatterStage)index : null;

    /// <summary>The kind of a word, or null.</summary>
    public static MissingKind? KindOf(string word) => Array.IndexOf(Kinds, word) is >= 0 and var index ? (MissingKind)(index + 1) : null;
}
