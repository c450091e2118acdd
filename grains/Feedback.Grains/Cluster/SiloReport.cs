namespace Feedback.Grains.Cluster;

/// <summary>How one silo fares.</summary>
[GenerateSerializer, Immutable, Alias("feedback.silo-report")]
public sealed record SiloReport
{
    /// <summary>The silo's clock when it told this, UTC.</summary>
    [Id(0)]
    public required DateTimeOffset At { get; init; }

    /// <summary>The version of the product that it runs, such as 0.3.0.</summary>
    [Id(1)]
    public required string Version { get; init; }

    /// <summary>When its process started, UTC.</summary>
    [Id(2)]
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Whether it is about to stop and takes no new work.</summary>
    [Id(3)]
    public bool IsDraining { get; init; }

    /// <summary>Windows that are active here.</summary>
    [Id(4)]
    public int Windows { get; init; }

    /// <summary>Months of nodes above the windows that are active here.</summary>
    [Id(5)]
    public int Tallies { get; init; }

    /// <summary>Units that wait for their transaction.</summary>
    [Id(6)]
    public int JournalWaiting { get; init; }

    /// <summary>Units that may wait; one more is refused.</summary>
    [Id(7)]
    public int JournalMostWaiting { get; init; }

    /// <summary>How long the oldest unit has been without an answer; zero when all are answered.</summary>
    [Id(8)]
    public TimeSpan JournalOldest { get; init; }

    /// <summary>When the last transaction was committed, UTC; null before the first.</summary>
    [Id(9)]
    public DateTimeOffset? CommittedAt { get; init; }

    /// <summary>How long that took.</summary>
    [Id(10)]
    public TimeSpan CommitTook { get; init; }

    /// <summary>Since when transactions fail, UTC; null while they are committed.</summary>
    [Id(11)]
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>Units that lost their version to somebody else since the start: two silos held the same stream.</summary>
    [Id(12)]
    public long Conflicts { get; init; }

    /// <summary>How long the oldest change has been on its way to the node above; zero when all were taken.</summary>
    [Id(13)]
    public TimeSpan ReportsOldest { get; init; }

    /// <summary>The last warning or error, without any value that was in it; null when there was none.</summary>
    [Id(14)]
    public string? LastError { get; init; }

    /// <summary>When that was, UTC.</summary>
    [Id(15)]
    public DateTimeOffset? LastErrorAt { get; init; }

    /// <summary>Warnings and errors of the last 60 minutes.</summary>
    [Id(16)]
    public int ErrorsInHour { get; init; }

    /// <summary>Bytes of memory that the process holds.</summary>
    [Id(17)]
    public long WorkingSet { get; init; }

    /// <summary>The share of all the machine's processors that the process used in the last 5 seconds or so, 0 to 1.</summary>
    [Id(18)]
    public double Cpu { get; init; }

    /// <summary>Whether the journal stores nothing more until the process is started anew.</summary>
    [Id(19)]
    public bool NeedsRestart { get; init; }
}
