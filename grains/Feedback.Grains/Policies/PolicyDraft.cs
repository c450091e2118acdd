using Feedback.Domain.Organisation;

namespace Feedback.Grains.Policies;

/// <summary>A policy that somebody wants to set.</summary>
/// <param name="Node">The node at and below which it is to hold.</param>
/// <param name="Subject">What it is about: a word of <see cref="Domain.Policies.PolicySubjects"/>.</param>
/// <param name="From">The first local day; null for tomorrow at the node.</param>
/// <param name="Text">The document as somebody wrote it, JSON.</param>
/// <param name="Scope">Where they may set policies; what lies outside is not there.</param>
/// <param name="After">The last decision that they know (<see cref="Domain.Policies.PolicyBook.LastDecision"/>); null when it does not matter to them.</param>
public sealed record PolicyDraft(NodeId Node, string Subject, DateOnly? From, string Text, NodeScope Scope, long? After = null);

/// <summary>A policy that was set.</summary>
/// <param name="From">The first local day on which it holds.</param>
/// <param name="Text">The document, as canonical JSON.</param>
/// <param name="Version">The version of the event that set it.</param>
public sealed record SetPolicy(DateOnly From, string Text, long Version);
