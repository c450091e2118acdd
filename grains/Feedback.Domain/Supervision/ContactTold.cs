using Feedback.Domain.Cases;
using Feedback.Domain.Organisation;

namespace Feedback.Domain.Supervision;

/// <summary>Somebody was told how the citizen of a case can be reached.</summary>
public sealed record ContactTold : SupervisionEvent
{
    /// <summary>The case.</summary>
    public required CaseId Case { get; init; }

    /// <summary>The node that it concerns.</summary>
    public required NodeId Node { get; init; }

    /// <summary>The unit that handled it then.</summary>
    public required NodeId Lead { get; init; }
}
