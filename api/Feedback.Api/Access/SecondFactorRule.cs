using Feedback.Grains.Accounts;

namespace Feedback.Api.Access;

/// <summary>Whether roles that see more than what is released need a second factor here.</summary>
/// <param name="Required">False where whoever has a second factor uses it, and nobody must have one: to try things out.</param>
public sealed record SecondFactorRule(bool Required)
{
    /// <summary>Whether an account may sign in only after a second proof.</summary>
    public bool Demands(Account account) => Required && account.NeedsSecondFactor;
}
