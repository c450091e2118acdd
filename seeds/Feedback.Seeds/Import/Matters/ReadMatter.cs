using Feedback.Domain.ServiceMatters;

namespace Feedback.Seeds.Import.Matters;

/// <summary>A service matter as a row tells it.</summary>
/// <param name="Row">The row as a spreadsheet counts.</param>
/// <param name="Number">The office's own number.</param>
/// <param name="Node">The node that took it, by id or path.</param>
/// <param name="Item">The service item's code.</param>
/// <param name="Online">Whether it was applied for online.</param>
/// <param name="AcceptedAt">When it was accepted, milliseconds UTC.</param>
/// <param name="Limit">How long it may take, such as <c>10wd</c>; null for what is published about the item.</param>
/// <param name="Visits">How many visits there were, lawful ones too; null for unknown.</param>
/// <param name="Stage">Where it stands.</param>
/// <param name="EndedAt">When it was completed or withdrawn, milliseconds UTC; null for one that is open.</param>
/// <param name="Outcome">The result's code, or why it was withdrawn; null for one that is open.</param>
/// <param name="LawfulVisits">Of these visits, those only to hand in what had been listed; null for unknown.</param>
public sealed record ReadMatter(
    long Row, string Number, string Node, string Item, bool Online, long AcceptedAt, string? Limit, int? Visits, MatterStage Stage, long? EndedAt, string? Outcome,
    int? LawfulVisits = null);
