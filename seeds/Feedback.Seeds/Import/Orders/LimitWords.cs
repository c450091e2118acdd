using System.Text.RegularExpressions;
using Feedback.Domain.WorkingTime;

namespace Feedback.Seeds.Import.Orders;

/// <summary>Reads limits as people in offices write them: 5个工作日, 24小时, 7天, or <c>5wd</c>.</summary>
internal static partial class LimitWords
{
    [GeneratedRegex(@"^([0-9]{1,4})\s*个?\s*(工作日|工作小时|小时|分钟|自然日|日|天)$")]
    private static partial Regex Shape { get; }

    /// <summary>The limit; null where the text is none.</summary>
    public static string? Read(string text)
    {
        if (Limit.TryParse(text, out _, out _))
            return text;
        if (Shape.Match(text) is not { Success: true } match)
            return null;
        var limit = match.Groups[1].Value + match.Groups[2].Value switch
        {
            "工作日" => "wd",
            "工作小时" => "wh",
            "小时" => "h",
            "分钟" => "min",
            _ => "d",
        };
        return Limit.TryParse(limit, out var read, out _) ? read.ToString() : null;
    }
}
