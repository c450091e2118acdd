using System.Collections.Immutable;
using System.Text.Json;
using Feedback.Domain.Journal;

namespace Feedback.Domain.ServiceMatters;

/// <summary>The stored text of service matters: members of the kind, then <c>by</c>, <c>at</c> and <c>day</c>.</summary>
internal static class ServiceMatterTexts
{
    public static readonly EventKind[] Kinds =
    [
        Of<MatterAccepted>("matter.accepted",
            (text, e) =>
            {
                text.Member("node"u8, e.Node.Value).Member("item"u8, e.Item).Member("number"u8, e.Number.ToString()).Flag("online"u8, e.Online);
                text.Missing("missing"u8, e.Missing);
                text.Member("limit"u8, e.Limit).Member("catalogue"u8, e.Catalogue);
            },
            (text, salt, stamp) => new()
            {
                Salt = salt, Stamp = stamp, Node = text.Node("node"), Item = text.Text("item"), Number = text.Opaque("number"), Online = text.Flag("online"),
                Missing = text.Missing("missing"), Limit = text.TextOrNull("limit"), Catalogue = text.Number("catalogue"),
            }),
        Of<MatterSupplemented>("matter.supplemented",
            (text, e) => text.Member("documents"u8, e.Documents),
            (text, salt, stamp) => new() { Salt = salt, Stamp = stamp, Documents = text.Texts("documents") }),
        Of<MatterVisited>("matter.visited",
            (text, e) =>
            {
                text.Member("documents"u8, e.Documents);
                text.Asked("asked"u8, e.Asked);
                text.Flag("lawful"u8, e.Lawful);
            },
            (text, salt, stamp) => new()
            {
                Salt = salt, Stamp = stamp, Documents = text.Texts("documents"), Asked = text.Asked("asked"), Lawful = text.Flag("lawful"),
            }),
        Of<MatterCompleted>("matter.completed",
            (text, e) => text.Member("result"u8, e.Result).Member("visits"u8, e.Visits).Member("deadline"u8, e.Deadline),
            (text, salt, stamp) => new()
            {
                Salt = salt, Stamp = stamp, Result = text.Text("result"), Deadline = text.NumberOrNull("deadline"),
                Visits = text.NumberOrNull("visits", 0, int.MaxValue) ?? throw new FormatException("Member 'visits' is missing."),
            }),
        Of<MatterWithdrawn>("matter.withdrawn",
            (text, e) => text.Member("reason"u8, e.Reason),
            (text, salt, stamp) => new() { Salt = salt, Stamp = stamp, Reason = text.Text("reason") }),
        Of<MatterAccountable>("matter.accountable",
            (text, e) => text.Member("reason"u8, e.Reason).Member("documents"u8, e.Documents).Member("deadline"u8, e.Deadline),
            (text, salt, stamp) => new()
            {
                Salt = salt, Stamp = stamp, Reason = text.Text("reason"), Documents = text.Texts("documents"), Deadline = text.NumberOrNull("deadline"),
            }),
    ];

    public static void Missing(this CanonicalWriter text, ReadOnlySpan<byte> name, ImmutableArray<MissingDocument> missing)
    {
        if (missing.IsEmpty)
            return;
        text.BeginArray(name);
        foreach (var one in missing)
        {
            text.BeginObject().Member("code"u8, one.Code).Member("title"u8, one.Title).Member("how"u8, one.Kind.Word())
                .Member("dueOn"u8, one.DueOn?.DayText()).EndObject();
        }

        text.EndArray();
    }

    public static ImmutableArray<MissingDocument> Missing(this JsonElement from, string name) => from.TryGetProperty(name, out var all)
        ? [.. all.EnumerateArray().Select(one => new MissingDocument(
            one.Text("code"), one.Text("title"),
            MatterWords.KindOf(one.Text("how")) ?? throw new FormatException("Member 'how' is not a known word."),
            one.TryGetProperty("dueOn", out _) ? one.Day("dueOn") : null))]
        : [];

    public static void Asked(this CanonicalWriter text, ReadOnlySpan<byte> name, ImmutableArray<AskedDocument> asked)
    {
        if (asked.IsEmpty)
            return;
        text.BeginArray(name);
        foreach (var one in asked)
            text.BeginObject().Member("code"u8, one.Code).Member("title"u8, one.Title).EndObject();
        text.EndArray();
    }

    public static ImmutableArray<AskedDocument> Asked(this JsonElement from, string name) => from.TryGetProperty(name, out var all)
        ? [.. all.EnumerateArray().Select(one => new AskedDocument(one.Text("code"), one.Text("title")))]
        : [];

    private static EventKind Of<T>(string name, Action<CanonicalWriter, T> write, Func<JsonElement, Opaque, MatterStamp, T> read)
        where T : MatterEvent => EventKind.Of<T>(
            name, 1,
            (text, e) =>
            {
                write(text, e);
                text.Member("by"u8, e.Stamp.By).Member("at"u8, e.Stamp.At).Member("day"u8, e.Stamp.Day.DayText());
            },
            (text, salt) => read(text, salt, new MatterStamp(text.Number("at"), text.Day("day"), text.Text("by"))));
}
