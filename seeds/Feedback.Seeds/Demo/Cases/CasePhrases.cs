using System.Collections.Immutable;

namespace Feedback.Seeds.Demo.Cases;

/// <summary>A matter that somebody brings, and what they are told in the end.</summary>
/// <param name="Category">The code of its category; null for none.</param>
/// <param name="Said">What the citizen says.</param>
/// <param name="Answer">The answer.</param>
internal sealed record CasePhrase(string? Category, string Said, string Answer);

/// <summary>The words of the demo's cases. All of it is invented.</summary>
internal static class CasePhrases
{
    /// <summary>投诉.</summary>
    public static readonly ImmutableArray<CasePhrase> Complaints =
    [
        new("attitude", "问材料的时候，窗口的人一直低头看手机，问了三遍才答一句。", "经核实情况基本属实，已对当事人批评教育，并向您致歉。"),
        new("attitude", "工作人员说话很冲，让我自己回去看网站，不肯解释。", "已约谈当事人，并安排窗口开展服务用语培训，谢谢您的监督。"),
        new("attitude", "下午四点半去办事，说快下班了让明天再来，可是五点才下班。", "提前停止受理属实，该窗口已恢复至下班前受理，耽误您的时间深表歉意。"),
        new("overtime", "上个月交的货运许可申请，说好十个工作日，到现在没有消息。", "因系统退件未及时通知，现已办结，证件可随时领取。"),
        new("overtime", "车辆过户的资料交了三个星期，打电话只说在走流程。", "该件在内部流转中积压，已补办完毕，并对经办环节作了提醒。"),
        new("extra-conditions", "年审要求先买指定的保险才给办，文件里没有这一条。", "窗口不得附加条件，已予纠正，您可凭现有材料直接办理。"),
        new("extra-conditions", "备案时要求加盖行业协会的章，协会说没有这个规定。", "经核查该要求没有依据，已取消，给您添麻烦了。"),
        new("extra-documents", "换从业资格证，第一次说要一寸照片，第二次又要体检表，跑了三趟。", "一次性告知不到位属实，已重新印制材料清单并在窗口公示。"),
        new("extra-documents", "办老年优待证要居委会证明，网上写的是只要身份证。", "以网上公布的清单为准，已通知各窗口，不再要求提供证明。"),
        new("fees", "复印两页纸收了五块钱，没有给票。", "复印应为免费，多收费用已退还，复印点已撤换。"),
        new("fees", "驾校报名时收了一笔资料费，说是局里定的。", "本局未设该项收费，已责成驾校退费，并列入专项检查。"),
        new("facilities", "大厅的叫号屏坏了好几天，全靠人喊，听不清。", "叫号屏已于昨日修复，期间增派了引导员。"),
        new("facilities", "无障碍坡道上停满了电动车，推轮椅进不去。", "已清理坡道并划线隔离，保安每小时巡查一次。"),
        new("facilities", "大厅里没有饮水机，排队一上午没水喝。", "等候区已增设饮水机两台。"),
        new("disclosure", "许可事项的办理流程在网站上找不到，电话也没人接。", "网站栏目已调整，流程图已放在首页显著位置，咨询电话已增加一路。"),
        new("disclosure", "窗口贴的办事指南还是前年的，和现在不一样。", "旧版指南已全部更换为现行版本。"),
        new("integrity", "有中介在大厅门口拉客，说给钱就能加急。", "已会同派出所清理，大厅不存在付费加急，欢迎继续提供线索。"),
        new("other", "同一件事两个窗口说法不一样，不知道该听谁的。", "已统一口径，以综合咨询窗口答复为准。"),
    ];

    /// <summary>建议.</summary>
    public static readonly ImmutableArray<CasePhrase> Suggestions =
    [
        new("service", "建议中午留一个窗口值班，上班族只有中午有空。", "建议已采纳，自下月起每个大厅中午保留一个综合窗口。"),
        new("service", "能不能把年审预约的时间放到两周，现在三天太紧了。", "预约期限已延长至十四天。"),
        new("facilities", "等候区的椅子太少，建议加几排。", "已列入本季度采购，预计下月到位。"),
        new("facilities", "建议在门口放老花镜和放大镜，方便老年人填表。", "各大厅已配备老花镜，感谢您的细心。"),
        new("facilities", "停车场出口建议装一面凸面镜，转弯看不见人。", "凸面镜已安装。"),
        new("disclosure", "建议把每个事项平均办理天数公布出来，心里有数。", "已在网站按月公布办理时长。"),
        new("disclosure", "希望公交改线提前一周在站牌上贴通知。", "已与公交公司约定，线路调整至少提前七天公示。"),
        new("fees", "建议证件邮寄可以货到付款。", "已与邮政协商，下月起支持到付。"),
        new(null, "意见箱旁边的笔没有水了，建议常备几支。", "已更换，并列入每日巡查。"),
        new(null, "建议办事大厅周六上午开放半天。", "已提交局办公会研究，结果将另行公布。"),
    ];

    /// <summary>表扬.</summary>
    public static readonly ImmutableArray<CasePhrase> Praises =
    [
        new(null, "父亲腿脚不好，工作人员扶他到窗口，还帮忙填表，非常感谢。", "感谢您的鼓励，已转达给当事人和所在大厅。"),
        new(null, "材料缺一张复印件，窗口先受理让我补，省得再跑一趟。", "谢谢肯定，容缺受理是我们应当做的。"),
        new(null, "许可提前五天就批下来了，效率很高。", "感谢认可，我们会继续压缩办理时间。"),
        new(null, "咨询电话里讲得很耐心，把每一步都写成短信发给我。", "已转达给咨询组，谢谢您。"),
        new(null, "把身份证落在窗口，工作人员追到公交站送回来。", "谢谢您的来信，该同志已在大厅通报表扬。"),
    ];

    /// <summary>咨询.</summary>
    public static readonly ImmutableArray<CasePhrase> Questions =
    [
        new(null, "外地的货车年审可以在这里办吗，需要带什么？", "可以跨区办理，请带行驶证、道路运输证和检测报告。"),
        new(null, "网约车驾驶员证到期前多久可以换？", "到期前三十天内均可在线申请换发。"),
        new(null, "超限运输许可能不能一次申请往返？", "同一线路可以在一次申请中注明往返。"),
        new(null, "老年优待证丢了怎么补？", "本人持身份证到任一公交卡窗口，当场补办。"),
        new(null, "公司名称变了，运输经营许可证要重新申请吗？", "只需办理变更，三个工作日内换发。"),
        new(null, "驾校的培训学时在哪里查？", "登录驾培平台，用身份证号即可查询。"),
        new(null, "维修企业备案要现场看场地吗？", "备案当场办结，事后三十日内现场核查。"),
    ];

    /// <summary>热线工单.</summary>
    public static readonly ImmutableArray<CasePhrase> Orders =
    [
        new(null, "市民反映五路公交晚高峰间隔超过二十五分钟，希望增加班次。", "已在十七时至十九时加密班次，间隔压缩至十二分钟。"),
        new(null, "市民反映出租车拒载，要求处理，已提供车牌和时间。", "经调取行车记录，拒载属实，已按规定处理驾驶员。"),
        new(null, "市民咨询货车禁行时段及通行证办理方式。", "已电话告知禁行时段和办理入口。"),
        new(null, "市民反映道路施工围挡占用公交站台，上下车不安全。", "已督促施工单位后移围挡，设置临时站台。"),
        new("complex", "市民反映小区门口班线改道后出行不便，涉及三条线路，要求恢复。", "已会同街道召开座谈会，恢复其中一条线路，另两条优化站点。"),
        new("complex", "市民投诉驾校停业不退费，涉及多名学员。", "已约谈负责人并签订退费承诺，专班跟进。"),
        new("facilities", "市民反映公交候车亭漏雨，座椅损坏。", "候车亭已修复，座椅已更换。"),
        new("attitude", "市民反映办证窗口电话长期无人接听。", "已增设接听人员，并对未接来电逐一回拨。"),
    ];

    private static readonly string[] Received = ["已收到您反映的情况，正在核实，五个工作日内告知进展。", "您好，您的来件已受理，由我负责到底，有结果第一时间联系您。", "已登记，正在与相关窗口核对，请留意答复。"];

    private static readonly string[] Underway = ["已调取监控和叫号记录，正在比对。", "已与所在大厅沟通，整改方案本周内确定。", "正在等待技术单位反馈，完成后即答复。", "已现场查看，情况与反映的一致。"];

    private static readonly string[] Looked = ["评价已收到，正在核实。", "已看到您的评价，我们正在查找原因。"];

    private static readonly string[] Rectified = ["已对窗口人员提醒谈话，并在晨会上通报。", "已增开一个窗口，等候时间明显缩短。", "已更新材料清单，并重新培训窗口人员。", "已调整叫号规则，优先办理预约件。"];

    private static readonly string[] RatingAnswers = ["您的评价已核实并整改，欢迎继续监督。", "我们已查明原因并改进，感谢您的评价。", "问题已整改，给您带来不便，深表歉意。"];

    private static readonly string[] NotTrue = ["经核对叫号和监控记录，未发现所述情况，仍感谢您的监督。", "经核实与该窗口办理情况不符，已记录在案。"];

    private static readonly string[] CallBack = ["市民表示满意。", "市民表示已经解决，对答复认可。", "市民表示问题解决了，希望以后不再发生。"];

    private static readonly string[] CallBackBad = ["市民认为整改还不到位，希望再改进。", "市民表示问题虽已处理，但对过程不满意。"];

    /// <summary>What somebody is told on the day on which they came.</summary>
    public static string Receipt(Random random) => Of(Received, random);

    /// <summary>What somebody is told on the way.</summary>
    public static string Progress(Random random) => Of(Underway, random);

    /// <summary>What stands under a bad rating first.</summary>
    public static string Look(Random random) => Of(Looked, random);

    /// <summary>What was done about a bad rating.</summary>
    public static string Rectification(Random random) => Of(Rectified, random);

    /// <summary>The answer to a bad rating.</summary>
    /// <param name="isTrue">Whether it was found true, at least partly.</param>
    /// <param name="random">The dice.</param>
    public static string RatingAnswer(bool isTrue, Random random) => Of(isTrue ? RatingAnswers : NotTrue, random);

    /// <summary>What the citizen said when they were called back.</summary>
    public static string Heard(Random random) => Of(CallBack, random);

    /// <summary>What a citizen said who is not content with what was done.</summary>
    public static string HeardBad(Random random) => Of(CallBackBad, random);

    private static string Of(string[] phrases, Random random) => phrases[random.Next(phrases.Length)];
}
