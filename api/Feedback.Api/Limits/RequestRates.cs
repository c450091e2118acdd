namespace Feedback.Api.Limits;

/// <summary>
/// How many requests are taken from whom. Each rate is that of a token bucket: so many a second in the long run, and
/// <see cref="BurstSeconds"/> times as many at once.
/// </summary>
public sealed record RequestRates
{
    /// <summary>What holds unless told otherwise.</summary>
    public static readonly RequestRates Default = new();

    /// <summary>So many seconds' worth of requests may come at once from devices and readers.</summary>
    public const double BurstSeconds = 5;

    /// <summary>So many seconds' worth may come at once from an address of strangers: a hall's phones come in waves.</summary>
    public const double AddressBurstSeconds = 20;

    /// <summary>So many seconds' worth of bytes may come at once from an address: an hour's.</summary>
    public const double FileSeconds = 3600;

    /// <summary>Requests per second of a device key, for each window at or below its node. A batch is one request.</summary>
    public double Device { get; init; } = 20;

    /// <summary>Requests per second of an account or a token.</summary>
    public double Reader { get; init; } = 100;

    /// <summary>Requests per second of all strangers at one address together. Whoever is known counts by what he is known by, and not here.</summary>
    public double Address { get; init; } = 100;

    /// <summary>Bytes of what strangers at one address send along with their cases: so many at once, and as many again every hour.</summary>
    /// <remarks>Four cases with all the files that they take. Words alone hardly count, so whoever sends none is not kept waiting.</remarks>
    public double FileBytes { get; init; } = 100_000_000;

    /// <summary>Requests per second with keys or sessions that nobody has, per address.</summary>
    public double Failed => Address / 5;

    /// <summary>Tries of passwords and codes per second and address: fewer than the hashing of passwords can bear.</summary>
    public double Tries => Address / 20;

    /// <summary>Tries per second of a browser that somebody signed in with before, wherever it is.</summary>
    public double BrowserTries => Address / 100;
}
