using System.Text.Json;
using Feedback.Api.Intake;

namespace Feedback.Api.Cases;

/// <summary>Goes through a body member by member.</summary>
internal static class BodyMembers
{
    /// <summary>Gives each member once to whoever takes it; one that is null is not given, as if it had been left out.</summary>
    /// <param name="body">The body.</param>
    /// <param name="take">Takes a member by its name; false for one that is not known.</param>
    /// <exception cref="RefusedException">The body is no object, or a member is unknown, or given twice, or what it must not be.</exception>
    public static void Each(JsonElement body, Func<string, JsonElement, bool> take)
    {
        if (body.ValueKind != JsonValueKind.Object)
            throw Members.Refuse("object-expected");
        var given = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in body.EnumerateObject())
        {
            var name = Members.NameOf(member);
            if (!given.Add(name))
                throw Members.Refuse("member-twice", name);
            if (!take(name, member.Value))
                throw Members.Refuse("member-unknown", name);
        }
    }

    /// <summary>A text, or null where null stands.</summary>
    public static string? Text(JsonElement value, string field, int longest, bool multiline = false) =>
        value.ValueKind == JsonValueKind.Null ? null : Members.Text(value, field, longest, multiline);

    /// <summary>A code, or null where null stands.</summary>
    public static string? Code(JsonElement value, string field, int longest) =>
        value.ValueKind == JsonValueKind.Null ? null : Members.Code(value, field, longest);

    /// <summary>Yes or no, or null where null stands.</summary>
    public static bool? Flag(JsonElement value, string field) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Members.Refuse("flag-invalid", field),
    };

    /// <summary>A grade from 1 to 5, or null where null stands.</summary>
    public static int? Grade(JsonElement value, string field) => value.ValueKind == JsonValueKind.Null ? null : (int)Members.Grade(value, field);
}
