using Feedback.Domain.Time;

namespace Feedback.Seeds.Import.Orders;

/// <summary>An order as a row tells it.</summary>
/// <param name="Row">The row as a spreadsheet counts.</param>
/// <param name="Number">The city's number.</param>
/// <param name="At">When the city sent it.</param>
/// <param name="Node">The receiving unit by id, path or name.</param>
/// <param name="Words">What the citizen says.</param>
/// <param name="Contact">How the citizen can be reached; null for nobody knows.</param>
/// <param name="Category">The code of a category; null for none.</param>
/// <param name="Limit">How long it may take, such as <c>5wd</c>; null for none.</param>
/// <param name="Due">Until when it must be done, instead of a limit; null for none.</param>
public sealed record ReadOrder(long Row, string Number, Moment At, string Node, string Words, string? Contact, string? Category, string? Limit, Moment? Due);
