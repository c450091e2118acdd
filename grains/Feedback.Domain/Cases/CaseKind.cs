namespace Feedback.Domain.Cases;

/// <summary>What a case is about. Stored by its word (<see cref="CaseWords"/>).</summary>
public enum CaseKind
{
    /// <summary>投诉.</summary>
    Complaint = 1,

    /// <summary>建议; may be anonymous.</summary>
    Suggestion,

    /// <summary>表扬.</summary>
    Praise,

    /// <summary>咨询.</summary>
    Question,

    /// <summary>差评: opened by a bad rating, by policy.</summary>
    BadRating,

    /// <summary>热线工单: a work order of the city's hotline; the bureau is the receiving unit.</summary>
    HotlineOrder,

    /// <summary>检查问题: found by inspection.</summary>
    Finding,
}

/// <summary>How a case came in. Stored by its word.</summary>
public enum CaseChannel
{
    /// <summary>窗口.</summary>
    Window = 1,

    /// <summary>热线.</summary>
    Hotline,

    /// <summary>网站.</summary>
    Web,

    /// <summary>电话.</summary>
    Phone,

    /// <summary>纸质评议表、信函.</summary>
    Paper,

    /// <summary>座谈会.</summary>
    Meeting,

    /// <summary>意见箱.</summary>
    Box,

    /// <summary>二维码.</summary>
    Qr,

    /// <summary>Another system, by the API or Open311.</summary>
    Api,

    /// <summary>Opened by the service itself, such as by a bad rating.</summary>
    Automatic,
}

/// <summary>Where a case stands. Stored by its word.</summary>
public enum CaseStage
{
    /// <summary>已登记: with whoever received it, who owns it from the first moment on.</summary>
    Registered = 1,

    /// <summary>待签收: sent to a lead unit, which has not signed for it.</summary>
    Dispatched,

    /// <summary>待核实: a bad rating whose truth is being looked into.</summary>
    Verifying,

    /// <summary>办理中; of a bad rating 整改中.</summary>
    Handling,

    /// <summary>申诉中: the unit appealed against a bad rating; supervision decides.</summary>
    Appealed,

    /// <summary>已办理: the office says it is done; nobody has told the citizen.</summary>
    Handled,

    /// <summary>已反馈: the citizen was told; the citizen's word or the call back is awaited.</summary>
    Answered,

    /// <summary>已结案.</summary>
    Closed,

    /// <summary>已并案: goes on as another case, whose answer also answers this one.</summary>
    Merged,
}
