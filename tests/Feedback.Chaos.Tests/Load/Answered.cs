namespace Feedback.Chaos.Tests.Load;

/// <summary>One request of a kiosk.</summary>
/// <param name="Window">The window it was for.</param>
/// <param name="At">When its answer came, in seconds after the load began.</param>
/// <param name="Seconds">How long the answer took.</param>
/// <param name="Status">Its status; null when the line was cut or nobody answered.</param>
/// <param name="Wait">After how many seconds to come again, if the answer said so.</param>
/// <param name="IsFirst">Whether the evaluation was sent for the first time.</param>
/// <param name="IsStored">Whether it was acknowledged.</param>
internal readonly record struct Answered(string Window, double At, double Seconds, int? Status, double? Wait, bool IsFirst, bool IsStored);
