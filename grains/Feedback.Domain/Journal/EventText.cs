using System.Collections.Frozen;
using System.Text.Json;
using Feedback.Domain.Audit;
using Feedback.Domain.Boxes;
using Feedback.Domain.Cases;
using Feedback.Domain.Catalogue;
using Feedback.Domain.Checkpoints;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Hotline;
using Feedback.Domain.Keys;
using Feedback.Domain.Matters;
using Feedback.Domain.Organisation;
using Feedback.Domain.Paper;
using Feedback.Domain.Policies;
using Feedback.Domain.ServiceMatters;
using Feedback.Domain.Supervision;
using Feedback.Domain.Windows;

namespace Feedback.Domain.Journal;

/// <summary>
/// The text of events, as it is hashed and kept: <c>{"kind":…,"v":…,"salt":…, members}</c>. Every kind that was ever
/// written can be read; stored bytes are never changed.
/// </summary>
public static class EventText
{
    /// <summary>Every kind that this release reads and writes.</summary>
    public static IReadOnlyList<EventKind> Kinds { get; } =
    [
        .. EvaluationTexts.Kinds, .. MatterTexts.Kinds, .. WindowTexts.Kinds,
        .. OrganisationTexts.Kinds, .. CatalogueTexts.Kinds, .. KeyTexts.Kinds,
        .. AuditTexts.Kinds, .. CheckpointTexts.Kinds, .. SupervisionTexts.Kinds,
        .. PolicyTexts.Kinds,
        .. CaseTexts.Kinds,
        .. ServiceMatterTexts.Kinds, .. DisclosureTexts.Kinds,
        .. BoxTexts.Kinds, .. PaperTexts.Kinds, .. HotlineTexts.Kinds,
    ];

    // The newest version of a record's kind is the one that is written.
    private static readonly FrozenDictionary<Type, EventKind> ByType = Kinds
        .GroupBy(kind => kind.Type).ToFrozenDictionary(kinds => kinds.Key, kinds => kinds.MaxBy(kind => kind.Version)!);

    private static readonly FrozenDictionary<(string, long), EventKind> ByName =
        Kinds.ToFrozenDictionary(kind => (kind.Name, (long)kind.Version));

    [ThreadStatic]
    private static CanonicalWriter? _writer;

    /// <summary>The bytes of an event.</summary>
    /// <exception cref="ArgumentException">A text in it holds U+0000 or half of a surrogate pair.</exception>
    public static byte[] Write(JournalEvent happened)
    {
        var kind = ByType[happened.GetType()];
        var text = _writer ??= new CanonicalWriter();
        text.Clear();
        text.BeginObject().Member("kind"u8, kind.Name).Member("v"u8, kind.Version).Member("salt"u8, happened.Salt.ToString());
        kind.WriteMembers(text, happened);
        return text.EndObject().Written.ToArray();
    }

    /// <summary>Reads one event.</summary>
    /// <exception cref="UnknownKindException">The kind or its version is not known to this release.</exception>
    /// <exception cref="JsonException">The bytes are not JSON.</exception>
    /// <exception cref="FormatException">A member is not what its kind demands.</exception>
    public static JournalEvent Read(ReadOnlyMemory<byte> element)
    {
        using var document = JsonDocument.Parse(element);
        return EventReading.Whole(document.RootElement, ReadKnown);
    }

    private static JournalEvent ReadKnown(JsonElement root)
    {
        var (name, version) = (root.Text("kind"), root.Number("v"));
        return ByName.TryGetValue((name, version), out var kind)
            ? kind.Read(root, root.Opaque("salt"))
            : throw new UnknownKindException(name, version);
    }

    /// <summary>Reads all events of a row, each with its version.</summary>
    public static IEnumerable<(long Version, JournalEvent Happened)> Read(JournalRow row)
    {
        var version = row.Version;
        foreach (var element in row.Elements())
            yield return (version++, Read(element));
    }
}
