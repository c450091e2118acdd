using System.Text.Json.Nodes;
using Feedback.Api.Satisfaction;

namespace Feedback.Api.Policies;

/// <summary>What holds at a node on a day, subject by subject.</summary>
/// <param name="Node">The node.</param>
/// <param name="Day">The node's local day.</param>
/// <param name="Policies">All subjects.</param>
public sealed record PolicyList(NodeLabel Node, DateOnly Day, IReadOnlyList<PolicyView> Policies);

/// <summary>What holds at a node on a day about one subject.</summary>
/// <param name="Node">The node.</param>
/// <param name="Day">The node's local day.</param>
/// <param name="Policy">What holds, and what is planned.</param>
public sealed record SinglePolicy(NodeLabel Node, DateOnly Day, PolicyView Policy);

/// <summary>A policy at a node.</summary>
/// <param name="Subject">What it is about, such as <c>case-limits</c>.</param>
/// <param name="Source"><c>here</c> when it was set at this node, <c>above</c> when it is inherited, <c>default</c> when nobody set any.</param>
/// <param name="SetAt">The node that set it; null for the default, and where the reader does not see that node.</param>
/// <param name="From">The first local day on which it holds; null for the default.</param>
/// <param name="Version">The version of the event that set it; 0 for the default.</param>
/// <param name="LastDecision">The version of the last event about the subject here or above, planned ones included: the ETag of the policy.</param>
/// <param name="Withheld">True when routes to units that the reader does not see are left out of the document.</param>
/// <param name="Document">The document, everything that was left out filled in.</param>
/// <param name="Planned">What is to hold later, by day, at most 50.</param>
public sealed record PolicyView(
    string Subject, string Source, NodeLabel? SetAt, DateOnly? From, long Version, long LastDecision, bool Withheld, JsonNode Document, IReadOnlyList<PlannedPolicy> Planned);

/// <summary>What is to hold at a node from a later day on.</summary>
/// <param name="From">The first local day on which it holds here.</param>
/// <param name="Source"><c>here</c>, <c>above</c> or <c>default</c>.</param>
/// <param name="SetAt">The node that set it; null for the default, and where the reader does not see that node.</param>
/// <param name="Version">The version of the event that set it; 0 for the default.</param>
/// <param name="Withheld">True when routes to units that the reader does not see are left out of the document.</param>
/// <param name="Document">The document.</param>
public sealed record PlannedPolicy(DateOnly From, string Source, NodeLabel? SetAt, long Version, bool Withheld, JsonNode Document);

/// <summary>A policy that was set.</summary>
/// <param name="Subject">What it is about.</param>
/// <param name="Node">The node.</param>
/// <param name="From">The first local day on which it holds.</param>
/// <param name="Version">The version of the event that set it: also the new ETag.</param>
/// <param name="Document">The document, everything that was left out filled in.</param>
public sealed record SetPolicyView(string Subject, NodeLabel Node, DateOnly From, long Version, JsonNode Document);
