using System.Text.Json;
using Feedback.Domain.Journal;
using Feedback.Domain.Time;

namespace Feedback.Domain.Windows;

/// <summary>The stored text of what the server set: the member <c>set</c>.</summary>
internal static class AdmissionText
{
    public static void Write(CanonicalWriter text, Admission admission) => text
        .BeginObject("set"u8)
        .Member("receivedAt"u8, admission.ReceivedAt)
        .Member("terminal"u8, admission.Terminal)
        .Member("key"u8, admission.Key)
        .Member("signature"u8, admission.Signature)
        .Member("hall"u8, admission.Hall.Value)
        .Member("parent"u8, admission.Parent.Value)
        .Member("day"u8, admission.Day.DayText())
        .Member("hour"u8, admission.Hour)
        .Member("staff"u8, admission.Staff)
        .Member("scheme"u8, admission.Scheme)
        .Member("catalogue"u8, admission.Catalogue)
        .Member("policy"u8, admission.Policy)
        .Member("flags"u8, admission.Flags)
        .Member("uncatalogued"u8, admission.Uncatalogued)
        .Member("imported"u8, admission.Imported)
        .EndObject();

    public static Admission Read(JsonElement text)
    {
        var set = text.GetProperty("set");
        return new Admission
        {
            ReceivedAt = set.Number("receivedAt"),
            Terminal = set.Text("terminal"),
            Key = set.TextOrNull("key"),
            Signature = set.TextOrNull("signature"),
            Hall = set.Node("hall"),
            Parent = set.Node("parent"),
            Day = set.Day("day"),
            Hour = set.NumberOrNull("hour", 0, 23),
            Staff = set.TextOrNull("staff"),
            Scheme = set.Number("scheme"),
            Catalogue = set.Number("catalogue"),
            Policy = set.Number("policy"),
            Flags = set.Texts("flags"),
            Uncatalogued = set.Texts("uncatalogued"),
            Imported = set.TextOrNull("imported"),
        };
    }
}

/// <summary>The stored text of a device's time: UTC milliseconds, the original offset, and whether only the day is known.</summary>
internal static class MomentText
{
    public static void Write(CanonicalWriter text, Moment moment) => text
        .Member("at"u8, moment.UtcMilliseconds)
        .Member("offset"u8, moment.OffsetMinutes)
        .Flag("dateOnly"u8, moment.DateOnly);

    public static Moment Read(JsonElement from) => new(
        from.Number("at"),
        (short)(from.NumberOrNull("offset", -1080, 1080) ?? throw new FormatException("Member 'offset' is missing.")),
        from.Flag("dateOnly"));
}
