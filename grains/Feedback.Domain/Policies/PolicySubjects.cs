namespace Feedback.Domain.Policies;

/// <summary>Everything that a policy can be about. A word, once used, is never given to another document.</summary>
public static class PolicySubjects
{
    /// <summary>时限.</summary>
    public static readonly PolicySubject<CaseLimits> CaseLimits = new("case-limits", Policies.CaseLimits.Default, Policies.CaseLimits.Read, Policies.CaseLimits.Write);

    /// <summary>差评.</summary>
    public static readonly PolicySubject<BadRatingPolicy> BadRating = new("bad-rating", BadRatingPolicy.Default, BadRatingPolicy.Read, BadRatingPolicy.Write);

    /// <summary>重新打开.</summary>
    public static readonly PolicySubject<ReopenPolicy> Reopen = new("reopen", ReopenPolicy.Default, ReopenPolicy.Read, ReopenPolicy.Write);

    /// <summary>反馈.</summary>
    public static readonly PolicySubject<FeedbackPolicy> Feedback = new("feedback", FeedbackPolicy.Default, FeedbackPolicy.Read, FeedbackPolicy.Write);

    /// <summary>热线工单.</summary>
    public static readonly PolicySubject<HotlinePolicy> Hotline = new("hotline", HotlinePolicy.Default, HotlinePolicy.Read, HotlinePolicy.Write);

    /// <summary>分派.</summary>
    public static readonly PolicySubject<RoutingPolicy> Routing = new("routing", RoutingPolicy.Default, RoutingPolicy.Read, RoutingPolicy.Write);

    /// <summary>分类.</summary>
    public static readonly PolicySubject<CategoryTree> Categories = new("categories", CategoryTree.Default, CategoryTree.Read, CategoryTree.Write);

    /// <summary>受理告知单.</summary>
    public static readonly PolicySubject<NoticePolicy> Notice = new("acceptance-notice", NoticePolicy.Default, NoticePolicy.Read, NoticePolicy.Write);

    /// <summary>默认评价.</summary>
    public static readonly PolicySubject<DefaultRulePolicy> DefaultRule = new("default-rule", DefaultRulePolicy.Default, DefaultRulePolicy.Read, DefaultRulePolicy.Write);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<IPolicySubject> All { get; } = [CaseLimits, BadRating, Reopen, Feedback, Hotline, Routing, Categories, Notice, DefaultRule];

    /// <summary>The subject of a word, or null.</summary>
    public static IPolicySubject? Find(string word) => All.FirstOrDefault(subject => subject.Word == word);
}
