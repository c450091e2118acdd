using System.Collections.Immutable;
using System.Text.Json;
using Feedback.Domain.Organisation;
using Feedback.Domain.Platform;

namespace Feedback.Silo.Platform;

/// <summary>Reads the mapping of one kind. Whatever could fail for an item later, and can be seen now, is refused now.</summary>
/// <param name="kind">The kind.</param>
/// <param name="personal">Fields with personal text that may leave.</param>
internal sealed class MappingReader(PlatformKind kind, IReadOnlySet<string> personal)
{
    private const int LongestName = 64;
    private const string Form = "{\"from\": \"grade\", \"map\": {\"5\": \"A\"}}";

    private static readonly Dictionary<string, TimeForm> Forms = new(StringComparer.Ordinal)
    {
        ["iso"] = TimeForm.Iso,
        ["unix"] = TimeForm.Unix,
        ["unixMilliseconds"] = TimeForm.UnixMilliseconds,
        ["local"] = TimeForm.Local,
    };

    /// <summary>Reads the fields.</summary>
    public ItemMapping Read(FileMembers fields)
    {
        var rules = ImmutableArray.CreateBuilder<FieldRule>();
        foreach (var target in fields.Names)
        {
            if (target.Length is 0 or > LongestName || target.Any(char.IsControl))
                throw new PlatformFileException(fields.At(target), "target-invalid", LongestName);
            rules.Add(RuleOf(target, fields));
        }

        return rules.Count > 0 ? new ItemMapping(kind, rules.ToImmutable()) : throw new PlatformFileException(fields.At("").TrimEnd('.'), "mapping-empty");
    }

    private FieldRule RuleOf(string target, FileMembers fields)
    {
        var place = fields.At(target);
        if (fields.Find(target) is { ValueKind: JsonValueKind.String })
            return new FieldRule(target) { From = Source(fields.Needed(target), place) };
        if (fields.Find(target) is not { ValueKind: JsonValueKind.Object })
            throw new PlatformFileException(place, "rule-invalid", Form);
        var rule = fields.Object(target, "from", "value", "map", "otherwise", "ifMissing", "required", "time", "asText")!;
        if (rule.Has("value"))
        {
            return rule.Names.Count() == 1 ? new FieldRule(target) { Constant = Constant(rule, "value") }
                : throw new PlatformFileException(place, "value-alone");
        }

        var source = Source(rule.Needed("from"), rule.At("from"));
        if (rule.Has("time") && source.Shape != SourceShape.Time)
            throw new PlatformFileException(rule.At("time"), "time-not-here", source.Name);
        if (rule.Has("ifMissing") && rule.Flag("required"))
            throw new PlatformFileException(rule.At("required"), "required-or-missing");
        var otherwise = Constant(rule, "otherwise");
        if (otherwise is not null && !rule.Has("map"))
            throw new PlatformFileException(rule.At("otherwise"), "otherwise-alone");
        return new FieldRule(target)
        {
            From = source,
            Map = rule.Has("map") ? MapOf(rule, source, otherwise) : ImmutableDictionary<string, SourceValue>.Empty,
            Otherwise = otherwise,
            IfMissing = Constant(rule, "ifMissing"),
            Required = rule.Flag("required"),
            AsText = rule.Flag("asText"),
            Time = rule.Text("time") is not { } form ? TimeForm.Iso
                : Forms.TryGetValue(form, out var known) ? known : throw new PlatformFileException(rule.At("time"), "word-unknown", string.Join(", ", Forms.Keys)),
        };
    }

    private SourceField Source(string name, string place)
    {
        var field = SourceFields.Find(kind, name) ?? throw new PlatformFileException(place, "source-unknown", name, string.Join(", ", SourceFields.NamesOf(kind)));
        return !field.IsPersonal || personal.Contains(name) ? field : throw new PlatformFileException(place, "personal-not-allowed", name);
    }

    private static ImmutableDictionary<string, SourceValue> MapOf(FileMembers rule, SourceField source, SourceValue? otherwise)
    {
        if (source.Shape == SourceShape.Time || source.IsPersonal)
            throw new PlatformFileException(rule.At("map"), "map-not-here", source.Name);
        var map = rule.Object("map")!;
        if (!map.Names.Any())
            throw new PlatformFileException(rule.At("map"), "mapping-empty");
        foreach (var key in map.Names)
        {
            if (!source.Words.IsEmpty && !source.Words.Contains(key))
                throw new PlatformFileException(map.At(key), "map-key-unknown", source.Name, string.Join(", ", source.Words));
            if (source.IsNode && !NodeId.IsId(key))
                throw new PlatformFileException(map.At(key), "map-key-node");
        }

        // What will come for certain must have a value now.
        if (otherwise is null && source.Words.Where(word => !map.Has(word)).ToList() is { Count: > 0 } left)
            throw new PlatformFileException(rule.At("map"), "map-gap", string.Join(", ", left));
        return map.Names.ToImmutableDictionary(key => key, key => Constant(map, key)!);
    }

    private static SourceValue? Constant(FileMembers of, string name) => of.Find(name) is not { } value ? null : value.ValueKind switch
    {
        JsonValueKind.String => new TextValue(value.GetString()!),
        JsonValueKind.Number when value.TryGetInt64(out var number) => new NumberValue(number),
        JsonValueKind.True or JsonValueKind.False => new FlagValue(value.GetBoolean()),
        _ => throw new PlatformFileException(of.At(name), "constant-invalid"),
    };
}
