using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Organisation;

namespace Feedback.Domain.Journal;

/// <summary>Reads members of stored texts; a missing or misshapen member is a <see cref="FormatException"/> that names it.</summary>
internal static class EventReading
{
    /// <summary>Reads a text as a whole, where an object, an array or a value may stand in each other's place.</summary>
    public static T Whole<T>(JsonElement root, Func<JsonElement, T> read)
    {
        try
        {
            return read(root);
        }
        catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException("The text has another shape: " + e.Message, e);
        }
    }

    public static string Text(this JsonElement from, string name) =>
        from.TextOrNull(name) ?? throw new FormatException($"Member '{name}' is missing.");

    public static string? TextOrNull(this JsonElement from, string name) =>
        !from.TryGetProperty(name, out var value) ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : throw new FormatException($"Member '{name}' is not a text.");

    public static long Number(this JsonElement from, string name) =>
        from.NumberOrNull(name) ?? throw new FormatException($"Member '{name}' is missing.");

    public static long? NumberOrNull(this JsonElement from, string name) =>
        !from.TryGetProperty(name, out var value) ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number
        : throw new FormatException($"Member '{name}' is not an integer.");

    /// <summary>An integer in [least, most], or null; one outside is refused, never cut to fewer bits.</summary>
    public static int? NumberOrNull(this JsonElement from, string name, int least, int most) =>
        from.NumberOrNull(name) is not { } number ? null
        : number >= least && number <= most ? (int)number
        : throw new FormatException($"Member '{name}' is not within {least} to {most}.");

    public static Grade? GradeOrNull(this JsonElement from, string name) =>
        from.TryGetProperty(name, out var value) ? value.AsGrade(name) : null;

    public static Grade AsGrade(this JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var grade)
        && grade is >= (int)Grade.VeryDissatisfied and <= (int)Grade.VerySatisfied
            ? (Grade)grade
            : throw new FormatException($"Member '{name}' is not a grade.");

    public static bool Flag(this JsonElement from, string name) =>
        from.TryGetProperty(name, out var value)
        && (value.ValueKind == JsonValueKind.True ? true : throw new FormatException($"Member '{name}' is there and not true."));

    public static ImmutableArray<string> Texts(this JsonElement from, string name) =>
        from.TryGetProperty(name, out var values)
            ? [.. values.EnumerateArray().Select(value => value.GetString() ?? throw new FormatException($"Member '{name}' holds no text."))]
            : [];

    public static NodeId Node(this JsonElement from, string name) => new(from.Text(name));

    public static Opaque Opaque(this JsonElement from, string name) => Journal.Opaque.Parse(from.Text(name));

    public static DateOnly Day(this JsonElement from, string name) =>
        DateOnly.ParseExact(from.Text(name), "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string DayText(this DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
