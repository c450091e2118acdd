using Feedback.Domain.Evaluations;
using Feedback.Domain.Organisation;

namespace Feedback.Domain.Policies;

/// <summary>What may be set as a policy.</summary>
public static class PolicyRules
{
    /// <summary>Checks a policy that is to be set.</summary>
    /// <param name="tree">The organisation.</param>
    /// <param name="node">The node.</param>
    /// <param name="subject">The subject's word.</param>
    /// <param name="from">The first local day.</param>
    /// <param name="text">The document as somebody wrote it.</param>
    /// <param name="today">Today at the node: what is past stays as it was.</param>
    /// <param name="sees">Whether whoever sets it sees a node: what they do not see is not there; null for everything.</param>
    /// <returns>The canonical text, or why it is refused.</returns>
    public static (string? Canonical, Refusal? Refusal) Check(OrganisationTree tree, NodeId node, string subject, DateOnly from, string text, DateOnly today, Func<Node, bool>? sees = null)
    {
        if (Find(node) is null)
            return (null, new Refusal("node-unknown", "node", node.Value));
        if (PolicySubjects.Find(subject) is not { } found)
            return (null, new Refusal("policy-subject-unknown", "subject", string.Join(", ", PolicySubjects.All.Select(known => known.Word))));
        if (from < today)
            return (null, new Refusal("policy-in-past", "from", Journal.EventReading.DayText(today)));
        if (!found.TryCanonical(text, out var canonical, out var refusal))
            return (null, refusal);
        // Routes lead to places that are there.
        return PolicySubjects.Routing.Word == subject && PolicySubjects.Routing.TryParse(canonical, out var routing, out _)
            && routing.Routes.SelectMany(route => route.Assisting.Prepend(route.Lead)).FirstOrDefault(unit => Find(unit) is null) is { Value: { } missing }
            ? (null, new Refusal("node-unknown", "routes", missing))
            : (canonical, null);

        Node? Find(NodeId id) => tree.Find(id) is { } there && sees?.Invoke(there) is not false ? there : null;
    }
}
