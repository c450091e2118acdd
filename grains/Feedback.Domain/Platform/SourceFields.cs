using System.Collections.Frozen;
using System.Collections.Immutable;
using Feedback.Domain.Evaluations;

namespace Feedback.Domain.Platform;

/// <summary>What the value of a field of ours is.</summary>
public enum SourceShape
{
    /// <summary>A text or code.</summary>
    Text = 1,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>Yes or no.</summary>
    Flag,

    /// <summary>An instant.</summary>
    Time,

    /// <summary>Several codes.</summary>
    List,
}

/// <summary>A field of ours that a mapping can name.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">What its value is.</param>
public sealed record SourceField(string Name, SourceShape Shape)
{
    /// <summary>The only values that it can have; empty where they are not known beforehand.</summary>
    public ImmutableArray<string> Words { get; init; } = [];

    /// <summary>Whether it is personal text, which leaves only where the file allows it by name.</summary>
    public bool IsPersonal { get; init; }

    /// <summary>Whether its value is the id of a node.</summary>
    public bool IsNode { get; init; }
}

/// <summary>The fields of ours that each kind has.</summary>
public static class SourceFields
{
    /// <summary>The citizen's comment.</summary>
    public const string Comment = "comment";

    /// <summary>The number of the matter that was rated or finished.</summary>
    public const string MatterNumber = "matterNumber";

    /// <summary>What a field begins with that is the grade of one dimension.</summary>
    public const string DimensionPrefix = "dimension:";

    private static readonly ImmutableArray<string> Grades = ["1", "2", "3", "4", "5"];
    private static readonly ImmutableArray<string> Flags = ["true", "false"];

    private static readonly SourceField[] OfPlace =
    [
        Text("id"), Node("window"), Text("path"), Text("windowZh"), Node("hall"), Text("hallZh"), Text("serviceItem"), Text("staff"), Text("terminal"),
        Text("day"), Time("receivedAt"), Text("matter"), Text(MatterNumber) with { IsPersonal = true },
    ];

    private static readonly FrozenDictionary<PlatformKind, FrozenDictionary<string, SourceField>> ByKind = new Dictionary<PlatformKind, SourceField[]>
    {
        [PlatformKind.Evaluations] =
        [
            .. OfPlace,
            new("grade", SourceShape.Number) { Words = Grades },
            Text("origin") with { Words = [.. Enum.GetValues<Origin>().Select(one => one.Word())] },
            Text("channel") with { Words = [.. Enum.GetValues<Channel>().Select(one => one.Word())] },
            Text("status") with { Words = ["counted", "excluded"] },
            new("reasons", SourceShape.List), new("flags", SourceShape.List), Text("language"), Time("occurredAt"),
            Text(Comment) with { IsPersonal = true },
        ],
        [PlatformKind.Finished] = [.. OfPlace, Time("finishedAt"), Flag("rateable"), Text("source")],
        [PlatformKind.Matters] =
        [
            Text("id"), Node("node"), Text("path"), Text("nodeZh"), Text("item"), Text("number"),
            Text("stage") with { Words = ["open", "completed", "withdrawn"] },
            Flag("online"), Time("acceptedAt"), Text("acceptedDay"), Time("endedAt"), Text("endedDay"), Text("result"),
            new("visits", SourceShape.Number), Flag("overdue"), Time("deadline"),
        ],
    }.ToFrozenDictionary(kind => kind.Key, kind => kind.Value.ToFrozenDictionary(field => field.Name, StringComparer.Ordinal));

    /// <summary>The field of a kind with that name; null when it has none.</summary>
    public static SourceField? Find(PlatformKind kind, string name) =>
        kind == PlatformKind.Evaluations && name.StartsWith(DimensionPrefix, StringComparison.Ordinal) && name.Length > DimensionPrefix.Length
            ? new SourceField(name, SourceShape.Number) { Words = Grades }
            : ByKind[kind].GetValueOrDefault(name);

    /// <summary>The names of a kind's fields, ascending.</summary>
    public static IEnumerable<string> NamesOf(PlatformKind kind) =>
        ByKind[kind].Keys.Concat(kind == PlatformKind.Evaluations ? [DimensionPrefix + "…"] : []).Order(StringComparer.Ordinal);

    private static SourceField Text(string name) => new(name, SourceShape.Text);

    private static SourceField Node(string name) => Text(name) with { IsNode = true };

    private static SourceField Time(string name) => new(name, SourceShape.Time);

    private static SourceField Flag(string name) => new(name, SourceShape.Flag) { Words = Flags };
}
