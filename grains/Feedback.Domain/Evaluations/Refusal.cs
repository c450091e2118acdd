namespace Feedback.Domain.Evaluations;

/// <summary>Why something was not taken: a stable code that is worded for people in zh and en at the edge.</summary>
/// <param name="Code">A stable name such as <c>grade-out-of-range</c>.</param>
/// <param name="Field">The member that must be mended, as the client wrote it; null when it is not about one member.</param>
/// <param name="Value">The offending value, shortened; null when there is none to show.</param>
/// <param name="Retryable">True when the very same request may succeed later.</param>
public sealed record Refusal(string Code, string? Field = null, string? Value = null, bool Retryable = false);
