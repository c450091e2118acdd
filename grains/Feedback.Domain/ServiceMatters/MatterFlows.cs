using System.Collections.Immutable;
using Feedback.Domain.Cases;
using Feedback.Domain.Organisation;

namespace Feedback.Domain.ServiceMatters;

/// <summary>
/// What each event of a matter adds to the figures of its node on the day of the event. They stand beside the counts of cases, and every
/// code begins with <c>matter/</c>. Counts are a function of the matter's events alone: a recount gives the same.
/// </summary>
public static class MatterFlows
{
    /// <summary>Accepted, at a window or online.</summary>
    public const string Accepted = "matter/accepted";

    /// <summary>Of these, those applied for online.</summary>
    public const string Online = "matter/online";

    /// <summary>Completed.</summary>
    public const string Completed = "matter/completed";

    /// <summary>Completed with one visit at most.</summary>
    public const string WithinOneVisit = "matter/within-one-visit";

    /// <summary>Completed with two visits at most.</summary>
    public const string WithinTwoVisits = "matter/within-two-visits";

    /// <summary>Completed, or overdue: whatever has a limit is counted once, on the day of what came first.</summary>
    public const string Due = "matter/due";

    /// <summary>Completed by the deadline.</summary>
    public const string InTime = "matter/in-time";

    /// <summary>Withdrawn by the applicant.</summary>
    public const string Withdrawn = "matter/withdrawn";

    /// <summary>两次办结率: completed with two visits at most / completed.</summary>
    public static readonly MatterRate TwoVisits = new("two-visit", WithinTwoVisits, Completed);

    /// <summary>一次办结率: completed with one visit at most / completed.</summary>
    public static readonly MatterRate OneVisit = new("one-visit", WithinOneVisit, Completed);

    /// <summary>按时办结率: completed by the deadline / completed or overdue, of those with a limit.</summary>
    public static readonly MatterRate OnTime = new("matter-on-time", InTime, Due);

    /// <summary>All rates.</summary>
    public static readonly ImmutableArray<MatterRate> Rates = [TwoVisits, OneVisit, OnTime];

    /// <summary>What somebody will have to answer for.</summary>
    /// <param name="reason">A word of <see cref="MatterRules.Reasons"/>.</param>
    public static string Accountable(string reason) => "matter/accountable/" + reason;

    /// <summary>What is to be added to <c>case_days</c> when a matter goes from one state to a later one.</summary>
    public static IReadOnlyList<(NodeId Node, DateOnly Day, CaseCounts Delta)> Change(MatterState before, MatterState after) =>
        after.Accepted is not { } accepted ? []
        : [.. CaseCounted.Change(before.Counted, after.Counted).Select(change => (accepted.Node, change.Day, change.Delta))];

    internal static CaseCounted Count(MatterState before, MatterEvent happened)
    {
        var (day, counted) = (happened.Stamp.Day, before.Counted);
        switch (happened)
        {
            case MatterAccepted e:
                counted = counted.Add(Accepted, day);
                return e.Online ? counted.Add(Online, day) : counted;
            case MatterCompleted e:
                counted = counted.Add(Completed, day);
                counted = e.Visits <= 1 ? counted.Add(WithinOneVisit, day) : counted;
                counted = e.Visits <= MatterRules.MostVisits ? counted.Add(WithinTwoVisits, day) : counted;
                if (before.IsOverdue || e.Deadline is not { } deadline)
                    return counted;
                counted = counted.Add(Due, day);
                return e.Stamp.At <= deadline ? counted.Add(InTime, day) : counted;
            case MatterWithdrawn:
                return counted.Add(Withdrawn, day);
            case MatterAccountable e:
                counted = counted.Add(Accountable(e.Reason), day);
                return e.Reason == MatterRules.Overdue ? counted.Add(Due, day) : counted;
            default:
                return counted;
        }
    }
}

/// <summary>A rate of two counts of matters; undefined when the denominator is 0.</summary>
/// <param name="Word">Its stable word.</param>
/// <param name="Numerator">The code counted above.</param>
/// <param name="Denominator">The code counted below.</param>
public sealed record MatterRate(string Word, string Numerator, string Denominator)
{
    /// <summary>Both counts.</summary>
    public (long Numerator, long Denominator) Of(CaseCounts counts) => (counts[Numerator], counts[Denominator]);
}
