using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Personal.FreeText;
using Feedback.Domain.Time;

namespace Feedback.Api.Intake;

/// <summary>A member of a body that cannot be taken; carries the refusal that the client reads.</summary>
internal sealed class RefusedException(Refusal refusal) : Exception(refusal.Code)
{
    public Refusal Refusal { get; } = refusal;
}

/// <summary>Reads members of a body, each refused by name when it is not what it must be.</summary>
internal static class Members
{
    // Stands for what cannot be shown, because it is no text.
    private const string NoText = "?";

    public static string Text(JsonElement value, string field, int longest, bool multiline = false)
    {
        if (value.ValueKind != JsonValueKind.String)
            throw Refuse("text-expected", field);
        string text;
        try
        {
            text = value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Bytes that are no UTF-8, or an escaped half of a surrogate pair.
            throw Refuse("text-invalid", field);
        }

        return Kept(text, field, longest, multiline);
    }

    /// <summary>A text that is a code, and so kept in the open: none that holds the number or the address of a person.</summary>
    public static string Code(JsonElement value, string field, int longest)
    {
        var text = Text(value, field, longest);
        return CodeScan.TellsOfPerson(text) ? throw Refuse("member-personal", field) : text;
    }

    public static Grade Grade(JsonElement value, string field) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number is >= 1 and <= 5
            ? (Grade)number
            : throw Refuse("grade-out-of-range", field, Written(value));

    /// <summary>Yes or no, as JSON's own <c>true</c> and <c>false</c>.</summary>
    public static bool Flag(JsonElement value, string field) =>
        value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Refuse("flag-invalid", field);

    /// <summary>A member's name.</summary>
    public static string NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            throw Refuse("text-invalid", NoText);
        }
    }

    /// <summary>A member's name that is a code, clean like every text that is kept.</summary>
    public static string CodeOf(JsonProperty member, string field, int longest) => Kept(NameOf(member), field, longest, multiline: false);

    public static Moment Time(JsonElement value, string field) =>
        Moment.TryParse(Text(value, field, 64), out var moment) ? moment : throw Refuse("time-invalid", field);

    /// <summary>Codes, each once, ascending.</summary>
    public static ImmutableArray<string> Codes(JsonElement value, string field, int most, int longest) =>
        [.. List(value, field, most, (code, at) => Code(code, at, longest)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>A list, in the order in which it was sent.</summary>
    /// <param name="value">The member.</param>
    /// <param name="field">Its name.</param>
    /// <param name="most">How many there may be.</param>
    /// <param name="read">Reads one of them, told its place, such as <c>reasons[0]</c>.</param>
    public static ImmutableArray<T> List<T>(JsonElement value, string field, int most, Func<JsonElement, string, T> read)
    {
        if (value.ValueKind != JsonValueKind.Array)
            throw Refuse("list-expected", field);
        if (value.GetArrayLength() > most)
            throw Refuse("list-too-long", field, most.ToString(CultureInfo.InvariantCulture));
        return [.. value.EnumerateArray().Select((one, index) => read(one, string.Create(CultureInfo.InvariantCulture, $"{field}[{index}]")))];
    }

    /// <summary>Why a body is not taken that lacks a member.</summary>
    public static RefusedException Missing(string field) => Refuse("member-missing", field);

    public static RefusedException Refuse(string code, string? field = null, string? value = null) => new(new Refusal(code, field, value));

    /// <summary>A text that is already one, if it is not empty, not too long and clean.</summary>
    public static string Kept(string text, string field, int longest, bool multiline)
    {
        if (text.Length == 0)
            throw Refuse("text-empty", field);
        if (text.Length > longest)
            throw Refuse("text-too-long", field, longest.ToString(CultureInfo.InvariantCulture));
        return IsClean(text, multiline) ? text : throw Refuse("text-invalid", field);
    }

    // As the client wrote it: a 5 in quotes is shown in quotes.
    private static string Written(JsonElement value)
    {
        try
        {
            return value.GetRawText();
        }
        catch (InvalidOperationException)
        {
            return NoText;
        }
    }

    // Line breaks and tabs belong into comments; every other control character is somebody's mistake or worse.
    private static bool IsClean(string text, bool multiline)
    {
        foreach (var character in text)
        {
            if (char.IsControl(character) && !(multiline && character is '\n' or '\r' or '\t'))
                return false;
        }

        return true;
    }
}
