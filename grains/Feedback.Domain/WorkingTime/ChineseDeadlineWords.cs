using Feedback.Domain.Time;

namespace Feedback.Domain.WorkingTime;

internal sealed class ChineseDeadlineWords(HallZone zone, int year) : DeadlineWords(zone, year)
{
    public static string Of(Limit limit) => Number(limit.Amount) + limit.Unit switch
    {
        LimitUnit.Minutes => "分钟",
        LimitUnit.Hours => "小时",
        LimitUnit.WorkingHours => "个工作小时",
        LimitUnit.WorkingDays => "个工作日",
        _ => "个自然日",
    };

    internal override string Sentence(DeadlineStep step) => step switch
    {
        StartStep s => $"{Time(s.At)} {(s.Again ? "重新打开，另行计时" : "收到")}，时限{Of(s.Limit)}，{Rule(s.Limit.Unit)}",
        DaysStep { MadeUp: true } s => $"{Span(s.From, s.To)}{Weekday(s.From, s.To)}调休上班，计为{Numbers(s)}",
        DaysStep s => $"{Span(s.From, s.To)}为{Numbers(s)}",
        HoursStep s => $"{Span(s.From, s.To)}计工作时间{Text(s.Milliseconds)}",
        SkipStep s => $"{Span(s.From, s.To)}{Reason(s)}",
        PauseStep s => $"{Time(s.At)} 暂停（{Reason(s.Reason)}），剩余{(s.DaysLeft is { } days ? Number(days) + "天" : Text(s.MillisecondsLeft ?? 0))}",
        ResumeStep s => $"{Time(s.At)} 恢复计时",
        LimitStep s => $"{Time(s.At)} 时限由{Of(s.Before)}改为{Of(s.After)}（{Why(s.Why)}），仍自开始之时起算",
        MovedStep s => $"最后一日{Day(s.From)}不办公，顺延至{Day(s.To)}",
        GraceStep s => $"最后一日在暂停期间已过，顺延至{Day(s.Day)}下班",
        DueStep s => $"到期 {End(s.At)}",
        PendingStep s => $"{Number(s.Year)}年放假安排尚未公布，期限待定，导入后自动确定",
        OpenStep => "暂停期间不计时，也不超期",
        StopStep { LateBy: 0 } s => $"{Time(s.At)} 完成，按时",
        StopStep { LateBy: { } late } s => $"{Time(s.At)} 完成，逾期{Text(late)}",
        StopStep s => $"{Time(s.At)} 完成，是否按时待定",
        _ => throw new ArgumentOutOfRangeException(nameof(step)),
    };

    private protected override string Day(DateOnly day, bool year) => year ? $"{day.Year}年{day.Month}月{day.Day}日" : $"{day.Month}月{day.Day}日";

    private static string Rule(LimitUnit unit) => unit switch
    {
        LimitUnit.WorkingHours => "只计工作时间",
        LimitUnit.WorkingDays or LimitUnit.Days => "当日不计",
        _ => "不分昼夜连续计时",
    };

    private string Span(DateOnly from, DateOnly to) =>
        from == to ? Day(from)
        : from.Year == to.Year && from.Month == to.Month ? $"{Day(from)}至{to.Day}日"
        : $"{Day(from)}至{Day(to)}";

    private static string Weekday(DateOnly from, DateOnly to) => from != to ? "" : from.DayOfWeek == DayOfWeek.Saturday ? "（周六）" : "（周日）";

    private static string Numbers(DaysStep s) =>
        (s.First == s.Last ? $"第{s.First}个" : $"第{s.First}至{s.Last}个") + (s.Unit == LimitUnit.Days ? "自然日" : "工作日");

    private static string Reason(SkipStep s) => s.Reason switch
    {
        SkipReason.Holiday => $"{s.Holiday?.Zh ?? "节日"}放假，跳过",
        SkipReason.Weekend => "周末，跳过",
        SkipReason.Paused => "暂停中，不计",
        _ => "不办公，跳过",
    };

    private static string Reason(string code) => code switch
    {
        PauseReasons.AwaitingCitizen => "等待申请人补充材料",
        PauseReasons.AwaitingExpert => "等待专家评审、检验检测或听证",
        PauseReasons.AwaitingOffice => "等待其他单位",
        PauseReasons.Appeal => "申诉期间",
        PauseReasons.Returned => "已退回市级，等待重新派单",
        PauseReasons.ForceMajeure => "不可抗力",
        _ => code,
    };

    private static string Why(LimitChange why) => why switch
    {
        LimitChange.Extension => "延期",
        LimitChange.Category => "重新分类",
        _ => "政策调整",
    };

    private static string Text(long milliseconds) => Duration(milliseconds) switch
    {
        (0, var minutes) => $"{minutes}分钟",
        (var hours, 0) => $"{hours}小时",
        var (hours, minutes) => $"{hours}小时{minutes}分钟",
    };
}
