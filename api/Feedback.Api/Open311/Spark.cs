namespace Feedback.Api.Open311;

/// <summary>
/// A value that has one form in XML and one in JSON, by the Spark convention: the root's name is only in XML, a list is an array of
/// what its elements hold, and what is empty in XML is null in JSON.
/// </summary>
internal abstract record Spark
{
    /// <summary>A text; null for nothing.</summary>
    public static Spark Of(string? text) => new SparkText(string.IsNullOrEmpty(text) ? null : text);

    /// <summary>A whole number.</summary>
    public static Spark Of(int number) => new SparkNumber(number);

    /// <summary>Whether something is so; null where nobody knows.</summary>
    public static Spark Of(bool? holds) => holds is { } known ? new SparkFlag(known) : new SparkText(null);

    /// <summary>Members by name, in order.</summary>
    public static Spark Of(params IReadOnlyList<(string Name, Spark Value)> members) => new SparkFields(members);

    /// <summary>A list.</summary>
    /// <param name="item">How an element is called in XML.</param>
    /// <param name="items">What it holds.</param>
    public static Spark List(string item, IEnumerable<Spark> items) => new SparkList(item, [.. items]);
}

/// <summary>A text.</summary>
internal sealed record SparkText(string? Text) : Spark;

/// <summary>A whole number.</summary>
internal sealed record SparkNumber(int Number) : Spark;

/// <summary>Whether something is so.</summary>
internal sealed record SparkFlag(bool Holds) : Spark;

/// <summary>Members by name.</summary>
internal sealed record SparkFields(IReadOnlyList<(string Name, Spark Value)> Members) : Spark;

/// <summary>A list.</summary>
internal sealed record SparkList(string Item, IReadOnlyList<Spark> Items) : Spark;
