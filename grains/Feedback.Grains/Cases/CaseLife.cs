using Feedback.Domain.Cases;
using Feedback.Domain.Organisation;

namespace Feedback.Grains.Cases;

/// <summary>From when to when a case was open.</summary>
/// <param name="Node">The node that it concerns.</param>
/// <param name="Day">The local day on which it was received there.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Category">The code of its category; null for none yet.</param>
/// <param name="OpenedAt">Milliseconds UTC.</param>
/// <param name="ClosedAt">Milliseconds UTC; null while it is open.</param>
public sealed record CaseLife(NodeId Node, DateOnly Day, CaseKind Kind, string? Category, long OpenedAt, long? ClosedAt);
