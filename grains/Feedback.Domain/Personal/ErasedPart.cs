namespace Feedback.Domain.Personal;

/// <summary>What of a subject is erased.</summary>
public enum ErasedPart : byte
{
    /// <summary>All of it, and its key.</summary>
    Everything = 0,

    /// <summary>The comment only.</summary>
    Comment = 1,

    /// <summary>The matter's number only.</summary>
    MatterNumber = 2,
}

/// <summary>What led to an erasure; the ledger outside the database keeps every one but those for age.</summary>
public enum ErasureCause : byte
{
    /// <summary>Somebody asked for it.</summary>
    Asked = 0,

    /// <summary>It was older than it is to be kept. An older copy of the database ages again by itself.</summary>
    Retention = 1,

    /// <summary>A restored database had brought it back.</summary>
    Restored = 2,
}

/// <summary>Words about erasure.</summary>
public static class ErasedPartWords
{
    /// <summary>The reason of what is erased for its age.</summary>
    public const string Retention = "retention";

    /// <summary>The reason of what is erased once more, because a restored database had brought it back.</summary>
    public const string Restored = "restored";

    /// <summary>Whether text of a kind is part of it.</summary>
    public static bool Covers(this ErasedPart part, PersonalKind kind) => part switch
    {
        ErasedPart.Comment => kind == PersonalKind.Comment,
        ErasedPart.MatterNumber => kind == PersonalKind.MatterNumber,
        _ => true,
    };
}
