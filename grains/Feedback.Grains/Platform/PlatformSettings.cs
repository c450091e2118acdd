using System.Collections.Immutable;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Platform;
using Feedback.Domain.Time;

namespace Feedback.Grains.Platform;

/// <summary>What is reported to a higher platform, and how. All silos of a cluster have the same.</summary>
public sealed record PlatformSettings
{
    /// <summary>Nothing is reported.</summary>
    public static readonly PlatformSettings None = new();

    /// <summary>Where items are posted; null where nothing is reported.</summary>
    public Uri? Items { get; init; }

    /// <summary>Whether it may be in the bureau's own network or on this machine, because the operator said so.</summary>
    public bool AllowPrivate { get; init; }

    /// <summary>The bearer token in UTF-8; empty for none.</summary>
    public ImmutableArray<byte> Token { get; init; } = [];

    /// <summary>The keys of the signature, as hooks have them; empty for none.</summary>
    public ImmutableArray<ImmutableArray<byte>> Keys { get; init; } = [];

    /// <summary>The most events that one request is made of, 1 to 1,000.</summary>
    public int BatchSize { get; init; } = 200;

    /// <summary>The first local day that is reported.</summary>
    public DateOnly From { get; init; }

    /// <summary>The node, by id or path, at or below which is reported; null for the whole bureau.</summary>
    public string? Node { get; init; }

    /// <summary>Which evaluations are reported, by where their grade comes from: what citizens chose themselves, unless told. Silence is not praise.</summary>
    public ImmutableHashSet<Origin> Origins { get; init; } = [Origin.Active];

    /// <summary>The zone of local times, and of the midnight after which days are compared.</summary>
    public HallZone Zone { get; init; } = HallZone.Get("Asia/Shanghai");

    /// <summary>What is reported, and in which words; what is not in it is not reported.</summary>
    public ImmutableDictionary<PlatformKind, ItemMapping> Mappings { get; init; } = ImmutableDictionary<PlatformKind, ItemMapping>.Empty;

    /// <summary>How the platform is asked for its counts; null where days are not compared.</summary>
    public PlatformCounts? Counts { get; init; }

    /// <summary>Whether anything is reported.</summary>
    public bool IsOn => Items is not null;
}

/// <summary>How the platform is asked how much it has of a day.</summary>
/// <param name="Address">Where.</param>
/// <param name="DayParameter">The parameter of the query that names the day, <c>yyyy-MM-dd</c>.</param>
/// <param name="Fields">The members of its answer, by what they count.</param>
/// <param name="Hour">The local hour from which it is asked about the days before, 0 to 23.</param>
public sealed record PlatformCounts(Uri Address, string DayParameter, ImmutableDictionary<PlatformKind, string> Fields, int Hour)
{
    /// <summary>How many days are looked back at, and shown.</summary>
    public const int Days = 14;
}
