using Feedback.Domain.Organisation;
using Feedback.Domain.Time;

namespace Feedback.Seeds.Registers;

/// <summary>A row of the organisation's register.</summary>
internal sealed class OrganisationRow
{
    private static readonly Dictionary<string, NodeKind> Levels = new()
    {
        ["region"] = NodeKind.Region, ["区域"] = NodeKind.Region, ["地区"] = NodeKind.Region, ["市"] = NodeKind.Region, ["城市"] = NodeKind.Region,
        ["district"] = NodeKind.District, ["区县局"] = NodeKind.District, ["区县"] = NodeKind.District, ["区局"] = NodeKind.District,
        ["县局"] = NodeKind.District, ["局"] = NodeKind.District, ["bureau"] = NodeKind.District,
        ["unit"] = NodeKind.Unit, ["单位"] = NodeKind.Unit, ["部门"] = NodeKind.Unit, ["科室"] = NodeKind.Unit,
        ["hall"] = NodeKind.Hall, ["大厅"] = NodeKind.Hall, ["服务大厅"] = NodeKind.Hall,
        ["team"] = NodeKind.Team, ["班组"] = NodeKind.Team, ["小组"] = NodeKind.Team,
        ["window"] = NodeKind.Window, ["窗口"] = NodeKind.Window,
    };

    private const int LongestParent = 512;
    private const int LongestCode = 64;
    private const int LongestHours = 200;

    public required long Number { get; init; }

    public required NodeKind Kind { get; init; }

    /// <summary>The steps of the parent's code or path as it is written; empty for a root.</summary>
    public required string[] ParentSteps { get; init; }

    public required string Code { get; init; }

    public required string Name { get; init; }

    /// <summary>The English name; null when blank.</summary>
    public string? English { get; init; }

    /// <summary>The zone's name; null when blank, which means the parent's.</summary>
    public string? Zone { get; init; }

    /// <summary>Opening hours; null when blank.</summary>
    public string? Hours { get; init; }

    /// <summary>The parent as the file's own row; null when it is a root or the parent is known already.</summary>
    public OrganisationRow? Above { get; set; }

    /// <summary>The parent as a node that is known already and not in the file.</summary>
    public NodeId? Known { get; set; }

    /// <summary>Reads a row; null when something in it cannot be taken, which is told.</summary>
    public static OrganisationRow? Read(Sheet sheet, SheetRow row, RegisterErrors errors)
    {
        var cells = new CellReader(sheet, errors);
        var level = cells.Word(row, RegisterColumn.Level, Levels, "level-unknown");
        if (sheet.Cell(row, RegisterColumn.Level).Length == 0)
            errors.Add(row.Number, RegisterColumn.Level, "blank");
        var (code, name) = (cells.Needed(row, RegisterColumn.Code, LongestCode), cells.Needed(row, RegisterColumn.Name, OrganisationRules.LongestName));
        var (parent, english) = (cells.Optional(row, RegisterColumn.Parent, LongestParent), cells.Optional(row, RegisterColumn.English, OrganisationRules.LongestName));
        var (zone, hours) = (ZoneOf(sheet, row, cells, errors), cells.Optional(row, RegisterColumn.Hours, LongestHours));
        if (code is not null && !OrganisationRules.IsCode(CodeOf(code)))
            errors.Add(row.Number, RegisterColumn.Code, "node-code-invalid", code);
        if (errors.Has(row.Number))
            return null;
        return new OrganisationRow
        {
            Number = row.Number,
            Kind = level!.Value,
            Code = CodeOf(code!),
            ParentSteps = parent is null ? [] : CodeOf(parent).Split('/', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            Name = name!,
            English = english,
            Zone = zone,
            Hours = hours is null ? null : SheetRow.Narrow(hours),
        };
    }

    // Codes are written in many ways, and mean the same: Ｗ－０１, W-01, w-01.
    private static string CodeOf(string cell) => SheetRow.Narrow(cell).ToLowerInvariant();

    private static string? ZoneOf(Sheet sheet, SheetRow row, CellReader cells, RegisterErrors errors)
    {
        if (cells.Optional(row, RegisterColumn.Zone, LongestCode) is not { } cell)
            return null;
        var zone = SheetRow.Narrow(cell);
        if (zone == "北京时间")
            return "Asia/Shanghai";
        if (HallZone.Find(zone) is { } known)
            return known.Id;
        errors.Add(row.Number, RegisterColumn.Zone, "zone-unknown", sheet.Cell(row, RegisterColumn.Zone));
        return null;
    }
}
