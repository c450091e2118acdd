namespace Feedback.Api.Cluster;

/// <summary>How the silos of the cluster fare. One that runs alone is a cluster of one.</summary>
/// <param name="At">When this was asked, by the clock of the silo that answered, UTC.</param>
/// <param name="Silos">The silos, by name; those that are gone last.</param>
/// <param name="Sums">All of them together.</param>
/// <param name="Findings">What is wrong or worth knowing, the urgent first; empty when all is well.</param>
public sealed record ClusterReport(DateTimeOffset At, IReadOnlyList<SiloView> Silos, ClusterSums Sums, IReadOnlyList<ClusterFinding> Findings)
{
    /// <summary>Joins what the membership says with what the silos told.</summary>
    /// <param name="at">When they were asked, UTC.</param>
    /// <param name="silos">The silos.</param>
    /// <param name="membershipRead">Whether the table of members could be read.</param>
    public static ClusterReport Of(DateTimeOffset at, IEnumerable<SiloView> silos, bool membershipRead)
    {
        var sorted = silos.OrderBy(silo => silo.Status == SiloView.Dead).ThenBy(silo => silo.Name, StringComparer.Ordinal).ThenBy(silo => silo.Address, StringComparer.Ordinal).ToList();
        return new ClusterReport(at, sorted, ClusterSums.Of(sorted), ClusterFindings.In(sorted, membershipRead));
    }
}

/// <summary>One silo.</summary>
/// <param name="Name">The name it was given, or the machine's.</param>
/// <param name="Address">Its address in the cluster, such as 10.1.2.3:11111@141234567: IP address, port and number of the start.</param>
/// <param name="Site">The node whose windows it should preferably hold; null when none was named.</param>
/// <param name="Status">joining, active, shutting-down or dead.</param>
/// <param name="Since">When it joined, UTC; of one that is gone, when it was last seen alive. Null when the table of members could not be read.</param>
/// <param name="Version">The version it runs; null when it does not say.</param>
/// <param name="Silent">Why nothing else is known: late, gone or failed. Null when it told how it fares, or was not asked.</param>
/// <param name="LeftInOrder">True when it is gone because it was stopped, and not because the others could no longer reach it.</param>
/// <param name="Figures">How it fares; null when it did not tell.</param>
public sealed record SiloView(
    string Name, string Address, string? Site, string Status, DateTimeOffset? Since, string? Version, string? Silent, bool LeftInOrder, SiloFigures? Figures)
{
    internal const string Active = "active";
    internal const string Dead = "dead";
}

/// <summary>How one silo fares.</summary>
/// <param name="StartedAt">When its process started, UTC.</param>
/// <param name="Draining">Whether it is about to stop.</param>
/// <param name="NeedsRestart">Whether nothing more is stored until its process is started anew.</param>
/// <param name="Windows">Windows that are active there.</param>
/// <param name="Tallies">Months of nodes above the windows that are active there.</param>
/// <param name="JournalWaiting">Units that wait for their transaction.</param>
/// <param name="JournalMostWaiting">Units that may wait.</param>
/// <param name="JournalOldestMs">How long the oldest unit has been without an answer, milliseconds.</param>
/// <param name="CommittedAt">When the last transaction was committed, UTC; null before the first.</param>
/// <param name="CommitMs">How long that took, milliseconds.</param>
/// <param name="FailingSince">Since when transactions fail, UTC; null while they are committed.</param>
/// <param name="Conflicts">Units that lost their version to somebody else since the start.</param>
/// <param name="ReportsOldestMs">How long the oldest change has been on its way to the node above, milliseconds.</param>
/// <param name="ErrorsInHour">Warnings and errors of the last 60 minutes.</param>
/// <param name="LastError">The last of them, without any value that was in it; null when there was none since the start.</param>
/// <param name="LastErrorAt">When that was, UTC.</param>
/// <param name="WorkingSetMb">The memory that its process holds, in MiB.</param>
/// <param name="CpuPercent">How much of all its machine's processors it used in the last seconds, 0 to 100.</param>
/// <param name="ClockAheadMs">How far its clock is ahead of that of the silo that answered, milliseconds; behind when negative.</param>
public sealed record SiloFigures(
    DateTimeOffset StartedAt, bool Draining, bool NeedsRestart, int Windows, int Tallies,
    int JournalWaiting, int JournalMostWaiting, long JournalOldestMs, DateTimeOffset? CommittedAt, double CommitMs, DateTimeOffset? FailingSince, long Conflicts,
    long ReportsOldestMs, int ErrorsInHour, string? LastError, DateTimeOffset? LastErrorAt, long WorkingSetMb, double CpuPercent, long ClockAheadMs)
{
    /// <summary>Reads a silo's own report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="ahead">How far its clock is ahead.</param>
    internal static SiloFigures Of(Grains.Cluster.SiloReport report, TimeSpan ahead) => new(
        report.StartedAt, report.IsDraining, report.NeedsRestart, report.Windows, report.Tallies,
        report.JournalWaiting, report.JournalMostWaiting, (long)report.JournalOldest.TotalMilliseconds, report.CommittedAt, Math.Round(report.CommitTook.TotalMilliseconds, 1),
        report.FailingSince, report.Conflicts, (long)report.ReportsOldest.TotalMilliseconds, report.ErrorsInHour, report.LastError, report.LastErrorAt,
        report.WorkingSet / (1024 * 1024), Math.Round(report.Cpu * 100, 1), (long)ahead.TotalMilliseconds);
}

/// <summary>All silos that told how they fare, together.</summary>
/// <param name="Active">How many are active members, whether they answer or not.</param>
/// <param name="Answering">How many told how they fare.</param>
/// <param name="Windows">Active windows.</param>
/// <param name="Tallies">Active months of nodes above the windows.</param>
/// <param name="JournalWaiting">Units that wait for their transactions.</param>
/// <param name="Conflicts">Units that lost their version to somebody else.</param>
/// <param name="ErrorsInHour">Warnings and errors of the last 60 minutes.</param>
/// <param name="WorkingSetMb">Memory in MiB.</param>
public sealed record ClusterSums(int Active, int Answering, int Windows, int Tallies, int JournalWaiting, long Conflicts, int ErrorsInHour, long WorkingSetMb)
{
    internal static ClusterSums Of(IReadOnlyCollection<SiloView> silos)
    {
        var told = silos.Select(silo => silo.Figures).OfType<SiloFigures>().ToList();
        return new ClusterSums(
            silos.Count(silo => silo.Status == SiloView.Active), told.Count, told.Sum(silo => silo.Windows), told.Sum(silo => silo.Tallies),
            told.Sum(silo => silo.JournalWaiting), told.Sum(silo => silo.Conflicts), told.Sum(silo => silo.ErrorsInHour), told.Sum(silo => silo.WorkingSetMb));
    }
}
