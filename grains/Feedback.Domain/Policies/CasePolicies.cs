using System.Collections.Immutable;
using Feedback.Domain.Cases;
using Feedback.Domain.Organisation;
using Feedback.Domain.WorkingTime;

namespace Feedback.Domain.Policies;

/// <summary>Everything that holds for the cases of a place on a day.</summary>
/// <param name="Limits">时限.</param>
/// <param name="BadRating">差评.</param>
/// <param name="Reopen">重新打开.</param>
/// <param name="Feedback">反馈.</param>
/// <param name="Hotline">热线工单.</param>
/// <param name="Routing">分派.</param>
/// <param name="Categories">分类.</param>
/// <param name="Notice">受理告知单.</param>
public sealed record CasePolicies(
    CaseLimits Limits, BadRatingPolicy BadRating, ReopenPolicy Reopen, FeedbackPolicy Feedback, HotlinePolicy Hotline,
    RoutingPolicy Routing, CategoryTree Categories, NoticePolicy Notice)
{
    /// <summary>Where nothing was set.</summary>
    public static readonly CasePolicies Default = At(PolicyBook.Empty, [], DateOnly.MinValue);

    /// <summary>What holds at a place on a day.</summary>
    /// <param name="book">All policies.</param>
    /// <param name="line">The node and everything above it on that day.</param>
    /// <param name="day">The local day.</param>
    public static CasePolicies At(PolicyBook book, IReadOnlyList<Node> line, DateOnly day)
    {
        return new(
            Of(PolicySubjects.CaseLimits), Of(PolicySubjects.BadRating), Of(PolicySubjects.Reopen), Of(PolicySubjects.Feedback),
            Of(PolicySubjects.Hotline), Of(PolicySubjects.Routing), Of(PolicySubjects.Categories), Of(PolicySubjects.Notice));

        T Of<T>(PolicySubject<T> subject)
            where T : class => book.Find(line, subject, day).Document;
    }

    /// <summary>
    /// The limits of a case's clocks. Where the limits themselves say nothing of it, rectification is that of the policy on bad ratings,
    /// and signing for an order that of the policy on the hotline.
    /// </summary>
    /// <param name="kind">The kind of case.</param>
    /// <param name="category">The category's code; null for none.</param>
    public ImmutableSortedDictionary<ClockKind, Limit> LimitsOf(CaseKind kind, string? category)
    {
        var line = Categories.LineOf(category).ToList();
        var limits = Limits.LimitsOf(kind, line);
        return (kind, limits.ContainsKey(ClockKind.Rectification), limits.ContainsKey(ClockKind.SignFor)) switch
        {
            (CaseKind.BadRating, false, _) => limits.Add(ClockKind.Rectification, BadRating.Rectification),
            (CaseKind.HotlineOrder, _, false) => limits.Add(ClockKind.SignFor, line.Contains("complex") ? Hotline.SignForComplex : Hotline.SignFor),
            _ => limits,
        };
    }

    /// <summary>Where a case of a category goes; null for the unit that it concerns.</summary>
    public Route? RouteOf(string? category) => Routing.Of(Categories.LineOf(category));
}
