using System.Collections.Immutable;
using System.Globalization;

namespace Feedback.Domain.Platform;

/// <summary>The value of a field, ours or the platform's.</summary>
public abstract record SourceValue
{
    /// <summary>How a file writes the value where it names one: a code of a map.</summary>
    public abstract string Code { get; }

    /// <summary>A text; null for null.</summary>
    public static SourceValue? Of(string? text) => text is null ? null : new TextValue(text);

    /// <summary>A whole number; null for null.</summary>
    public static SourceValue? Of(long? number) => number is { } value ? new NumberValue(value) : null;

    /// <summary>An instant, milliseconds UTC; null for null.</summary>
    public static SourceValue? At(long? utcMilliseconds) => utcMilliseconds is { } value ? new TimeValue(value) : null;
}

/// <summary>A text.</summary>
/// <param name="Text">The text.</param>
public sealed record TextValue(string Text) : SourceValue
{
    /// <inheritdoc/>
    public override string Code => Text;
}

/// <summary>A whole number.</summary>
/// <param name="Number">The number.</param>
public sealed record NumberValue(long Number) : SourceValue
{
    /// <inheritdoc/>
    public override string Code => Number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Yes or no.</summary>
/// <param name="IsTrue">Whether it is yes.</param>
public sealed record FlagValue(bool IsTrue) : SourceValue
{
    /// <inheritdoc/>
    public override string Code => IsTrue ? "true" : "false";
}

/// <summary>An instant.</summary>
/// <param name="UtcMilliseconds">Milliseconds since 1970-01-01T00:00:00Z.</param>
public sealed record TimeValue(long UtcMilliseconds) : SourceValue
{
    /// <inheritdoc/>
    public override string Code => UtcMilliseconds.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Several codes.</summary>
/// <param name="Codes">The codes.</param>
public sealed record ListValue(ImmutableArray<SourceValue> Codes) : SourceValue
{
    /// <inheritdoc/>
    public override string Code => string.Join(',', Codes.Select(one => one.Code));
}
