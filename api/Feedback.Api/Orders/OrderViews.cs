using System.Text.Json.Nodes;

namespace Feedback.Api.Orders;

/// <summary>An order of the city's hotline as it is sent.</summary>
/// <param name="Number">The city's number, at most 64 letters, digits, hyphens, dots, low lines and brackets; it is the order's identity.</param>
/// <param name="Node">The id, the path or the exact name of the receiving unit.</param>
/// <param name="Words">What the citizen says; at most 10,000 characters.</param>
/// <param name="SentAt">When the city sent it: RFC 3339 with an offset. Its clocks run from then on; from now on where it is left out, lies in the future or more than 30 days back.</param>
/// <param name="Category">The code of a category.</param>
/// <param name="Contact">How the citizen can be reached; left out for an anonymous one.</param>
/// <param name="Language">The citizen's language.</param>
/// <param name="Limit">How long it may take, such as 5wd or 24h; by the policies when left out.</param>
/// <param name="Due">Until when it must be done, instead of a limit: RFC 3339 with an offset.</param>
public sealed record OrderBody(
    string Number, string Node, string Words, DateTimeOffset? SentAt, string? Category, string? Contact, string? Language, string? Limit, DateTimeOffset? Due);

/// <summary>An order that is here.</summary>
/// <param name="Number">The city's number.</param>
/// <param name="Case">The id of its case.</param>
/// <param name="CaseNumber">The readable number of its case.</param>
/// <param name="IsNew">Whether the case was opened by this request.</param>
public sealed record TakenOrder(string Number, string Case, string CaseNumber, bool IsNew);

/// <summary>An order that was not taken.</summary>
/// <param name="Index">Its place in the batch, from 0.</param>
/// <param name="Number">The city's number; null where it cannot be read.</param>
/// <param name="Problem">Why, as a problem document.</param>
public sealed record RejectedOrder(int Index, string? Number, JsonNode Problem);

/// <summary>What became of a batch: each order is answered by itself.</summary>
/// <param name="Opened">Orders that opened a case.</param>
/// <param name="Repeated">Orders that were here already.</param>
/// <param name="Orders">Both, in the order in which they were sent.</param>
/// <param name="Rejected">Those that were not taken.</param>
public sealed record OrderBatch(int Opened, int Repeated, IReadOnlyList<TakenOrder> Orders, IReadOnlyList<RejectedOrder> Rejected);

/// <summary>What the city does with an order; each step takes some of the members.</summary>
/// <param name="Id">The city's own id of the request, by which a repeat is recognized; at most 100 characters.</param>
/// <param name="Lead">dispatch: the id or path of the lead unit.</param>
/// <param name="Assisting">dispatch: ids or paths of the units that help.</param>
/// <param name="Reached">call-back: whether somebody answered.</param>
/// <param name="Solved">call-back: whether it is solved, as the citizen said.</param>
/// <param name="Grade">call-back: how satisfied the citizen is, 1 to 5.</param>
/// <param name="Granted">decide-extension: whether there is more time.</param>
/// <param name="Reason">Why; short, without names and numbers of persons.</param>
/// <param name="Words">call-back, reopen: what the citizen said.</param>
public sealed record OrderStepBody(
    string? Id, string? Lead, IReadOnlyList<string>? Assisting, bool? Reached, bool? Solved, int? Grade, bool? Granted, string? Reason, string? Words);

/// <summary>Where an order stands.</summary>
/// <param name="Number">The city's number.</param>
/// <param name="Case">The id of its case.</param>
/// <param name="CaseNumber">The readable number of its case.</param>
/// <param name="Version">The version of the case.</param>
/// <param name="Stage">registered (returned, or not sent yet), dispatched, handling, handled, answered, closed or merged.</param>
/// <param name="Returned">Whether the unit returned it and it was not sent again since.</param>
/// <param name="ReturnReason">Why the unit returned it; null for one that was not returned.</param>
/// <param name="Lead">The id of the lead unit.</param>
/// <param name="DueAt">The deadline of completion; null where none runs or it is pending.</param>
/// <param name="Overdue">Whether a clock passed its deadline and still runs.</param>
/// <param name="Extension">The limit that the unit asks for and that nobody decided; null for none.</param>
/// <param name="ExtensionReason">Why more time is asked for; null where none is.</param>
/// <param name="Answer">What the citizen was told last; null before, and where it was erased.</param>
/// <param name="Steps">What the city may try with it now.</param>
public sealed record OrderView(
    string Number, string Case, string CaseNumber, long Version, string Stage, bool Returned, string? ReturnReason, string Lead, DateTimeOffset? DueAt, bool Overdue,
    string? Extension, string? ExtensionReason, string? Answer, IReadOnlyList<string> Steps);
