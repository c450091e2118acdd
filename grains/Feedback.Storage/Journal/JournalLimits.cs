namespace Feedback.Storage.Journal;

/// <summary>How much the journal holds back and how much it takes into one transaction.</summary>
public sealed record JournalLimits
{
    /// <summary>Units that may wait; one more is refused at once. 8,192 unless told otherwise.</summary>
    public int Waiting { get; init; } = 8192;

    /// <summary>Units in one transaction at most: a commit stays short enough for those who wait behind it.</summary>
    public int UnitsPerCommit { get; init; } = 1024;

    /// <summary>Bytes in one transaction at most, roughly; a bigger unit still goes, alone.</summary>
    public int BytesPerCommit { get; init; } = 4 * 1024 * 1024;
}
