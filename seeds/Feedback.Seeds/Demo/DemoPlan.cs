using System.Collections.Immutable;

namespace Feedback.Seeds.Demo;

/// <summary>A window as it is planned.</summary>
/// <param name="Zh">The Chinese name.</param>
/// <param name="En">The English name.</param>
/// <param name="StaffName">Who sits there.</param>
/// <param name="ServiceItems">Codes of the service items that are handled there.</param>
internal sealed record WindowPlan(string Zh, string En, string StaffName, params string[] ServiceItems);

/// <summary>A hall as it is planned; its windows are numbered in their order.</summary>
internal sealed record HallPlan(string Zh, string En, params WindowPlan[] Windows);

/// <summary>Something of the catalogue as it is planned.</summary>
internal sealed record CataloguePlan(string Code, string Zh, string En);

/// <summary>
/// The demo district as data: an invented transport bureau of 3 halls and 24 windows. Every character lies within
/// GB 2312, which the bundled font covers. The built-in dimensions are its scheme.
/// </summary>
internal static class DemoPlan
{
    public const string Code = "qinghe";
    public const string Zh = "青禾区交通运输局";
    public const string En = "Qinghe District Transport Bureau";
    public const string Zone = "Asia/Shanghai";
    public const string OpeningHours = "09:00-12:00,13:30-17:00";

    public static readonly ImmutableArray<HallPlan> Halls =
    [
        new("河滨运政服务大厅", "Riverside Transport Licensing Hall",
            new("综合咨询", "General enquiries", "林晓梅", "enquiry"),
            new("道路客运许可", "Road passenger transport licences", "陈建国", "road-passenger-licence"),
            new("道路货运许可", "Road freight licences", "王丽华", "road-freight-licence"),
            new("道路运输许可", "Road transport licences", "赵文博", "road-passenger-licence", "road-freight-licence"),
            new("超限运输许可", "Oversize transport permits", "孙志强", "oversize-permit"),
            new("涉路施工许可", "Roadworks permits", "周海燕", "roadworks-permit"),
            new("维修企业备案", "Repair shop registration", "吴国栋", "repair-shop-registration"),
            new("证照发放", "Issue of licences", "郑雨婷", "road-passenger-licence", "road-freight-licence", "oversize-permit")),
        new("东郊车辆与驾驶员服务大厅", "East Suburb Vehicle and Driver Hall",
            new("驾驶员资格", "Driver qualifications", "冯立新", "driver-qualification"),
            new("资格证换发", "Renewal of qualification certificates", "褚思远", "driver-qualification"),
            new("车辆年审", "Annual vehicle inspection", "卫东升", "vehicle-inspection"),
            new("车辆年审（货车）", "Annual vehicle inspection (lorries)", "蒋春兰", "vehicle-inspection"),
            new("车辆过户", "Transfer of vehicles", "沈佳宁", "vehicle-transfer"),
            new("道路运输证", "Vehicle operation certificates", "韩雪峰", "vehicle-transfer", "road-freight-licence"),
            new("驾校备案", "Driving school registration", "杨秀英", "driver-qualification"),
            new("综合业务", "General business", "朱明亮", "enquiry", "vehicle-inspection", "driver-qualification")),
        new("新城公共出行服务大厅", "New Town Public Travel Hall",
            new("出租车业务", "Taxi business", "秦玉兰", "taxi-licence"),
            new("网约车许可", "Ride-hailing licences", "许家豪", "ride-hailing-licence"),
            new("公交投诉受理", "Bus complaints", "何静怡", "bus-complaint"),
            new("公交卡业务", "Bus cards", "吕永康", "travel-card"),
            new("老年优待证", "Senior travel cards", "施慧敏", "travel-card"),
            new("出租车投诉受理", "Taxi complaints", "张大伟", "bus-complaint", "taxi-licence"),
            new("停车场备案", "Car park registration", "孔令辉", "repair-shop-registration"),
            new("综合咨询", "General enquiries", "曹小雨", "enquiry")),
    ];

    public static readonly ImmutableArray<CataloguePlan> ServiceItems =
    [
        new("enquiry", "政策咨询", "Policy enquiry"),
        new("road-passenger-licence", "道路旅客运输经营许可", "Road passenger transport licence"),
        new("road-freight-licence", "道路货物运输经营许可", "Road freight transport licence"),
        new("oversize-permit", "超限运输车辆通行许可", "Oversize vehicle permit"),
        new("roadworks-permit", "涉路施工许可", "Roadworks permit"),
        new("repair-shop-registration", "机动车维修经营备案", "Motor vehicle repair registration"),
        new("driver-qualification", "道路运输从业资格证", "Professional driver qualification"),
        new("vehicle-inspection", "营运车辆年度审验", "Annual inspection of commercial vehicles"),
        new("vehicle-transfer", "营运车辆转籍过户", "Transfer of commercial vehicles"),
        new("taxi-licence", "巡游出租汽车经营许可", "Taxi operating licence"),
        new("ride-hailing-licence", "网络预约出租汽车许可", "Ride-hailing licence"),
        new("bus-complaint", "公共交通投诉", "Public transport complaint"),
        new("travel-card", "交通卡与优待证", "Travel and concession cards"),
    ];

    public static readonly ImmutableArray<CataloguePlan> Reasons =
    [
        new("over-time-limit", "超过法定办理时限", "Over the legal time limit"),
        new("extra-conditions", "违规增加办理条件", "Extra conditions were demanded"),
        new("extra-documents", "要求提供额外材料", "Extra documents were demanded"),
        new("poor-attitude", "服务态度差", "Poor attitude"),
        new("unclear-notice", "一次性告知不清", "Requirements were not told at once"),
        new("long-queue", "排队时间长", "Long queue"),
        new("nobody-at-window", "窗口无人", "Nobody at the window"),
        new("passed-around", "推诿扯皮", "Passed from one to another"),
    ];

    /// <summary>The code of a hall, counted from 1.</summary>
    public static string HallCode(int hall) => $"hall-{hall}";

    /// <summary>The code of a window, counted from 1 within its hall.</summary>
    public static string WindowCode(int window) => $"w-{window:00}";

    /// <summary>The badge of the person at a window.</summary>
    public static string StaffCode(int hall, int window) => $"QH{hall}{window:00}";
}
