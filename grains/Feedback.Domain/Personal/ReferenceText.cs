using System.Text.Json;
using Feedback.Domain.Journal;

namespace Feedback.Domain.Personal;

/// <summary>The stored text of references to personal text.</summary>
internal static class ReferenceText
{
    public static void Reference(this CanonicalWriter text, ReadOnlySpan<byte> name, MatterReference? matter)
    {
        if (matter is null)
            return;
        text.BeginObject(name).Member("hash"u8, matter.Hash.ToString()).Member("ref"u8, matter.Ref?.ToString()).EndObject();
    }

    public static void Reference(this CanonicalWriter text, ReadOnlySpan<byte> name, PersonalReference? personal)
    {
        if (personal is null)
            return;
        text.BeginObject(name).Member("ref"u8, personal.Ref.ToString()).Member("hash"u8, personal.Hash.ToString()).EndObject();
    }

    public static MatterReference? MatterReference(this JsonElement from, string name) =>
        from.TryGetProperty(name, out var matter)
            ? new MatterReference(matter.Opaque("hash"), matter.TryGetProperty("ref", out _) ? matter.Opaque("ref") : null)
            : null;

    public static PersonalReference? PersonalReference(this JsonElement from, string name) =>
        from.TryGetProperty(name, out var personal) ? new PersonalReference(personal.Opaque("ref"), personal.Opaque("hash")) : null;
}
