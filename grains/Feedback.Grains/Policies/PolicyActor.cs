using Feedback.Grains.Audit;

namespace Feedback.Grains.Policies;

/// <summary>Who sets policies and defines years, as the audit trail and the journal tell it.</summary>
/// <param name="Name">Such as <c>account:NAME</c> or <c>verb</c>.</param>
/// <param name="Account">The account's name alone; null for the command line.</param>
/// <param name="Address">The IP address it came from; null for the command line.</param>
public sealed record PolicyActor(string Name, string? Account = null, string? Address = null)
{
    /// <summary>The command line.</summary>
    public static readonly PolicyActor Verb = new(Acts.Verb);
}
