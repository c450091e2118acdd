using System.Collections.Immutable;

namespace Feedback.Seeds.Import.Cases;

/// <summary>
/// Says which column of a CSV file of cases means what. Written as JSON; members that are not listed here are refused. Cells are trimmed
/// before they are compared. A whole example is the built-in mapping <c>myla311</c>.
/// </summary>
public sealed record CaseMapping
{
    /// <summary>What the mapping is for, in words.</summary>
    public string? About { get; init; }

    /// <summary>The system that numbers the cases: 1 to 64 lower-case letters, digits, dots, hyphens. With the number it is a case's identity.</summary>
    public required string Source { get; init; }

    /// <summary>The zone in the tz database of times without an offset, and of the root where it is opened.</summary>
    public required string Zone { get; init; }

    /// <summary>The character between cells; null for the one that the header suggests.</summary>
    public char? Delimiter { get; init; }

    /// <summary>Cells that count as blank; the empty cell always does.</summary>
    public ImmutableArray<string> Missing { get; init; } = [];

    /// <summary>The number in that system: at most 64 characters, no two rows with the same.</summary>
    public required FieldMapping Number { get; init; }

    /// <summary>When it came in.</summary>
    public required CaseTimeMapping Created { get; init; }

    /// <summary>When it was changed last; stands for the closing time where a closed case has none. Null for unknown.</summary>
    public CaseTimeMapping? Updated { get; init; }

    /// <summary>When it was closed.</summary>
    public required CaseTimeMapping Closed { get; init; }

    /// <summary>Whether it is closed.</summary>
    public required StatusMapping Status { get; init; }

    /// <summary>complaint, suggestion, praise, question or finding.</summary>
    public required FieldMapping Kind { get; init; }

    /// <summary>What it is about.</summary>
    public required CategoryMapping Category { get; init; }

    /// <summary>window, hotline, web, phone, paper, meeting, box, qr or api.</summary>
    public required FieldMapping Channel { get; init; }

    /// <summary>Whether the citizen gave no name: yes or no; no when left out.</summary>
    public FieldMapping? Anonymous { get; init; }

    /// <summary>Where cases belong.</summary>
    public required CasePlaceMapping Place { get; init; }

    /// <summary>Reads a mapping, and checks what can be checked without the file.</summary>
    /// <exception cref="MappingException">The text is no mapping, or the mapping contradicts itself; lists everything that is wrong.</exception>
    public static CaseMapping Parse(string json)
    {
        var mapping = MappingJson.Read<CaseMapping>(json);
        CaseMappingCheck.Check(mapping);
        return mapping;
    }

    /// <summary>Reads a mapping that comes with the program.</summary>
    /// <param name="name">Its name, such as <c>myla311</c>.</param>
    /// <returns>The mapping, or null when there is none of that name.</returns>
    public static CaseMapping? BuiltIn(string name) => MappingJson.BuiltIn($"Cases.Mappings.{name}.json") is { } json ? Parse(json) : null;
}

/// <summary>A time of a case.</summary>
public sealed record CaseTimeMapping
{
    /// <summary>The column's header.</summary>
    public required string Column { get; init; }

    /// <summary>
    /// The exact .NET format, such as <c>yyyy-MM-dd HH:mm</c>. Without hours the day alone is known; without an offset (<c>zzz</c>,
    /// <c>K</c>) it is local time.
    /// </summary>
    public required string Format { get; init; }

    /// <summary>The zone of local times where it is another than the mapping's.</summary>
    public string? Zone { get; init; }

    /// <summary>Whether local midnight to the second stands for a day whose hour is not known.</summary>
    public bool MidnightIsDay { get; init; }
}

/// <summary>Which words mean that a case is closed, and which that it is open; any other is an error.</summary>
public sealed record StatusMapping
{
    /// <summary>The column's header.</summary>
    public required string Column { get; init; }

    /// <summary>Words of closed cases.</summary>
    public required ImmutableArray<string> Closed { get; init; }

    /// <summary>Words of open cases.</summary>
    public required ImmutableArray<string> Open { get; init; }
}

/// <summary>What cases are about. Codes are made from the words: <c>Bulky Items</c> becomes <c>bulky-items</c>.</summary>
public sealed record CategoryMapping
{
    /// <summary>The column's header.</summary>
    public required string Column { get; init; }

    /// <summary>Names, and codes where others are wanted, of words in the column; others are named as they stand, in both languages.</summary>
    public ImmutableDictionary<string, NameMapping> Names { get; init; } = ImmutableDictionary<string, NameMapping>.Empty;
}

/// <summary>Where cases belong. Exactly one of <see cref="Under"/> and <see cref="Root"/> is given.</summary>
public sealed record CasePlaceMapping
{
    /// <summary>The path of a node that exists.</summary>
    public string? Under { get; init; }

    /// <summary>A district at the top.</summary>
    public DistrictMapping? Root { get; init; }

    /// <summary>The steps from there to the unit that a case concerns; none for the node itself.</summary>
    public ImmutableArray<PlaceStep> Concerns { get; init; } = [];

    /// <summary>The steps to the unit that handles it; null for the unit that it concerns.</summary>
    public ImmutableArray<PlaceStep>? Lead { get; init; }
}

/// <summary>One step down to a unit.</summary>
public sealed record PlaceStep
{
    /// <summary>The column's header.</summary>
    public required string Column { get; init; }

    /// <summary>The column of the unit's name; null where the cell itself is its name.</summary>
    public string? NameColumn { get; init; }

    /// <summary>The code; <c>{0}</c> stands for the cell. Letters and digits make it, others become hyphens.</summary>
    public string Code { get; init; } = "{0}";

    /// <summary>The Chinese name; <c>{0}</c> stands for the name.</summary>
    public string Zh { get; init; } = "{0}";

    /// <summary>The English name; <c>{0}</c> stands for the name.</summary>
    public string En { get; init; } = "{0}";

    /// <summary>Names, and codes where others are wanted, of some cells.</summary>
    public ImmutableDictionary<string, NameMapping> Names { get; init; } = ImmutableDictionary<string, NameMapping>.Empty;

    /// <summary>Whether a blank cell means the unit above; else it is an error.</summary>
    public bool BlankIsAbove { get; init; }
}
