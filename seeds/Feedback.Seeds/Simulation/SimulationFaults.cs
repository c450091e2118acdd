namespace Feedback.Seeds.Simulation;

/// <summary>What goes wrong at simulated windows, on purpose. Shares are 0 to 1.</summary>
public sealed record SimulationFaults
{
    /// <summary>Nothing.</summary>
    public static readonly SimulationFaults None = new();

    /// <summary>The share of its time that a window is offline, less than 1; its visits are kept, and sent in bulk when the line is back.</summary>
    public double OfflineShare { get; init; }

    /// <summary>How long a window is offline on average.</summary>
    public TimeSpan OfflineFor { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The share of windows whose clock is wrong, by ten minutes to three hours in either direction, all the time.</summary>
    public double WrongClocks { get; init; }

    /// <summary>The share of events that are sent once more after they were stored, as by a terminal that lost the answer.</summary>
    public double Duplicates { get; init; }

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(OfflineShare);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(OfflineShare, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(OfflineFor, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNegative(WrongClocks);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(WrongClocks, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(Duplicates);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Duplicates, 1);
    }
}
