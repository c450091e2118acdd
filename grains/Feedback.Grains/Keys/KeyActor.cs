namespace Feedback.Grains.Keys;

/// <summary>Who does something about keys, as the audit trail tells it.</summary>
/// <param name="Name">Such as <c>account:NAME</c>, <c>terminal:t3</c>, <c>verb</c>.</param>
/// <param name="Address">The IP address it came from; null for the command line.</param>
public readonly record struct KeyActor(string Name, string? Address = null)
{
    /// <summary>The command line.</summary>
    public static readonly KeyActor Verb = new("verb");
}
