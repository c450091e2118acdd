using System.Globalization;
using System.Text.Json;

namespace Feedback.Silo.Platform;

/// <summary>An object of the file about the platform, with the place where it stands; whatever is not as it should be names its place.</summary>
internal sealed class FileMembers
{
    private readonly Dictionary<string, JsonElement> _members = new(StringComparer.Ordinal);
    private readonly string _place;

    /// <summary>Takes an object.</summary>
    /// <param name="element">The object.</param>
    /// <param name="place">Where it stands; empty for the whole file.</param>
    /// <param name="allowed">The members that it may have; null where their names are free.</param>
    public FileMembers(JsonElement element, string place, params string[]? allowed)
    {
        _place = place;
        if (element.ValueKind != JsonValueKind.Object)
            throw new PlatformFileException(place, "object-expected");
        foreach (var member in element.EnumerateObject())
        {
            if (allowed is { Length: > 0 } && !allowed.Contains(member.Name))
                throw new PlatformFileException(At(member.Name), "member-unknown", string.Join(", ", allowed));
            if (!_members.TryAdd(member.Name, member.Value))
                throw new PlatformFileException(At(member.Name), "member-twice");
        }
    }

    /// <summary>The names, in the order of the file.</summary>
    public IEnumerable<string> Names => _members.Keys;

    /// <summary>Where a member stands.</summary>
    public string At(string name) => _place.Length == 0 ? name : $"{_place}.{name}";

    /// <summary>Whether a member is there.</summary>
    public bool Has(string name) => _members.ContainsKey(name);

    /// <summary>A member as it stands; null when it is not there.</summary>
    public JsonElement? Find(string name) => _members.TryGetValue(name, out var value) ? value : null;

    /// <summary>A text that is not empty; null when it is not there.</summary>
    public string? Text(string name) => Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text && text.Trim() == text && !text.Any(char.IsControl) ? text
        : throw new PlatformFileException(At(name), "text-expected");

    /// <summary>A text that must be there.</summary>
    public string Needed(string name) => Text(name) ?? throw new PlatformFileException(At(name), "member-missing");

    /// <summary>A whole number within bounds; null when it is not there.</summary>
    public int? Number(string name, int least, int most) => Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most ? number
        : throw new PlatformFileException(At(name), "number-expected", least, most);

    /// <summary>Yes or no; no when it is not there.</summary>
    public bool Flag(string name) => Find(name) is { } value && value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw new PlatformFileException(At(name), "flag-expected"),
    };

    /// <summary>A day; it must be there.</summary>
    public DateOnly Day(string name) =>
        DateOnly.TryParseExact(Needed(name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day : throw new PlatformFileException(At(name), "day-invalid");

    /// <summary>An object that is a member; null when it is not there.</summary>
    public FileMembers? Object(string name, params string[]? allowed) => Find(name) is { } value ? new FileMembers(value, At(name), allowed) : null;
}
