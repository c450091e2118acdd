namespace Feedback.Grains.Accounts;

/// <summary>So many sign in at this moment that one more would have to wait too long. Nothing was tried and nothing counted.</summary>
public sealed class SignInBusyException() : Exception("Too many sign in at this moment.")
{
    /// <summary>After how long another try makes sense.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);
}
