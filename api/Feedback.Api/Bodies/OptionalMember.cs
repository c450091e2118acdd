using System.Collections.Immutable;
using System.Text.Json;
using Feedback.Api.Intake;
using Feedback.Domain.Time;

namespace Feedback.Api.Bodies;

/// <summary>Reads members for which null is as good as left out: null where null stands, and otherwise what <see cref="Members"/> reads or refuses.</summary>
internal static class OptionalMember
{
    /// <summary>A text.</summary>
    public static string? Text(JsonElement value, string field, int longest, bool multiline = false) =>
        IsNull(value) ? null : Members.Text(value, field, longest, multiline);

    /// <summary>A text that is a code.</summary>
    public static string? Code(JsonElement value, string field, int longest) => IsNull(value) ? null : Members.Code(value, field, longest);

    /// <summary>Codes, each once, ascending.</summary>
    public static ImmutableArray<string>? Codes(JsonElement value, string field, int most, int longest) =>
        IsNull(value) ? null : Members.Codes(value, field, most, longest);

    /// <summary>A list.</summary>
    public static ImmutableArray<T>? List<T>(JsonElement value, string field, int most, Func<JsonElement, string, T> read) =>
        IsNull(value) ? null : Members.List(value, field, most, read);

    /// <summary>Yes or no.</summary>
    public static bool? Flag(JsonElement value, string field) => IsNull(value) ? null : Members.Flag(value, field);

    /// <summary>A grade from 1 to 5.</summary>
    public static int? Grade(JsonElement value, string field) => IsNull(value) ? null : (int)Members.Grade(value, field);

    /// <summary>A time with its offset.</summary>
    public static Moment? Time(JsonElement value, string field) => IsNull(value) ? null : Members.Time(value, field);

    private static bool IsNull(JsonElement value) => value.ValueKind == JsonValueKind.Null;
}
