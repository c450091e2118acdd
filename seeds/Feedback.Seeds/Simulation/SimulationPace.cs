using System.Collections.Immutable;

namespace Feedback.Seeds.Simulation;

/// <summary>How much the simulated windows push, and how patiently.</summary>
public sealed record SimulationPace
{
    /// <summary>Seeds everything that is said: the same seed and run tell the same visits.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Events (matters and evaluations) per minute over all windows on average; more than 0.</summary>
    public double EventsPerMinute { get; init; } = 60;

    /// <summary>At most so many visits are under way at once; while all are, no new one begins.</summary>
    public int MostAtOnce { get; init; } = 16;

    /// <summary>How often one body is sent before its outcome stays unknown; at least 1.</summary>
    public int Tries { get; init; } = 8;

    /// <summary>How long one try may take.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The pause after the first failed try; it doubles with each further one, up to <see cref="LongestPause"/>.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>No pause is longer, whatever a server asks for.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Begins every id, so that two runs against one database never use the same id for different things; null for the
    /// start's time.
    /// </summary>
    public string? Run { get; init; }

    /// <summary>After so many events, at least 1, no visit begins any more; null for no end.</summary>
    public long? Count { get; init; }

    /// <summary>After so long no visit begins any more; null for no end.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>When windows are open, in the time of Asia/Shanghai; null for always.</summary>
    public OpenHours? Hours { get; init; }

    /// <summary>What goes wrong on purpose.</summary>
    public SimulationFaults Faults { get; init; } = SimulationFaults.None;
}

/// <summary>What became of the events of a simulation so far.</summary>
/// <param name="Accepted">Stored now (201).</param>
/// <param name="Repeated">Known to the server already (200): an earlier try whose answer was lost, or a duplicate sent on purpose.</param>
/// <param name="Refused">Not taken (4xx).</param>
/// <param name="Unknown">Every try failed, or the simulation was stopped while one was under way.</param>
/// <param name="Retries">Tries beyond the first of each event.</param>
/// <param name="LastProblem">The last refusal or failure in words; null while there was none.</param>
public sealed record SimulationCounts(long Accepted, long Repeated, long Refused, long Unknown, long Retries, string? LastProblem)
{
    /// <summary>Events that were sent at least once and have ended.</summary>
    public long Sent => Accepted + Repeated + Refused + Unknown;

    /// <summary>Events that were refused, by the code that the server gave.</summary>
    public ImmutableSortedDictionary<string, long> RefusedBy { get; init; } = ImmutableSortedDictionary<string, long>.Empty;

    /// <summary>Events that windows keep while they are offline; at the end those that were never sent.</summary>
    public long Kept { get; init; }

    /// <summary>Events that were acknowledged, lost by a restore of the server's database, and stored anew when they were sent again.</summary>
    public long StoredAgain { get; init; }

    /// <summary>Events that were sent again after a restore, and known to the server all the same.</summary>
    public long KnownAgain { get; init; }

    /// <summary>How long requests took to be answered.</summary>
    public LatencySummary Latency { get; init; } = LatencySummary.None;
}
