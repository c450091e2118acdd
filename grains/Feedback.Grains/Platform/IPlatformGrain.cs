namespace Feedback.Grains.Platform;

/// <summary>The one sender of a site to the higher platform. The key is <see cref="Key"/>; two activations at once do no harm.</summary>
[Alias("feedback.platform")]
public interface IPlatformGrain : IGrainWithStringKey
{
    /// <summary>The key of the only one.</summary>
    const string Key = "platform";

    /// <summary>Looks whether there is something to send or to compare, and begins. Returns before it is done.</summary>
    [Alias("wake")]
    Task Wake();

    /// <summary>How the sending fares.</summary>
    [Alias("report")]
    Task<PlatformFare> Report();
}

/// <summary>How the sending to the platform fares.</summary>
/// <param name="FailingSince">Since when the platform takes nothing, milliseconds UTC; null while all is well.</param>
/// <param name="Reason">Why, in a few words; null likewise.</param>
/// <param name="NextAt">When it is tried again, milliseconds UTC; null likewise.</param>
/// <param name="CountsReason">Why days could not be compared; null while all is well.</param>
[GenerateSerializer, Immutable, Alias("feedback.platform-fare")]
public readonly record struct PlatformFare(
    [property: Id(0)] long? FailingSince, [property: Id(1)] string? Reason, [property: Id(2)] long? NextAt, [property: Id(3)] string? CountsReason);
