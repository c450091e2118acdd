using System.Collections.Immutable;
using Feedback.Domain.ServiceMatters;
using Feedback.Domain.Time;
using Feedback.Seeds.Import.Cases;

namespace Feedback.Seeds.Import.Matters;

/// <summary>
/// Says which column of a nightly CSV list of service matters means what. Written as JSON; members that are not listed here are refused.
/// Cells are trimmed before they are compared. A whole example is the built-in mapping <c>matters</c>.
/// </summary>
public sealed record MatterMapping
{
    /// <summary>The word of a matter that was taken at a window.</summary>
    public const string Window = "window";

    /// <summary>The word of a matter that was applied for online.</summary>
    public const string Online = "online";

    /// <summary>What the mapping is for, in words.</summary>
    public string? About { get; init; }

    /// <summary>The zone in the tz database of times without an offset.</summary>
    public required string Zone { get; init; }

    /// <summary>The character between cells; null for the one that the header suggests.</summary>
    public char? Delimiter { get; init; }

    /// <summary>Cells that count as blank; the empty cell always does.</summary>
    public ImmutableArray<string> Missing { get; init; } = [];

    /// <summary>办件编号: the office's own number, at most 64 characters; at one node no two rows have the same.</summary>
    public required FieldMapping Number { get; init; }

    /// <summary>受理单位: the node that took it, by id or path; its values translate names.</summary>
    public required FieldMapping Node { get; init; }

    /// <summary>事项编码: the service item's code; its values translate names.</summary>
    public required FieldMapping Item { get; init; }

    /// <summary>申请方式: window or online.</summary>
    public required FieldMapping Way { get; init; }

    /// <summary>受理时间: when it was accepted.</summary>
    public required CaseTimeMapping Accepted { get; init; }

    /// <summary>办理时限: a limit such as <c>10wd</c> or 10个工作日; null for what is published about the item.</summary>
    public FieldMapping? Limit { get; init; }

    /// <summary>到场次数: how many visits there were, lawful ones too; null for unknown.</summary>
    public FieldMapping? Visits { get; init; }

    /// <summary>其中补正、容缺到场次数: of these visits, those only to hand in what had been listed, which break no rule; null for none.</summary>
    public FieldMapping? LawfulVisits { get; init; }

    /// <summary>办件状态: open, completed or withdrawn.</summary>
    public required FieldMapping Stage { get; init; }

    /// <summary>办结时间: when it was completed or withdrawn.</summary>
    public required CaseTimeMapping Ended { get; init; }

    /// <summary>办理结果: the result's code, or why it was withdrawn; the stage's word where the cell is blank, and where null.</summary>
    public FieldMapping? Outcome { get; init; }

    /// <summary>Reads a mapping, and checks what can be checked without the file.</summary>
    /// <exception cref="MappingException">The text is no mapping, or the mapping contradicts itself; lists everything that is wrong.</exception>
    public static MatterMapping Parse(string json)
    {
        var mapping = MappingJson.Read<MatterMapping>(json);
        var problems = new List<string>();
        foreach (var (name, field) in mapping.Fields.Where(one => one.Field.Column is null == one.Field.Value is null))
            problems.Add($"'{name}' needs a column or a value, and not both.");
        if (mapping.Number.Column is null)
            problems.Add("'number' needs a column: matters are known again by it.");
        foreach (var (name, time) in mapping.Times)
        {
            if (string.IsNullOrWhiteSpace(time.Format))
                problems.Add($"'{name}.format' is empty; write one like yyyy-MM-dd HH:mm.");
        }

        problems.AddRange(mapping.Times.Select(one => one.Time.Zone ?? mapping.Zone).Append(mapping.Zone).Distinct().Where(zone => HallZone.Find(zone) is null)
            .Select(zone => $"'{zone}' is no zone of the tz database; write one like Asia/Shanghai."));
        CheckWords("way", mapping.Way, word => word is Window or Online, $"{Window} or {Online}", problems);
        CheckWords("stage", mapping.Stage, word => MatterWords.StageOf(word) is not null, string.Join(", ", MatterWords.StageWords), problems);
        return problems.Count == 0 ? mapping : throw new MappingException(problems);
    }

    /// <summary>Reads a mapping that comes with the program; null when there is none of that name.</summary>
    public static MatterMapping? BuiltIn(string name) => MappingJson.BuiltIn($"Matters.Mappings.{name}.json") is { } json ? Parse(json) : null;

    internal IEnumerable<(string Name, FieldMapping Field)> Fields =>
        new (string Name, FieldMapping? Field)[]
        {
            ("number", Number), ("node", Node), ("item", Item), ("way", Way), ("limit", Limit), ("visits", Visits), ("lawfulVisits", LawfulVisits), ("stage", Stage), ("outcome", Outcome),
        }.Where(one => one.Field is not null).Select(one => (one.Name, one.Field!));

    private IEnumerable<(string Name, CaseTimeMapping Time)> Times => [("accepted", Accepted), ("ended", Ended)];

    internal void CheckColumns(IReadOnlyCollection<string> header)
    {
        var lacking = Fields.Select(one => (one.Name, one.Field.Column)).Concat(Times.Select(one => (one.Name, Column: (string?)one.Time.Column)))
            .Where(one => one.Column is { } column && !header.Contains(column)).Select(one => $"'{one.Name}' is the column '{one.Column}', which the file does not have.").ToList();
        if (lacking.Count > 0)
            throw new MappingException([.. lacking, $"The file has {string.Join(", ", header)}."]);
    }

    private static void CheckWords(string name, FieldMapping field, Predicate<string> isKnown, string words, List<string> problems)
    {
        var given = (field.Values?.Values ?? []).Concat(field is { Value: { } value, Values: null } ? [value] : []);
        problems.AddRange(given.Where(word => !isKnown(word)).Distinct().Select(word => $"'{name}' is '{word}'; it can be {words}."));
    }
}
