using System.Collections.Immutable;
using Feedback.Domain.Cases;
using Feedback.Domain.Journal;
using Feedback.Domain.WorkingTime;

namespace Feedback.Domain.Policies;

/// <summary>The limits of a kind of case, or of a category of it.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Category">The category's code; null for all others.</param>
/// <param name="Limits">The limits by clock; a clock without one does not run.</param>
public sealed record LimitRule(CaseKind Kind, string? Category, ImmutableSortedDictionary<ClockKind, Limit> Limits);

/// <summary>Who is told that a case is overdue.</summary>
public enum EscalationTarget
{
    /// <summary>The owner of the case: <c>owner</c>.</summary>
    Owner = 1,

    /// <summary>Whoever manages the lead unit: <c>lead-manager</c>.</summary>
    LeadManager,

    /// <summary>Supervision: <c>supervisor</c>.</summary>
    Supervisor,
}

/// <summary>One step of who is told when a deadline has passed.</summary>
/// <param name="After">How long after the deadline; null for at once.</param>
/// <param name="To">Who is told.</param>
public sealed record EscalationLevel(Limit? After, EscalationTarget To)
{
    private static readonly string[] TargetWords = ["owner", "lead-manager", "supervisor"];

    /// <summary>The stable word of who is told.</summary>
    public string Word => TargetWords[(int)To - 1];

    internal static IReadOnlyList<string> Words => TargetWords;
}

/// <summary>时限: how long the clocks of cases may run, when people are warned, and who is told afterwards.</summary>
/// <remarks>
/// A clock keeps the limit that held when it started, until an extension, another category or supervision gives it another. When people
/// are warned and who is told afterwards is told by what holds on the day, for clocks that run already, too.
/// </remarks>
/// <param name="Rules">Limits by kind and category. A kind without any rule has the limits that hold by default.</param>
/// <param name="Warn">When people are warned.</param>
/// <param name="Escalation">Who is told afterwards, in order.</param>
public sealed record CaseLimits(ImmutableArray<LimitRule> Rules, WarnBefore Warn, ImmutableArray<EscalationLevel> Escalation)
{
    /// <summary>
    /// By default, 1 to 15 working days by kind; of hotline orders, one capital's draft: 7 days, complex ones 15, water, power, gas and heat
    /// 24 hours, life and property 2 hours.
    /// </summary>
    public static readonly CaseLimits Default = new(
        [
            Rule(CaseKind.Complaint, null, (ClockKind.FirstResponse, "1wd"), (ClockKind.Progress, "5wd"), (ClockKind.Completion, "15wd"), (ClockKind.CallBack, "5wd")),
            Rule(CaseKind.Suggestion, null, (ClockKind.FirstResponse, "2wd"), (ClockKind.Completion, "15wd")),
            Rule(CaseKind.Praise, null, (ClockKind.FirstResponse, "5wd")),
            Rule(CaseKind.Question, null, (ClockKind.FirstResponse, "1wd"), (ClockKind.Completion, "5wd")),
            Rule(CaseKind.BadRating, null, (ClockKind.FirstResponse, "1wd"), (ClockKind.CallBack, "5wd")),
            Rule(CaseKind.HotlineOrder, null, (ClockKind.FirstResponse, "1wd"), (ClockKind.Completion, "7d"), (ClockKind.CallBack, "5wd")),
            Rule(CaseKind.HotlineOrder, "complex", (ClockKind.FirstResponse, "1wd"), (ClockKind.Completion, "15d"), (ClockKind.CallBack, "5wd")),
            Rule(CaseKind.HotlineOrder, "utilities", (ClockKind.FirstResponse, "2h"), (ClockKind.Completion, "24h"), (ClockKind.CallBack, "5wd")),
            Rule(CaseKind.HotlineOrder, "safety", (ClockKind.FirstResponse, "1h"), (ClockKind.Completion, "2h"), (ClockKind.CallBack, "5wd")),
            Rule(CaseKind.Finding, null, (ClockKind.Rectification, "15wd")),
        ],
        WarnBefore.Share(20),
        [new(null, EscalationTarget.Owner), new(Limit.WorkingDays(1), EscalationTarget.LeadManager), new(Limit.WorkingDays(3), EscalationTarget.Supervisor)]);

    /// <summary>The limits of a case: those of its category or of the nearest category above it, else those of its kind.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="categories">Its category and those above it, the nearest first (<see cref="CategoryTree.LineOf"/>).</param>
    public ImmutableSortedDictionary<ClockKind, Limit> LimitsOf(CaseKind kind, params IEnumerable<string> categories)
    {
        var rules = Rules.Any(rule => rule.Kind == kind) ? Rules : Default.Rules;
        var found = categories.Select(category => rules.FirstOrDefault(rule => rule.Kind == kind && rule.Category == category)).FirstOrDefault(rule => rule is not null)
            ?? rules.FirstOrDefault(rule => rule.Kind == kind && rule.Category is null);
        return found?.Limits ?? ImmutableSortedDictionary<ClockKind, Limit>.Empty;
    }

    internal static CaseLimits Read(PolicyReader text)
    {
        var rules = text.List("rules", 500, rule => new LimitRule(
            CaseWords.KindOf(rule.Needed("kind", rule.Word("kind", [.. Enum.GetValues<CaseKind>().Select(kind => kind.Word())])))!.Value,
            rule.Text("category", CategoryTree.LongestCode),
            rule.Object("limits", ReadLimits)
            ?? ImmutableSortedDictionary<ClockKind, Limit>.Empty)) ?? Default.Rules;
        var seen = new HashSet<(CaseKind, string?)>();
        foreach (var (index, rule) in rules.Index())
        {
            if (!seen.Add((rule.Kind, rule.Category)))
                throw PolicyReader.Wrong("policy-twice", $"rules[{index}]", rule.Category is { } category ? $"{rule.Kind.Word()}/{category}" : rule.Kind.Word());
        }

        var warn = text.Text("warnBefore", 20) is { } before
            ? WarnBefore.Read(before) ?? throw PolicyReader.Wrong("policy-warn", text.PathOf("warnBefore"), before)
            : Default.Warn;
        return new CaseLimits(rules, warn, text.List("escalation", 10, level => new EscalationLevel(
            level.Limit("after"),
            (EscalationTarget)(EscalationLevel.Words.Index().First(word => word.Item == level.Needed("to", level.Word("to", EscalationLevel.Words))).Index + 1))) ?? Default.Escalation);
    }

    private static ImmutableSortedDictionary<ClockKind, Limit> ReadLimits(PolicyReader text) => ClockWords.All
        .Select(clock => (Clock: clock, Limit: text.Limit(clock.Word())))
        .Where(limit => limit.Limit is not null)
        .ToImmutableSortedDictionary(limit => limit.Clock, limit => limit.Limit!.Value);

    internal static void Write(CanonicalWriter text, CaseLimits document)
    {
        text.BeginArray("rules"u8);
        foreach (var rule in document.Rules)
        {
            text.BeginObject().Member("kind"u8, rule.Kind.Word()).Member("category"u8, rule.Category).BeginObject("limits"u8);
            foreach (var (clock, limit) in rule.Limits)
                text.Name(clock.Word()).Value(limit.ToString());
            text.EndObject().EndObject();
        }

        text.EndArray().Member("warnBefore"u8, document.Warn.ToString()).BeginArray("escalation"u8);
        foreach (var level in document.Escalation)
            text.BeginObject().Member("after"u8, level.After?.ToString()).Member("to"u8, level.Word).EndObject();
        text.EndArray();
    }

    private static LimitRule Rule(CaseKind kind, string? category, params (ClockKind Clock, string Limit)[] limits) =>
        new(kind, category, limits.ToImmutableSortedDictionary(limit => limit.Clock, limit => Limit.Parse(limit.Limit)));
}
