using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Feedback.Domain.Evaluations;
using Feedback.Domain.WorkingTime;

namespace Feedback.Domain.Policies;

/// <summary>A member of a policy's document is not what it must be.</summary>
internal sealed class PolicyTextException(Refusal refusal) : Exception(refusal.Code)
{
    public Refusal Refusal => refusal;
}

/// <summary>Reads the members of an object of a policy's document; what is wrong is told by the path of the member, such as <c>rules[2].kind</c>.</summary>
internal sealed class PolicyReader
{
    private readonly Dictionary<string, JsonElement> _members = new(StringComparer.Ordinal);
    private readonly List<string> _known = [];
    private readonly string _path;

    private PolicyReader(JsonElement value, string path)
    {
        _path = path;
        if (value.ValueKind != JsonValueKind.Object)
            throw Wrong("policy-object", path.Length == 0 ? "text" : path);
        foreach (var member in value.EnumerateObject())
        {
            if (NameOf(member) is not { } name)
                throw Wrong("policy-name", path.Length == 0 ? "text" : path);
            if (!_members.TryAdd(name, member.Value))
                throw Wrong("policy-member-twice", PathOf(name));
        }
    }

    public static T Whole<T>(JsonElement root, Func<PolicyReader, T> read) => Read(root, "", read);

    public static PolicyTextException Wrong(string code, string field, string? value = null) => new(new Refusal(code, field, value));

    public string PathOf(string name) => _path.Length == 0 ? name : $"{_path}.{name}";

    /// <summary>The names of the members that are there.</summary>
    public IReadOnlyCollection<string> Names => _members.Keys;

    public bool Has(string name) => Find(name) is not null;

    /// <summary>A text of 1 to so many characters.</summary>
    public string? Text(string name, int longest)
    {
        if (Find(name) is not { } value)
            return null;
        return TextOf(value)?.Trim() is { Length: > 0 } text && text.Length <= longest && !text.Any(char.IsControl)
            ? text
            : throw Wrong("policy-text", PathOf(name), Number(longest));
    }

    public T Needed<T>(string name, T? value)
        where T : class => value ?? throw Wrong("policy-member-missing", PathOf(name));

    /// <summary>One of some words.</summary>
    public string? Word(string name, params IReadOnlyList<string> words) => Find(name) is not { } value ? null
        : TextOf(value) is { } word && words.Contains(word) ? word
        : throw Wrong("policy-word", PathOf(name), string.Join(", ", words));

    /// <summary><c>"yes"</c> or <c>"no"</c>; JSON's own <c>true</c> and <c>false</c> are taken as well.</summary>
    public bool? Yes(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => Word(name, "yes", "no") == "yes",
    };

    /// <summary>A whole number within [least, most].</summary>
    public int? Number(string name, int least, int most) => Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most ? number
        : throw Wrong("count-invalid", PathOf(name), $"{Number(least)}–{Number(most)}");

    /// <summary>A limit such as <c>5wd</c>; of certain units only where some are named.</summary>
    public Limit? Limit(string name, params IReadOnlyList<LimitUnit> units)
    {
        if (Find(name) is not { } value)
            return null;
        var text = TextOf(value) ?? value.GetRawText();
        if (!WorkingTime.Limit.TryParse(text, out var limit, out var refusal, PathOf(name)))
            throw new PolicyTextException(refusal);
        return units.Count == 0 || units.Contains(limit.Unit) ? limit : throw Wrong("policy-limit-days", PathOf(name), text);
    }

    /// <summary>An object; null when it is left out.</summary>
    public T? Object<T>(string name, Func<PolicyReader, T> read)
        where T : class => Find(name) is { } value ? Read(value, PathOf(name), read) : null;

    /// <summary>A list of objects; null when it is left out.</summary>
    public ImmutableArray<T>? List<T>(string name, int most, Func<PolicyReader, T> read) => Items(name, most) is not { } items ? null
        : [.. items.Select((item, index) => Read(item, $"{PathOf(name)}[{Number(index)}]", read))];

    /// <summary>A list of texts, none longer than so many characters; empty when it is left out.</summary>
    public ImmutableArray<string> Texts(string name, int most, int longest) => Items(name, most) is not { } items ? []
        : [.. items.Select((item, index) => TextOf(item) is { Length: > 0 } text && text.Length <= longest && !text.Any(char.IsControl) ? text
            : throw Wrong("policy-text", $"{PathOf(name)}[{Number(index)}]", Number(longest)))];

    private static T Read<T>(JsonElement value, string path, Func<PolicyReader, T> read)
    {
        var reader = new PolicyReader(value, path);
        var result = read(reader);
        // A misspelt member would otherwise be a default that nobody meant.
        return reader._members.Keys.FirstOrDefault(name => !reader._known.Contains(name)) is { } unknown
            ? throw Wrong("policy-member-unknown", reader.PathOf(unknown), string.Join(", ", reader._known))
            : result;
    }

    // A text may hold half of a surrogate pair, escaped: that is no text, and no name either.
    private static string? TextOf(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string? NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private List<JsonElement>? Items(string name, int most) => Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Array && value.GetArrayLength() <= most ? [.. value.EnumerateArray()]
        : throw Wrong("policy-list", PathOf(name), Number(most));

    private JsonElement? Find(string name)
    {
        if (!_known.Contains(name))
            _known.Add(name);
        return _members.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
