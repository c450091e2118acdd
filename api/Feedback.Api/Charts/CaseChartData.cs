using System.Security.Cryptography;
using System.Text;
using Feedback.Analytics.Periods;
using Feedback.Api.CaseFigures;
using Feedback.Domain.Organisation;
using Feedback.Grains.Cases;
using Feedback.Grains.Journal;

namespace Feedback.Api.Charts;

/// <summary>Which figures of cases a chart needs.</summary>
internal enum CaseSource
{
    /// <summary>What happened day by day, from the first case on: what is open is counted from the beginning.</summary>
    Flows,

    /// <summary>The cases received in the period, each with its times.</summary>
    Lives,
}

/// <summary>Figures of cases of which a chart is made.</summary>
/// <param name="Flows">What happened up to the period's end at every node that was, is or will be at or below, ordered by node and day.</param>
/// <param name="Lives">The cases received in the period.</param>
internal sealed record CaseChartData(IReadOnlyList<CaseFlow> Flows, IReadOnlyList<CaseLife> Lives)
{
    /// <summary>No cases.</summary>
    public static readonly CaseChartData None = new([], []);

    /// <summary>Whether a node is at or below the one asked for on a day.</summary>
    public Func<NodeId, DateOnly, bool> IsThere { get; private init; } = (_, _) => true;

    /// <summary>Reads what a chart needs.</summary>
    public static async Task<CaseChartData> ReadAsync(CaseSource source, NodeId node, Period period, CaseFigureReader figures)
    {
        if (source == CaseSource.Lives)
            return None with { Lives = await figures.LivesAsync(node, period.From, period.To) };
        var (flows, isThere) = await figures.EverFlowsAsync(node, period.To);
        return None with { Flows = flows, IsThere = isThere };
    }

    /// <summary>A mark that changes whenever a figure does.</summary>
    public string Mark()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var flow in Flows)
            hash.AppendData(Encoding.UTF8.GetBytes($"{flow.Node}|{flow.Day.DayNumber}|{flow.Counts.Write()}\n"));
        foreach (var life in Lives)
            hash.AppendData(Encoding.UTF8.GetBytes($"{life.Node}|{life.Kind}|{life.Category}|{life.OpenedAt}|{life.ClosedAt}\n"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
