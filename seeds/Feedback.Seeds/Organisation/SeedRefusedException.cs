using Feedback.Domain.Evaluations;

namespace Feedback.Seeds.Organisation;

/// <summary>Something that was to be written into the bureau's streams breaks one of its rules.</summary>
/// <param name="refusal">The rule, the member and the value.</param>
public sealed class SeedRefusedException(Refusal refusal)
    : Exception($"{refusal.Code}: {refusal.Field} '{refusal.Value}' cannot be taken.")
{
    /// <summary>Which rule, which member, which value.</summary>
    public Refusal Refusal { get; } = refusal;
}
