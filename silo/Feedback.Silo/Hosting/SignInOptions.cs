using Feedback.Web.SignIn;

namespace Feedback.Silo.Hosting;

/// <summary>What people prove when they sign in.</summary>
/// <param name="SecondFactor">Whether roles that see more than what is released need a second factor.</param>
/// <param name="Provider">The bureau's own provider; null without one.</param>
internal sealed record SignInOptions(bool SecondFactor, SignInProvider? Provider = null)
{
    /// <summary>A second factor, and no provider but ourselves.</summary>
    public static readonly SignInOptions Strict = new(SecondFactor: true);

    /// <summary>Whoever has a second factor uses it; nobody must have one.</summary>
    public static readonly SignInOptions Optional = new(SecondFactor: false);
}
