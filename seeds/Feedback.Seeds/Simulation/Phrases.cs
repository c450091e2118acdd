using Feedback.Domain.Evaluations;

namespace Feedback.Seeds.Simulation;

/// <summary>What people write beside a grade. Every character lies within GB 2312, which the bundled font covers.</summary>
internal static class Phrases
{
    /// <summary>What stands, word for word, beside ratings that look made up.</summary>
    public const string Staged = "服务非常好，非常满意！";

    private static readonly string[] Praise =
    [
        "工作人员很热情，讲解清楚。", "办得很快，不到十分钟就好了。", "一次就办好了，省心。", "态度很好，还帮我复印材料。",
        "比以前方便多了。", "窗口的同志很耐心，谢谢。", "流程清楚，点赞。", "少带了一份材料，帮我容缺办了，感谢。",
        "老人来办卡，全程有人陪着，很暖心。", "微信上预约的，来了就办，没有排队。", "问的问题都答得很明白。", "证当天就拿到了，没想到这么快。",
    ];

    private static readonly string[] Middling =
    [
        "还可以，就是等的时间有点长。", "基本满意，希望多开几个窗口。", "叫号有点慢。", "材料说明可以再清楚一些。",
        "停车不方便，其他都好。", "网上预约的页面不太好找。", "办是办成了，就是跑了两趟。",
    ];

    private static readonly string[] Blame =
    [
        "排了一个多小时的队。", "来了三次才办成，每次说的材料都不一样。", "说好三天办结，已经一个星期了。", "问两句就不耐烦。",
        "窗口没有人，等了半天。", "让我去别的窗口，别的窗口又让我回来。", "网上写的和窗口要求的不一样。", "系统总是坏，上午白来了一趟。",
        "中午还没到点就不叫号了。", "要的材料清单上根本没有写。", "打电话一直没有人接。", "态度冷淡，话都不愿意多说一句。",
    ];

    /// <summary>A comment that fits a grade.</summary>
    public static string For(Grade grade, Random random)
    {
        var phrases = grade >= Grade.Satisfied ? Praise : grade == Grade.FairlySatisfied ? Middling : Blame;
        return phrases[random.Next(phrases.Length)];
    }
}
