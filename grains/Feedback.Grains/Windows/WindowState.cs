namespace Feedback.Grains.Windows;

/// <summary>
/// What a window saves now and then so that it need not read its whole stream again: the latest value only, never the
/// truth. State of another generation of the database is ignored.
/// </summary>
[GenerateSerializer, Alias("feedback.window-state")]
public sealed class WindowState
{
    /// <summary>The generation of the database that it speaks of.</summary>
    [Id(0)]
    public string Generation { get; set; } = "";

    /// <summary>The version of the last event known.</summary>
    [Id(1)]
    public long Version { get; set; }

    /// <summary>The chain's digest at that version, hexadecimal.</summary>
    [Id(2)]
    public string Digest { get; set; } = "";

    /// <summary>The time of that row, milliseconds UTC.</summary>
    [Id(3)]
    public long At { get; set; }

    /// <summary>The packed known identities.</summary>
    [Id(4)]
    public byte[] KnownIds { get; set; } = [];

    // Id 5 was the member of staff signed in last, without when.

    /// <summary>Who was signed in when, as <c>DutyRoster</c> writes it; null in states saved before that was kept.</summary>
    [Id(6)]
    public string? Duty { get; set; }

    /// <summary>Which evaluations are excluded, as <c>ExcludedRatings</c> writes it; null in states saved before that was kept.</summary>
    [Id(7)]
    public string? Excluded { get; set; }

    /// <summary>What was noticed about ratings, as <c>RatingWatch</c> writes it; null in states saved before that was kept.</summary>
    [Id(8)]
    public string? Watch { get; set; }

    /// <summary>Where comments are kept that it has no marks of yet, as <c>CommentMarks</c> writes it.</summary>
    [Id(9)]
    public string Unmarked { get; set; } = "";

    /// <summary>
    /// Which ratings waited for their release, as <c>WaitingRatings</c> writes it with a version of its own: that of the days stored
    /// last. Empty in states saved before that was kept.
    /// </summary>
    [Id(10)]
    public string Waiting { get; set; } = "";

    /// <summary>The latest own time of identities that are known no more, milliseconds UTC; null in states saved before that was kept.</summary>
    [Id(11)]
    public long? ForgottenOwnThrough { get; set; }
}
