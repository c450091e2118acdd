using Feedback.Domain.Evaluations;

namespace Feedback.Grains.Keys;

/// <summary>A key or token cannot be issued.</summary>
/// <param name="refusal">The rule, the member and the value; never the secret.</param>
public sealed class KeyRefusedException(Refusal refusal) : Exception($"{refusal.Code}: {refusal.Field} '{refusal.Value}' cannot be taken.")
{
    /// <summary>Which rule, which member, which value.</summary>
    public Refusal Refusal { get; } = refusal;
}
