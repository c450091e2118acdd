using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;

namespace Feedback.Domain.ServiceMatters;

/// <summary>What lists know of a service matter; written with the matter's events, and made anew from them. Holds no personal text.</summary>
/// <param name="Id">The matter.</param>
/// <param name="Version">The version of the last event in it.</param>
/// <param name="Number">The number on its notice (<see cref="AcceptanceNumber"/>).</param>
/// <param name="Hash">The keyed hash of the office's own number.</param>
/// <param name="Node">The node that took it.</param>
/// <param name="Item">The service item's code.</param>
/// <param name="Online">Whether it was applied for online; else at a window.</param>
/// <param name="Stage">Where it stands.</param>
/// <param name="Visits">Visits as the two-visit rule counts them.</param>
/// <param name="OpenedAt">When it was accepted, milliseconds UTC.</param>
/// <param name="LastAt">When something happened to it last, milliseconds UTC.</param>
public sealed record MatterRow(
    MatterId Id, long Version, string Number, Opaque Hash, NodeId Node, string Item, bool Online, MatterStage Stage, int Visits, long OpenedAt, long LastAt)
{
    /// <summary>How long it may take; null where nothing was promised.</summary>
    public string? Limit { get; init; }

    /// <summary>Until when it must be completed, milliseconds UTC; null without a limit, while documents are waited for, where the deadline is pending, and at the end.</summary>
    public long? DueAt { get; init; }

    /// <summary>Whether it runs and its deadline is pending (待定), because it lies in a year whose holidays are not known.</summary>
    public bool Pending { get; init; }

    /// <summary>Whether the two-visit rule was broken: by a third visit, or by asking for what the notice had not listed.</summary>
    public bool Broken { get; init; }

    /// <summary>Whether its deadline was found to have passed before it was completed.</summary>
    public bool Overdue { get; init; }

    /// <summary>The row of an accepted matter.</summary>
    /// <param name="state">The matter.</param>
    /// <param name="times">Its time.</param>
    public static MatterRow At(MatterState state, MatterTimes times) => Of(state, times.Explained.At, times.Explained.Pending is not null);

    /// <summary>The row of an accepted matter.</summary>
    /// <param name="state">The matter.</param>
    /// <param name="deadline">Its deadline, milliseconds UTC; it follows from the calendar and the opening hours and not from the matter alone.</param>
    /// <param name="pending">Whether that is pending.</param>
    public static MatterRow Of(MatterState state, long? deadline, bool pending = false)
    {
        var (accepted, runs) = (state.Accepted!, state.Stage == MatterStage.Open && !state.Waits);
        return new MatterRow(
            state.Id, state.Version, AcceptanceNumber.Of(state), accepted.Number, accepted.Node, accepted.Item, accepted.Online, state.Stage, state.Visits, accepted.Stamp.At, state.LastAt)
        {
            Limit = accepted.Limit,
            DueAt = runs ? deadline : null,
            Pending = runs && pending,
            Broken = state.Accountable.Any(one => one.Reason != MatterRules.Overdue),
            Overdue = state.IsOverdue,
        };
    }
}
