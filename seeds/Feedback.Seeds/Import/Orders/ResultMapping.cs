using System.Collections.Immutable;

namespace Feedback.Seeds.Import.Orders;

/// <summary>
/// Says which column of the city's list of orders tells which result. Written as JSON; members that are not listed here are refused. A whole
/// example is the built-in mapping <c>12345-results</c>. Results are yes or no, in English or Chinese; a field's values translate others.
/// </summary>
public sealed record ResultMapping
{
    /// <summary>What the mapping is for, in words.</summary>
    public string? About { get; init; }

    /// <summary>The character between cells; null for the one that the header suggests.</summary>
    public char? Delimiter { get; init; }

    /// <summary>Cells that count as blank, which is not known; the empty cell always does.</summary>
    public ImmutableArray<string> Missing { get; init; } = [];

    /// <summary>工单编号: the city's number, no two rows with the same.</summary>
    public required FieldMapping Number { get; init; }

    /// <summary>Whether it was signed for in time.</summary>
    public FieldMapping? SignedInTime { get; init; }

    /// <summary>Whether the citizen was contacted in time.</summary>
    public FieldMapping? ContactedInTime { get; init; }

    /// <summary>Whether it is solved, as the citizen says.</summary>
    public FieldMapping? Solved { get; init; }

    /// <summary>Whether the citizen is satisfied.</summary>
    public FieldMapping? Satisfied { get; init; }

    /// <summary>Whether the unit returned it.</summary>
    public FieldMapping? Returned { get; init; }

    /// <summary>Whether it was sent back to be handled once more.</summary>
    public FieldMapping? SentBack { get; init; }

    /// <summary>Reads a mapping, and checks what can be checked without the file.</summary>
    /// <exception cref="MappingException">The text is no mapping, or the mapping contradicts itself; lists everything that is wrong.</exception>
    public static ResultMapping Parse(string json)
    {
        var mapping = MappingJson.Read<ResultMapping>(json);
        var problems = mapping.Results.Append(("number", mapping.Number)).Where(one => one.Item2 is { Column: null })
            .Select(one => $"'{one.Item1}' needs a column.").ToList();
        if (mapping.Results.All(one => one.Field is null))
            problems.Add("The mapping names no result; name one at least, such as 'solved'.");
        return problems.Count == 0 ? mapping : throw new MappingException(problems);
    }

    /// <summary>Reads a mapping that comes with the program; null when there is none of that name.</summary>
    public static ResultMapping? BuiltIn(string name) => MappingJson.BuiltIn($"Orders.Mappings.{name}.json") is { } json ? Parse(json) : null;

    /// <summary>The results in the order of <see cref="Domain.Cases.OrderResults.Words"/>.</summary>
    internal ImmutableArray<(string Name, FieldMapping? Field)> Results =>
    [
        ("signedInTime", SignedInTime), ("contactedInTime", ContactedInTime), ("solved", Solved), ("satisfied", Satisfied), ("returned", Returned), ("sentBack", SentBack),
    ];

    internal void CheckColumns(IReadOnlyCollection<string> header)
    {
        var lacking = Results.Append(("number", Number)).Where(one => one.Item2?.Column is { } column && !header.Contains(column))
            .Select(one => $"'{one.Item1}' is the column '{one.Item2!.Column}', which the file does not have.").ToList();
        if (lacking.Count > 0)
            throw new MappingException([.. lacking, $"The file has {string.Join(", ", header)}."]);
    }
}
