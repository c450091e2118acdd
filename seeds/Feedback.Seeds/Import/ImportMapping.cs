using System.Collections.Immutable;

namespace Feedback.Seeds.Import;

/// <summary>
/// Says which column of a CSV file means what. Written as JSON; members that are not listed here are refused. Every
/// field names a column (<c>{"column": "Date"}</c>) or a constant (<c>{"value": "paper"}</c>), and may translate what stands
/// there (<c>"values": {"from": "to"}</c>); cells are trimmed before that. A whole example is the built-in mapping <c>fft</c>.
/// </summary>
public sealed record ImportMapping
{
    /// <summary>What the mapping is for, in words.</summary>
    public string? About { get; init; }

    /// <summary>The character between cells; null for the one that the header suggests.</summary>
    public char? Delimiter { get; init; }

    /// <summary>Cells that count as blank where <c>values</c> does not name them; the empty cell always does.</summary>
    public ImmutableArray<string> Missing { get; init; } = [];

    /// <summary>Where evaluations belong.</summary>
    public required PlaceMapping Place { get; init; }

    /// <summary>
    /// Who answered: at most 128 characters. Rows of the same id are one evaluation; they must agree in everything but
    /// the comment, and their comments are joined.
    /// </summary>
    public required FieldMapping Id { get; init; }

    /// <summary>When it was.</summary>
    public required DateMapping Date { get; init; }

    /// <summary>The overall grade: 5 (very satisfied) to 1, or <c>declined</c> for people who were asked and gave none.</summary>
    public required FieldMapping Grade { get; init; }

    /// <summary>active, default or callback; active when left out. A declined grade is declined whatever stands here.</summary>
    public FieldMapping? Origin { get; init; }

    /// <summary>terminal, qr, phone, app, web, hotline or paper.</summary>
    public required FieldMapping Channel { get; init; }

    /// <summary>A comment of at most 1,000 characters.</summary>
    public FieldMapping? Comment { get; init; }

    /// <summary>The number of the matter.</summary>
    public FieldMapping? Matter { get; init; }

    /// <summary>The service item's code.</summary>
    public FieldMapping? ServiceItem { get; init; }

    /// <summary>The code of the staff member who was rated, as the source claims it.</summary>
    public FieldMapping? Staff { get; init; }

    /// <summary>The form's language, such as <c>en-GB</c>.</summary>
    public FieldMapping? Language { get; init; }

    /// <summary>Grades by dimension code, 5 to 1; a blank cell or <c>declined</c> leaves the dimension out.</summary>
    public ImmutableSortedDictionary<string, FieldMapping> Dimensions { get; init; } = ImmutableSortedDictionary<string, FieldMapping>.Empty;

    /// <summary>Reads a mapping, and checks what can be checked without the file.</summary>
    /// <exception cref="MappingException">The text is no mapping, or the mapping contradicts itself; lists everything that is wrong.</exception>
    public static ImportMapping Parse(string json)
    {
        var mapping = MappingJson.Read<ImportMapping>(json);
        MappingCheck.Check(mapping);
        return mapping;
    }

    /// <summary>Reads a mapping that comes with the program.</summary>
    /// <param name="name">Its name, such as <c>fft</c>.</param>
    /// <returns>The mapping, or null when there is none of that name.</returns>
    public static ImportMapping? BuiltIn(string name) => MappingJson.BuiltIn($"Mappings.{name}.json") is { } json ? Parse(json) : null;
}

/// <summary>A column or a constant, and what its texts mean.</summary>
public sealed record FieldMapping
{
    /// <summary>The column's header.</summary>
    public string? Column { get; init; }

    /// <summary>The same text for every row.</summary>
    public string? Value { get; init; }

    /// <summary>Translates trimmed cells; where it is given for grades, a cell that it does not name is an error.</summary>
    public ImmutableDictionary<string, string>? Values { get; init; }
}

/// <summary>When it was.</summary>
public sealed record DateMapping
{
    /// <summary>The column's header.</summary>
    public required string Column { get; init; }

    /// <summary>
    /// The exact .NET format, such as <c>dd/MM/yyyy</c> or <c>yyyy-MM-dd HH:mm</c>. Without hours the day alone is known;
    /// without an offset (<c>zzz</c>, <c>K</c>) it is local time in the place's zone.
    /// </summary>
    public required string Format { get; init; }
}

/// <summary>Where evaluations belong. Exactly one of <see cref="Under"/> and <see cref="District"/> is given.</summary>
public sealed record PlaceMapping
{
    /// <summary>The path or id of a node that exists.</summary>
    public string? Under { get; init; }

    /// <summary>A root that is opened when there is none of its code.</summary>
    public DistrictMapping? District { get; init; }

    /// <summary>The zone in the tz database that cuts the days of all halls.</summary>
    public required string Zone { get; init; }

    /// <summary>The name of the hall; null for windows directly under the node.</summary>
    public FieldMapping? Hall { get; init; }

    /// <summary>The name of the window. Halls and windows that are met for the first time are opened.</summary>
    public required FieldMapping Window { get; init; }

    /// <summary>Codes and names for texts that stand in the hall's or window's column; others are named as they stand, in both languages.</summary>
    public ImmutableDictionary<string, NameMapping> Names { get; init; } = ImmutableDictionary<string, NameMapping>.Empty;
}

/// <summary>A root node.</summary>
/// <param name="Code">Its code, which is also its path.</param>
/// <param name="Zh">The Chinese name.</param>
/// <param name="En">The English name.</param>
public sealed record DistrictMapping(string Code, string Zh, string En);

/// <summary>How a hall or window is called.</summary>
/// <param name="Zh">The Chinese name.</param>
/// <param name="En">The English name.</param>
/// <param name="Code">One step of its path; null for one made from the text in the column.</param>
public sealed record NameMapping(string Zh, string En, string? Code = null);
