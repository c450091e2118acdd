using Feedback.Domain.Cases;
using Feedback.Domain.Time;

namespace Feedback.Seeds.Import.Cases;

/// <summary>A row that could be read: a case at places that are known by their paths only.</summary>
/// <param name="Row">The row as a spreadsheet counts: the header is row 1.</param>
/// <param name="Number">The number in the system that it comes from.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Channel">How it came in.</param>
/// <param name="Category">The code of its category.</param>
/// <param name="Opened">When it came in.</param>
/// <param name="Closed">When it was closed; null while it is open.</param>
/// <param name="Anonymous">Whether the citizen gave no name.</param>
/// <param name="Node">The path of the node that it concerns.</param>
/// <param name="Lead">The path of the unit that handled it.</param>
internal sealed record ReadCase(
    long Row, string Number, CaseKind Kind, CaseChannel Channel, string Category, Moment Opened, Moment? Closed, bool Anonymous, string Node, string Lead);
