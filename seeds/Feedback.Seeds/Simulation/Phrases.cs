namespace Feedback.Seeds.Simulation;

/// <summary>What people write beside a grade.</summary>
internal static class Phrases
{
    private static readonly string[] Praise =
    [
        "工作人员很热情，讲解清楚。", "办得很快，不到十分钟就好了。", "一次就办好了，省心。", "态度很好，还帮我复印材料。",
        "比以前方便多了。", "窗口的同志很耐心，谢谢。", "流程清楚，点赞。",
    ];

    private static readonly string[] Middling =
    [
        "还可以，就是等的时间有点长。", "基本满意，希望多开几个窗口。", "叫号有点慢。", "材料说明可以再清楚一些。",
    ];

    private static readonly string[] Blame =
    [
        "排了一个多小时的队。", "来了三次才办成，每次说的材料都不一样。", "说好三天办结，已经一个星期了。", "问两句就不耐烦。",
        "窗口没有人，等了半天。", "让我去别的窗口，别的窗口又让我回来。", "网上写的和窗口要求的不一样。",
    ];

    /// <summary>A comment that fits a grade.</summary>
    public static string For(int grade, Random random)
    {
        var phrases = grade >= 4 ? Praise : grade == 3 ? Middling : Blame;
        return phrases[random.Next(phrases.Length)];
    }
}
