using Feedback.Domain.Organisation;

namespace Feedback.Domain.Cases;

/// <summary>What lists and searches know of a case; written with the case's events, and made anew from them. Holds no personal text.</summary>
/// <param name="Id">The case.</param>
/// <param name="Version">The version of the last event in it.</param>
/// <param name="Number">The readable number, unique in the bureau.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Channel">How it came in.</param>
/// <param name="Stage">Where it stands.</param>
/// <param name="Node">The node that it concerns: a window, a hall, a unit.</param>
/// <param name="Lead">The unit that handles it (主办).</param>
/// <param name="OpenedAt">When it was received, milliseconds UTC.</param>
/// <param name="Day">The local day of that, at the node.</param>
public sealed record CaseRow(
    CaseId Id, long Version, string Number, CaseKind Kind, CaseChannel Channel, CaseStage Stage, NodeId Node, NodeId Lead, long OpenedAt, DateOnly Day)
{
    /// <summary>The account that answers for it to the end; null for none yet.</summary>
    public string? Owner { get; init; }

    /// <summary>The code of its category; null for none yet.</summary>
    public string? Category { get; init; }

    /// <summary>The system that it came from and its number there, such as <c>12345</c> and an order number; null when it came in here.</summary>
    public (string Source, string Number)? External { get; init; }

    /// <summary>The rating that opened it; null for others.</summary>
    public (NodeId Window, long Version)? Rating { get; init; }

    /// <summary>When it was closed or merged, milliseconds UTC; null while it is open, and while the citizen of a merged case has no answer yet.</summary>
    public long? ClosedAt { get; init; }

    /// <summary>The next deadline of a clock that runs, milliseconds UTC; null where none runs or the deadline is pending.</summary>
    public long? DueAt { get; init; }

    /// <summary>That clock's word; null where <see cref="DueAt"/> is.</summary>
    public string? DueClock { get; init; }

    /// <summary>Whether a clock passed its deadline and still runs.</summary>
    public bool Overdue { get; init; }

    /// <summary>Whether supervision watches over it (督办).</summary>
    public bool Supervised { get; init; }

    /// <summary>
    /// Whether supervision should look at it: it is open, or merged and its citizen has no answer yet, and a clock passed its deadline and
    /// still runs, or it was urged or put under supervision and the citizen has had no answer since.
    /// </summary>
    public bool ToSupervise { get; init; }

    /// <summary>Whether somebody asked to hurry (催办), and the citizen has had no answer since.</summary>
    public bool Urged { get; init; }

    /// <summary>Units that help (协办).</summary>
    public NodeSet Assisting { get; init; }

    /// <summary>Whether a call back is to be made.</summary>
    public bool ToCallBack { get; init; }

    /// <summary>The case that it was merged into; null for others.</summary>
    public CaseId? MergedInto { get; init; }
}
