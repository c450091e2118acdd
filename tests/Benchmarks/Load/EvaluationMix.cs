using System.Globalization;
using System.Text;

namespace Feedback.Benchmarks.Load;

/// <summary>Evaluations as windows push them, drawn from a fixed seed.</summary>
internal sealed class EvaluationMix(DateTimeOffset now)
{
    /// <summary>What the tables say about the load.</summary>
    public const string Description =
        "grades 5/4/3/2/1 as 72/18/5/3/2 %, all active, four dimensions each, service item, staff and language on all, "
        + "a reason on the bad ones, a matter number on half, a Chinese comment on one in ten; every id and matter new";

    /// <summary>How many service items a bureau of the benchmark offers.</summary>
    public const int ServiceItems = 60;

    /// <summary>The reasons that its forms offer.</summary>
    public static readonly string[] Reasons = ["attitude-cold", "waited-too-long", "asked-for-more-papers", "sent-elsewhere", "not-explained", "system-down"];

    private static readonly string[] Channels = ["terminal", "terminal", "terminal", "terminal", "terminal", "qr", "qr", "phone", "app", "web"];
    private static readonly string[] Comments =
    [
        "工作人员很耐心，材料一次就说清楚了。", "排队时间有点长，希望多开一个窗口。", "办得很快，点赞！",
        "服务态度好，就是叫号屏幕看不清。", "跑了两趟才办好，下次请一次性告知。",
    ];

    private readonly Random _draw = new(20261123);

    /// <summary>The code of a service item.</summary>
    public static string ServiceItem(int number) => "item-" + number.ToString("000", CultureInfo.InvariantCulture);

    /// <summary>The code of a window's member of staff.</summary>
    public static string Staff(int window) => "s" + window.ToString("0000", CultureInfo.InvariantCulture);

    /// <summary>Draws one.</summary>
    /// <param name="window">The window's id.</param>
    /// <param name="number">The window's number, from 0: its staff and the items it serves follow from it.</param>
    /// <param name="channel">The channel, or null to draw one.</param>
    public string Draw(string window, int number, string? channel = null)
    {
        var grade = Grade();
        var body = new StringBuilder(512)
            .Append($$"""{"id":"01934c5e-7a1b-7000-{{RequestTemplate.Number}}","source":"kiosk-{{number:0000}}","window":"{{window}}","occurredAt":"{{now:yyyy-MM-ddTHH:mm:ss.fffzzz}}","grade":{{grade}},"origin":"active" """)
            .Append($$""","dimensions":{"attitude":{{Near(grade)}},"timeliness":{{Near(grade)}},"ethics":{{Near(grade)}},"style":{{Near(grade)}}} """)
            .Append($$""","serviceItem":"{{ServiceItem(((number * 7) + _draw.Next(6)) % ServiceItems)}}","staff":"{{Staff(number)}}" """)
            .Append($$""","channel":"{{channel ?? Channels[_draw.Next(Channels.Length)]}}" """);
        if (grade <= 2)
            body.Append($$""","reasons":["{{Reasons[_draw.Next(Reasons.Length)]}}"] """);
        if (_draw.Next(2) == 0)
            body.Append($$""","matter":"JY2026-11-{{RequestTemplate.Number}}" """);
        if (_draw.Next(10) == 0)
            body.Append($$""","comment":"{{Comments[_draw.Next(Comments.Length)]}}" """);
        return body.Append(""","language":"zh-CN"}""").Replace(" ,", ",").ToString();
    }

    private int Grade() => _draw.Next(100) switch { < 72 => 5, < 90 => 4, < 95 => 3, < 98 => 2, _ => 1 };

    private int Near(int grade) => Math.Clamp(grade + (_draw.Next(4) == 0 ? _draw.Next(-1, 2) : 0), 1, 5);
}
