using System.Globalization;
using System.Text;
using Feedback.Domain.Cases;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Grains.Due;
using Feedback.Grains.Journal;

namespace Feedback.Grains.Cases;

/// <summary>The rows of work that cases leave for later, and their words.</summary>
public static class CaseWork
{
    /// <summary>Opens the case of a bad rating.</summary>
    public const string Open = "case.open";

    /// <summary>Does what is due by a case's clocks.</summary>
    public const string Clock = "case.clock";

    /// <summary>Works the deadlines and warnings of open cases out anew after a year was announced, or other hours or policies hold.</summary>
    public const string Calendar = "case.calendar";

    /// <summary>Takes a rating out of its window's figures.</summary>
    public const string Exclude = "rating.exclude";

    /// <summary>Tells a case that another goes on as it.</summary>
    public const string Absorb = "case.absorb";

    /// <summary>Answers the citizen of a merged case.</summary>
    public const string AnswerAbsorbed = "case.answer-absorbed";

    /// <summary>Tells somebody of the office something about a case.</summary>
    public const string Notice = "case.notice";

    /// <summary>
    /// For so long, in milliseconds, work that concerns all open cases waits: by then every silo has heard of its cause, and a case that is opened
    /// meanwhile by what was known before is among those that are looked at.
    /// </summary>
    internal const long Settling = 5000;

    /// <summary>The row that lets pending deadlines be worked out once a year is announced or corrected: it belongs into the transaction of <c>calendar.defined</c>.</summary>
    /// <param name="year">The year.</param>
    /// <param name="version">The version of the policy stream after the event.</param>
    /// <param name="now">Milliseconds UTC.</param>
    public static DueRow OfCalendar(int year, long version, long now) => DueCommand.Row(
        Invariant($"{Calendar}:{year}:{version}"), now + Settling, Text(Calendar, text => text.Member("year"u8, year)));

    /// <summary>
    /// The row that lets what is due by the clocks of open cases at and below a node be worked out anew once another policy on deadlines holds
    /// there: it belongs into the transaction of <c>policy.set</c>. A clock keeps the limit with which it started; whom a deadline that comes near
    /// or has passed is told, and when, is told by the policy of the day.
    /// </summary>
    /// <param name="node">The node.</param>
    /// <param name="version">The version of the policy stream after the event.</param>
    /// <param name="from">From when on it holds, milliseconds UTC; now where it holds already.</param>
    public static DueRow OfPolicy(NodeId node, long version, long from) => OfPlace("policy", node, version, from);

    /// <summary>The same once a node moves, and with it what lies below it, to where other hours and policies hold: it belongs into the transaction of <c>node.moved</c>.</summary>
    /// <param name="node">The node that moves.</param>
    /// <param name="version">The version of the organisation's stream after the event.</param>
    /// <param name="from">When it moves, milliseconds UTC.</param>
    public static DueRow OfMove(NodeId node, long version, long from) => OfPlace("move", node, version, from);

    /// <summary>Where that work goes on after a part of the cases; it takes too long to be done at once.</summary>
    internal static DueRow OfCalendarFrom(DueCommand before, CaseCursor after, NodeId? node) => DueCommand.Row(
        Invariant($"{before.Key.Split('@')[0]}@{after}"), before.At,
        Text(Calendar, text => text.Member("after"u8, after.ToString()).Member("node"u8, node?.Value)));

    private static DueRow OfPlace(string cause, NodeId node, long version, long from) => DueCommand.Row(
        Invariant($"{Calendar}:{cause}:{node}:{version}"), from + Settling, Text(Calendar, text => text.Member("node"u8, node.Value)));

    internal static string ClockKey(CaseId id) => $"clock:{id}";

    internal static DueRow OfClock(CaseId id, long version, long at) =>
        DueCommand.Row(ClockKey(id), at, Text(Clock, text => text.Member("case"u8, id.Value).Member("version"u8, version)));

    internal static DueRow OfRating(NodeId window, long version, Opaque identity, long now) =>
        DueCommand.Row($"{Open}:{window}:{identity}", now, Text(Open, text => text.Member("window"u8, window.Value).Member("version"u8, version)));

    internal static DueRow OfNotice(CaseId id, long version, long now, NodeId? ownerAt = null) => DueCommand.Row(
        Invariant($"{Notice}:{id}:{version}{(ownerAt is null ? "" : ":owner")}"), now,
        Text(Notice, text => text.Member("case"u8, id.Value).Member("version"u8, version).Member("ownerAt"u8, ownerAt?.Value)));

    /// <summary>The row of work in another stream.</summary>
    /// <param name="id">The case that causes it.</param>
    /// <param name="version">The version of the last event of the cause.</param>
    /// <param name="work">What it is.</param>
    /// <param name="now">Milliseconds UTC.</param>
    internal static DueRow Of(CaseId id, long version, FollowUp work, long now) => work switch
    {
        ExcludeRating w => DueCommand.Row(
            Invariant($"{Exclude}:{id}:{version}"), now,
            Text(Exclude, text => text.Member("window"u8, w.Window.Value).Member("version"u8, w.Version).Member("reason"u8, w.Reason))),
        TellAbsorbed w => DueCommand.Row(
            Invariant($"{Absorb}:{id}:{version}:{w.Other}"), now,
            Text(Absorb, text => text.Member("survivor"u8, w.Survivor.Value).Member("other"u8, w.Other.Value).Member("with"u8, [.. w.With.Select(other => other.Value)]).Member("about"u8, w.About))),
        AnswerAbsorbed w => DueCommand.Row(
            Invariant($"{AnswerAbsorbed}:{id}:{version}:{w.Other}"), now,
            Text(AnswerAbsorbed, text => text.Member("survivor"u8, w.Survivor.Value).Member("other"u8, w.Other.Value))),
        NameAnOwner w => OfNotice(id, version, now, w.At),
        _ => throw new ArgumentOutOfRangeException(nameof(work), work.GetType().Name, "No such work."),
    };

    private static string Text(string command, Action<CanonicalWriter> members)
    {
        var text = new CanonicalWriter().BeginObject().Member("command"u8, command);
        members(text);
        return Encoding.UTF8.GetString(text.EndObject().Written);
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
