using System.Collections.Immutable;
using Feedback.Domain.Platform;
using Feedback.Grains.Notices;

namespace Feedback.Grains.Platform;

/// <summary>Speaks with the platform.</summary>
public interface IPlatformCarrier
{
    /// <summary>Posts items.</summary>
    /// <param name="body">What <see cref="PlatformText"/> writes.</param>
    /// <param name="key">Its identity: the same whenever the same body is sent again.</param>
    /// <param name="timestamp">When it is sent, seconds since 1970, UTC; part of what is signed.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>What it answered, whatever that was.</returns>
    /// <exception cref="DeliveryException">It did not answer.</exception>
    Task<PlatformAnswer> SendAsync(byte[] body, string key, long timestamp, CancellationToken cancellation);

    /// <summary>Asks how many items of a day the platform has.</summary>
    /// <exception cref="DeliveryException">It did not answer, or not with numbers.</exception>
    Task<IReadOnlyDictionary<PlatformKind, long>> CountsAsync(DateOnly day, CancellationToken cancellation);
}

/// <summary>What the platform answered to items.</summary>
/// <param name="Status">The status of HTTP.</param>
/// <param name="Rejected">The items that it names as rejected.</param>
public sealed record PlatformAnswer(int Status, ImmutableArray<ItemRejection> Rejected)
{
    /// <summary>Whether it took all that it did not name.</summary>
    public bool IsTaken => Status is >= 200 and <= 299;
}

/// <summary>An item that the platform does not want as it is.</summary>
/// <param name="Id">The item's identity.</param>
/// <param name="Reason">Why, in the platform's words.</param>
public sealed record ItemRejection(string Id, string Reason);

/// <summary>For hosts without a carrier: nothing can be sent from there.</summary>
internal sealed class NoPlatformCarrier : IPlatformCarrier
{
    public Task<PlatformAnswer> SendAsync(byte[] body, string key, long timestamp, CancellationToken cancellation) =>
        throw new DeliveryException("nothing can be sent from here");

    public Task<IReadOnlyDictionary<PlatformKind, long>> CountsAsync(DateOnly day, CancellationToken cancellation) =>
        throw new DeliveryException("nothing can be asked from here");
}
