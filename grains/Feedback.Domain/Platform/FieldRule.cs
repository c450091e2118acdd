using System.Collections.Immutable;
using System.Globalization;
using Feedback.Domain.Time;

namespace Feedback.Domain.Platform;

/// <summary>How a platform writes an instant.</summary>
public enum TimeForm
{
    /// <summary>RFC 3339 with the zone's offset, such as <c>2026-03-02T09:30:00+08:00</c>.</summary>
    Iso,

    /// <summary>Seconds since 1970, UTC.</summary>
    Unix,

    /// <summary>Milliseconds since 1970, UTC.</summary>
    UnixMilliseconds,

    /// <summary>What clocks in the zone show: <c>yyyy-MM-dd HH:mm:ss</c>.</summary>
    Local,
}

/// <summary>What stands in one field of the platform.</summary>
/// <param name="Target">The platform's name of the field.</param>
public sealed record FieldRule(string Target)
{
    /// <summary>The field of ours; null for a constant.</summary>
    public SourceField? From { get; init; }

    /// <summary>The constant; null where the value comes from a field of ours.</summary>
    public SourceValue? Constant { get; init; }

    /// <summary>The platform's values by ours; empty where ours is taken as it is.</summary>
    public ImmutableDictionary<string, SourceValue> Map { get; init; } = ImmutableDictionary<string, SourceValue>.Empty;

    /// <summary>What stands for a value that the map does not name; null where such a value is an error.</summary>
    public SourceValue? Otherwise { get; init; }

    /// <summary>What stands where we have no value; null where the field is left out then.</summary>
    public SourceValue? IfMissing { get; init; }

    /// <summary>Whether an item without a value is not sent at all.</summary>
    public bool Required { get; init; }

    /// <summary>How an instant is written.</summary>
    public TimeForm Time { get; init; }

    /// <summary>Whether a number or a yes or no is written as a text.</summary>
    public bool AsText { get; init; }

    /// <summary>The value for an item.</summary>
    /// <param name="fields">What we have.</param>
    /// <param name="zone">The zone of local times.</param>
    /// <param name="value">The value; null where the field is left out.</param>
    /// <returns>What has no value on the platform's side; null when all is well.</returns>
    public MappingGap? Apply(IReadOnlyDictionary<string, SourceValue> fields, HallZone zone, out SourceValue? value)
    {
        value = Constant;
        if (From is not { } field)
            return null;
        if (!fields.TryGetValue(field.Name, out var ours))
        {
            value = IfMissing;
            return value is null && Required ? new MappingGap(Target, field.Name, null) : null;
        }

        if (ours is ListValue list)
        {
            var mapped = ImmutableArray.CreateBuilder<SourceValue>(list.Codes.Length);
            foreach (var one in list.Codes)
            {
                if (Mapped(one) is not { } code)
                    return new MappingGap(Target, field.Name, one.Code);
                mapped.Add(code);
            }

            value = new ListValue(mapped.DrainToImmutable());
            return null;
        }

        value = Mapped(ours);
        if (value is null)
            return new MappingGap(Target, field.Name, ours.Code);
        value = value is TimeValue time ? Written(time.UtcMilliseconds, zone) : value;
        value = AsText && value is NumberValue or FlagValue ? new TextValue(value.Code) : value;
        return null;
    }

    private SourceValue? Mapped(SourceValue ours) => Map.IsEmpty ? ours : Map.GetValueOrDefault(ours.Code) ?? Otherwise;

    private SourceValue Written(long at, HallZone zone) => Time switch
    {
        TimeForm.Unix => new NumberValue(Math.DivRem(at, 1000).Quotient),
        TimeForm.UnixMilliseconds => new NumberValue(at),
        TimeForm.Local => new TextValue(zone.LocalText(at)),
        _ => new TextValue(DateTimeOffset.FromUnixTimeMilliseconds(at).ToOffset(TimeSpan.FromMinutes(zone.At(at).OffsetMinutes))
            .ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture)),
    };
}

/// <summary>A value of ours for which the mapping has none.</summary>
/// <param name="Target">The platform's field.</param>
/// <param name="From">The field of ours.</param>
/// <param name="Value">The value; null where we have none and one is required. Never personal text: that is not mapped by maps.</param>
public sealed record MappingGap(string Target, string From, string? Value)
{
    /// <summary>In words that stand in tables and answers.</summary>
    public override string ToString() => Value is null ? $"mapping: {Target} needs {From}, and there is none" : $"mapping: {Target} has nothing for {From} '{Value}'";
}
