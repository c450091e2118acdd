using Feedback.Grains.Registers;

namespace Feedback.Seeds.Registers;

/// <summary>A column of a register: its headings, and what belongs into it.</summary>
/// <param name="Id">What it is called.</param>
/// <param name="Needed">Whether the file must have it.</param>
/// <param name="Zh">The Chinese heading.</param>
/// <param name="En">The English heading.</param>
/// <param name="Others">Other headings that are known, in lower case.</param>
internal sealed record RegisterColumn(string Id, bool Needed, string Zh, string En, params string[] Others)
{
    public static readonly RegisterColumn Level = new("level", true, "层级", "Level", "类型", "级别", "kind", "type");
    public static readonly RegisterColumn Parent = new("parent", true, "上级编号", "Parent", "上级", "上级代码", "所属", "parent code");
    public static readonly RegisterColumn Code = new("code", true, "编号", "Code", "代码", "编码", "id", "no", "no.");
    public static readonly RegisterColumn Name = new("name", true, "名称", "Name", "中文名称", "name (zh)", "chinese name");
    public static readonly RegisterColumn English = new("english", false, "英文名称", "English name", "英文名", "name (en)");
    public static readonly RegisterColumn Zone = new("zone", false, "时区", "Time zone", "timezone", "zone");
    public static readonly RegisterColumn Hours = new("hours", false, "开放时间", "Opening hours", "办公时间", "服务时间", "hours");
    public static readonly RegisterColumn Rateable = new("rateable", false, "是否评价", "Rated", "参与评价", "rateable");
    public static readonly RegisterColumn Badge = new("badge", true, "工号", "Staff code", "编号", "代码", "人员编号", "code", "badge");
    public static readonly RegisterColumn Person = new("person", true, "姓名", "Name", "名字", "staff name");

    /// <summary>The columns of a register in the order of its template.</summary>
    public static IReadOnlyList<RegisterColumn> Of(RegisterKind kind) => kind switch
    {
        RegisterKind.Organisation => [Level, Parent, Code, Name, English, Zone, Hours],
        RegisterKind.ServiceItems => [Code, Name, English, Rateable],
        _ => [Badge, Person],
    };

    /// <summary>Whether a heading means this column.</summary>
    public bool IsHeadedBy(string heading)
    {
        var text = SheetRow.Narrow(heading).Trim('*', ' ').ToLowerInvariant();
        return text == Zh || text == En.ToLowerInvariant() || Others.Contains(text);
    }
}
