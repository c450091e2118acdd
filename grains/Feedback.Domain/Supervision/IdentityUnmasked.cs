using Feedback.Domain.Organisation;

namespace Feedback.Domain.Supervision;

/// <summary>Somebody was told who rated.</summary>
public sealed record IdentityUnmasked : SupervisionEvent
{
    /// <summary>The reason of what was told to a person about themselves; shorter than any that may be given for an unmasking.</summary>
    public const string Export = "export";

    /// <summary>The window.</summary>
    public required NodeId Window { get; init; }

    /// <summary>The version of the evaluation in the window's stream.</summary>
    public required long Evaluation { get; init; }
}
