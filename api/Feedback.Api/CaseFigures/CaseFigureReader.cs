using System.Collections.Immutable;
using Feedback.Domain.Cases;
using Feedback.Domain.Organisation;
using Feedback.Grains.Cases;
using Feedback.Grains.Journal;
using Feedback.Grains.Organisation;

namespace Feedback.Api.CaseFigures;

/// <summary>Reads what happened to cases at a node and everything below it. What happened below counts for the node that was above on that day.</summary>
/// <param name="cases">The counts.</param>
/// <param name="bureau">The organisation.</param>
public sealed class CaseFigureReader(ICaseStore cases, IBureau bureau)
{
    /// <summary>The counts of a node's days in [from, to), ordered by node and day.</summary>
    public async Task<IReadOnlyList<CaseFlow>> FlowsAsync(NodeId node, DateOnly from, DateOnly to, CancellationToken cancellation = default)
    {
        var tree = bureau.Current.Tree;
        var flows = await cases.CaseCountsAsync(AtOrEverBelow(tree, node), from, to, cancellation);
        return [.. flows.Where(flow => tree.IsAtOrBelow(flow.Node, node, flow.Day))];
    }

    /// <summary>
    /// What happened before a day at every node that was, is or will be at or below a node, ordered by node and day, and whether a node is there on a
    /// day. What happened stays where it happened; what is open moves along with its node.
    /// </summary>
    public async Task<(IReadOnlyList<CaseFlow> Flows, Func<NodeId, DateOnly, bool> IsThere)> EverFlowsAsync(NodeId node, DateOnly to)
    {
        var tree = bureau.Current.Tree;
        return (await cases.CaseCountsAsync(AtOrEverBelow(tree, node), DateOnly.MinValue, to), (below, day) => tree.IsAtOrBelow(below, node, day));
    }

    /// <summary>From when to when the cases of a node were open that were received on its days in [from, to); merged ones are not among them.</summary>
    public async Task<IReadOnlyList<CaseLife>> LivesAsync(NodeId node, DateOnly from, DateOnly to, CancellationToken cancellation = default)
    {
        var tree = bureau.Current.Tree;
        var found = await cases.LivesAsync(AtOrEverBelow(tree, node), from, to, cancellation);
        return [.. found.Where(one => tree.IsAtOrBelow(one.Node, node, one.Day))];
    }

    /// <summary>The sum of counts.</summary>
    public static CaseCounts Sum(IEnumerable<CaseFlow> flows) => flows.Aggregate(CaseCounts.Empty, (sum, flow) => sum.Plus(flow.Counts));

    /// <summary>The node and every node that was, is or will be somewhere below it.</summary>
    internal static ImmutableArray<NodeId> AtOrEverBelow(OrganisationTree tree, NodeId node)
    {
        var (found, waiting) = (new HashSet<NodeId> { node }, new Queue<NodeId>([node]));
        while (waiting.TryDequeue(out var next))
        {
            foreach (var below in tree.EverUnder(next).Select(below => below.Id).Where(found.Add))
                waiting.Enqueue(below);
        }

        return [.. found];
    }
}
