using System.Globalization;

namespace Feedback.Api.Cluster;

/// <summary>Something about the cluster that an operator should know.</summary>
/// <param name="Code">Which: one of <see cref="ClusterFindings"/>'s codes.</param>
/// <param name="Urgent">Whether somebody should act now.</param>
/// <param name="Silo">The name of the silo; null when it concerns all.</param>
/// <param name="Value">Since when (UTC), how long (seconds) or how many, by code; null where there is nothing to say.</param>
public sealed record ClusterFinding(string Code, bool Urgent, string? Silo, string? Value);

/// <summary>Reads out of how the silos fare what is wrong.</summary>
public static class ClusterFindings
{
    /// <summary>Every code, as the words of pages and the guide have them.</summary>
    public static readonly IReadOnlyList<string> Codes =
    [
        "restart-needed", "journal-failing", "silo-silent", "silo-dead", "journal-slow", "queue-full", "membership-unread", "clock-differs", "reports-late",
        "versions-differ", "draining", "silo-left", "errors",
    ];

    // What a person would call slow; the alerts have the same.
    private const long SlowJournalMs = 2_000;
    private const long LateReportsMs = 10_000;
    private const long ClockMs = 2_000;
    private const double FullQueue = 0.8;

    /// <summary>What is to be found, the urgent first.</summary>
    internal static IReadOnlyList<ClusterFinding> In(IReadOnlyCollection<SiloView> silos, bool membershipRead)
    {
        var found = silos.SelectMany(Of).ToList();
        if (!membershipRead)
            found.Add(new ClusterFinding("membership-unread", Urgent: true, null, null));
        var versions = silos.Where(silo => silo.Status == SiloView.Active).Select(silo => silo.Version).OfType<string>().Distinct().Order(StringComparer.Ordinal).ToList();
        if (versions.Count > 1)
            found.Add(new ClusterFinding("versions-differ", Urgent: false, null, string.Join(", ", versions)));
        return [.. found.OrderByDescending(finding => finding.Urgent).ThenBy(finding => Rank(finding.Code))];
    }

    private static int Rank(string code) => Codes.Index().First(known => known.Item == code).Index;

    private static IEnumerable<ClusterFinding> Of(SiloView silo)
    {
        if (silo.Status == SiloView.Dead)
            yield return Found(silo.LeftInOrder ? "silo-left" : "silo-dead", !silo.LeftInOrder, silo.Since is { } seen ? Time(seen) : null);
        if (silo.Silent is { } why)
            yield return Found("silo-silent", urgent: true, why);
        if (silo.Figures is not { } figures)
            yield break;
        if (figures.NeedsRestart)
            yield return Found("restart-needed", urgent: true, null);
        else if (figures.FailingSince is { } since)
            yield return Found("journal-failing", urgent: true, Time(since));
        else if (figures.JournalOldestMs >= SlowJournalMs)
            yield return Found("journal-slow", urgent: true, Seconds(figures.JournalOldestMs));
        if (figures.JournalWaiting >= figures.JournalMostWaiting * FullQueue)
            yield return Found("queue-full", urgent: true, figures.JournalWaiting.ToString(CultureInfo.InvariantCulture));
        if (Math.Abs(figures.ClockAheadMs) >= ClockMs)
            yield return Found("clock-differs", urgent: true, Seconds(figures.ClockAheadMs));
        if (figures.ReportsOldestMs >= LateReportsMs)
            yield return Found("reports-late", urgent: false, Seconds(figures.ReportsOldestMs));
        if (figures.Draining)
            yield return Found("draining", urgent: false, null);
        if (figures.ErrorsInHour > 0)
            yield return Found("errors", urgent: false, figures.ErrorsInHour.ToString(CultureInfo.InvariantCulture));

        ClusterFinding Found(string code, bool urgent, string? value) => new(code, urgent, silo.Name, value);
    }

    private static string Time(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Seconds(long milliseconds) => (milliseconds / 1000.0).ToString("0.#", CultureInfo.InvariantCulture);
}
