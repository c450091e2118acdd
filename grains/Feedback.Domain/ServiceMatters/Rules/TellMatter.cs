using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;

namespace Feedback.Domain.ServiceMatters;

/// <summary>
/// What the list of another system tells of a matter: how it stands there, with the times that it had. It accepts what is not here yet and
/// moves on what is; a list that is behind what is known moves nothing back.
/// </summary>
/// <param name="Node">The node that took it.</param>
/// <param name="Item">The service item's code.</param>
/// <param name="Number">The keyed hash of its number.</param>
/// <param name="Online">Whether it was applied for online.</param>
/// <param name="Limit">How long it may take; null for what is published about the item.</param>
/// <param name="AcceptedAt">When it was accepted, milliseconds UTC.</param>
/// <param name="Visits">How many visits there were, lawful ones too; 0 where the list does not tell.</param>
/// <param name="Stage">Where it stands.</param>
/// <param name="EndedAt">When it was completed or withdrawn, milliseconds UTC; null for now, and for one that is open.</param>
/// <param name="Outcome">The result's code, or why it was withdrawn; null for one that is open.</param>
/// <param name="LawfulVisits">Of these visits, those only to hand in what the notice had listed (补正、容缺); 0 where the list does not tell.</param>
public sealed record TellMatter(
    NodeId Node, string Item, Opaque Number, bool Online, string? Limit, long AcceptedAt, int Visits, MatterStage Stage, long? EndedAt, string? Outcome,
    int LawfulVisits = 0) : MatterCommand
{
    /// <summary>The most visits that a list may tell.</summary>
    public const int MostVisits = 50;

    /// <summary>When that happened which it tells next, milliseconds UTC; null for now. Never before what happened last.</summary>
    public long? TimeOf(MatterState state) => state.Accepted is null ? AcceptedAt : EndedAt is { } ended ? Math.Max(ended, state.LastAt) : null;
}
