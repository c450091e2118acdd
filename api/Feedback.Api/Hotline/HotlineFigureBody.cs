namespace Feedback.Api.Hotline;

/// <summary>What the city's hotline counts of a month. A list of <see cref="ListedOrderBody"/> may be sent in its place: then all counts follow from it.</summary>
/// <param name="Orders">How many orders the city sent, 0 to 1,000,000.</param>
/// <param name="Results">
/// By result: <c>signed-in-time</c>, <c>contacted-in-time</c>, <c>solved</c>, <c>satisfied</c>, <c>returned</c>, <c>sent-back</c>. What the city does not count
/// is left out.
/// </param>
public sealed record HotlineFigureBody(long Orders, IReadOnlyDictionary<string, HotlineCountBody> Results);

/// <summary>A rate by both its counts.</summary>
/// <param name="Yes">Orders that have the result.</param>
/// <param name="Of">Orders about which it is known.</param>
public sealed record HotlineCountBody(long Yes, long Of);

/// <summary>One order as the city knows it.</summary>
/// <param name="Number">The city's number; no two with the same.</param>
/// <param name="Results">Yes or no by result, as in <see cref="HotlineFigureBody"/>; null, or left out, for what is not known.</param>
public sealed record ListedOrderBody(string Number, IReadOnlyDictionary<string, bool?>? Results);
