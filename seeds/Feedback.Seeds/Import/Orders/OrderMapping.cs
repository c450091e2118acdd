using System.Collections.Immutable;
using Feedback.Domain.Time;
using Feedback.Seeds.Import.Cases;

namespace Feedback.Seeds.Import.Orders;

/// <summary>
/// Says which column of a CSV list of the city's orders means what. Written as JSON; members that are not listed here are refused. Cells are
/// trimmed before they are compared. A whole example is the built-in mapping <c>12345</c>.
/// </summary>
public sealed record OrderMapping
{
    /// <summary>What the mapping is for, in words.</summary>
    public string? About { get; init; }

    /// <summary>The zone in the tz database of times without an offset.</summary>
    public required string Zone { get; init; }

    /// <summary>The character between cells; null for the one that the header suggests.</summary>
    public char? Delimiter { get; init; }

    /// <summary>Cells that count as blank; the empty cell always does.</summary>
    public ImmutableArray<string> Missing { get; init; } = [];

    /// <summary>工单编号: the city's number, no two rows with the same.</summary>
    public required FieldMapping Number { get; init; }

    /// <summary>派单时间: when the city sent it.</summary>
    public required CaseTimeMapping At { get; init; }

    /// <summary>主办单位: the receiving unit by id, path or name; its values translate other names.</summary>
    public required FieldMapping Node { get; init; }

    /// <summary>诉求内容: what the citizen says.</summary>
    public required FieldMapping Words { get; init; }

    /// <summary>联系电话: how the citizen can be reached; null for nobody knows.</summary>
    public FieldMapping? Contact { get; init; }

    /// <summary>The code of a category; its values translate the city's names. Null for none.</summary>
    public FieldMapping? Category { get; init; }

    /// <summary>办理时限: a limit such as <c>5wd</c> or 5个工作日, or a time in the format of <see cref="At"/>. Null for what the policies say.</summary>
    public FieldMapping? Limit { get; init; }

    /// <summary>Reads a mapping, and checks what can be checked without the file.</summary>
    /// <exception cref="MappingException">The text is no mapping, or the mapping contradicts itself; lists everything that is wrong.</exception>
    public static OrderMapping Parse(string json)
    {
        var mapping = MappingJson.Read<OrderMapping>(json);
        var problems = new List<string>();
        foreach (var (name, field) in mapping.Fields.Where(one => one.Field.Column is null == one.Field.Value is null))
            problems.Add($"'{name}' needs a column or a value, and not both.");
        if (mapping.Number.Column is null)
            problems.Add("'number' needs a column: orders are known again by it.");
        if (string.IsNullOrWhiteSpace(mapping.At.Format))
            problems.Add("'at.format' is empty; write one like yyyy-MM-dd HH:mm.");
        problems.AddRange(((string[])[mapping.Zone, mapping.At.Zone ?? mapping.Zone]).Distinct().Where(zone => HallZone.Find(zone) is null)
            .Select(zone => $"'{zone}' is no zone of the tz database; write one like Asia/Shanghai."));
        return problems.Count == 0 ? mapping : throw new MappingException(problems);
    }

    /// <summary>Reads a mapping that comes with the program; null when there is none of that name.</summary>
    public static OrderMapping? BuiltIn(string name) => MappingJson.BuiltIn($"Orders.Mappings.{name}.json") is { } json ? Parse(json) : null;

    internal IEnumerable<(string Name, FieldMapping Field)> Fields =>
        new (string Name, FieldMapping? Field)[] { ("number", Number), ("node", Node), ("words", Words), ("contact", Contact), ("category", Category), ("limit", Limit) }
            .Where(one => one.Field is not null).Select(one => (one.Name, one.Field!));

    internal void CheckColumns(IReadOnlyCollection<string> header)
    {
        var lacking = Fields.Select(one => (one.Name, one.Field.Column)).Append(("at", At.Column))
            .Where(one => one.Item2 is { } column && !header.Contains(column)).Select(one => $"'{one.Item1}' is the column '{one.Item2}', which the file does not have.").ToList();
        if (lacking.Count > 0)
            throw new MappingException([.. lacking, $"The file has {string.Join(", ", header)}."]);
    }
}
