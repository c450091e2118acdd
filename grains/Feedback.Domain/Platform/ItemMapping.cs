using System.Collections.Immutable;
using Feedback.Domain.Journal;
using Feedback.Domain.Time;

namespace Feedback.Domain.Platform;

/// <summary>How items of one kind become what the platform expects.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Fields">The platform's fields, in the order in which they are written.</param>
public sealed record ItemMapping(PlatformKind Kind, ImmutableArray<FieldRule> Fields)
{
    /// <summary>Whether a field of ours is asked for.</summary>
    public bool Wants(string source) => Fields.Any(rule => rule.From?.Name == source);

    /// <summary>Whether any personal text is asked for.</summary>
    public bool WantsPersonal => Fields.Any(rule => rule.From is { IsPersonal: true });

    /// <summary>What the platform gets of an item.</summary>
    public MappedItem Map(PlatformItem item, HallZone zone)
    {
        var written = ImmutableArray.CreateBuilder<(string, SourceValue)>(Fields.Length);
        foreach (var rule in Fields)
        {
            if (rule.Apply(item.Fields, zone, out var value) is { } gap)
                return new MappedItem([], gap);
            if (value is not null)
                written.Add((rule.Target, value));
        }

        return new MappedItem(written.ToImmutable(), null);
    }
}

/// <summary>An item in the platform's words.</summary>
/// <param name="Fields">Its fields; empty where there is a gap.</param>
/// <param name="Gap">Why it cannot be told; null when it can.</param>
public readonly record struct MappedItem(ImmutableArray<(string Target, SourceValue Value)> Fields, MappingGap? Gap);

/// <summary>Something that is reported, in our words, as it stands when it is read.</summary>
/// <param name="Id">Its identity, the same whenever it is sent: the window and the identity of the event there, or the id of the matter.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Stream">The stream in which it is stored.</param>
/// <param name="Version">Its version there; 0 for a service matter, which is all of its stream.</param>
/// <param name="Day">The local day on which it is counted: that of the rating, of the finish, or of the acceptance.</param>
/// <param name="IsNew">Whether it was never sent before, as far as the cursor tells.</param>
/// <param name="Fields">What we have of it, by the names of <see cref="SourceFields"/>; what there is not is missing.</param>
public sealed record PlatformItem(
    string Id, PlatformKind Kind, StreamName Stream, long Version, DateOnly Day, bool IsNew, IReadOnlyDictionary<string, SourceValue> Fields);
