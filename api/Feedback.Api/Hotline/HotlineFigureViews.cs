using Feedback.Analytics.Cases;
using Feedback.Analytics.Rates;
using Feedback.Api.Access;
using Feedback.Api.Satisfaction;
using Feedback.Domain.Hotline;
using Feedback.Domain.Organisation;
using Feedback.Grains.Hotline;

namespace Feedback.Api.Hotline;

/// <summary>What the city told of a month, as it is kept.</summary>
/// <param name="Node">The node whose orders it is about, with everything below it.</param>
/// <param name="Month">The month, such as 2026-01.</param>
/// <param name="Version">How often the month was told; the ETag.</param>
/// <param name="ToldAt">When.</param>
/// <param name="By">By whom.</param>
/// <param name="Orders">How many orders the city sent.</param>
/// <param name="Listed">Whether it told them one by one.</param>
/// <param name="Rates">By result, with both counts.</param>
public sealed record ToldHotlineFigures(
    NodeLabel Node, string Month, long Version, DateTimeOffset ToldAt, string By, long Orders, bool Listed, IReadOnlyDictionary<string, HotlineRateView> Rates)
{
    internal static ToldHotlineFigures Of(Node node, ReaderView view, HotlineTelling telling) => new(
        NodeLabel.Of(node, view), HotlineFigures.MonthText(telling.Told.Month), telling.Version, DateTimeOffset.FromUnixTimeMilliseconds(telling.At), telling.Told.By,
        telling.Told.Figures.Orders, telling.Told.Figures.Listed is not null,
        telling.Told.Figures.Results.ToDictionary(one => one.Key, one => HotlineRateView.OfShare(new Proportion(one.Value.Yes, one.Value.Of))));
}

/// <summary>A rate of orders with both its counts.</summary>
/// <param name="Yes">Orders that have the result.</param>
/// <param name="Of">Orders that the rate is over: the city's as it told them; of ours those that were dispatched, called back by the city, or answered, as in the figures of cases.</param>
/// <param name="Value">0 to 1; null where nothing is known.</param>
public sealed record HotlineRateView(long Yes, long Of, double? Value)
{
    internal static HotlineRateView OfShare(Proportion share) => new(share.Successes, share.Trials, share.Value);
}

/// <summary>One figure of both sides.</summary>
/// <param name="Word">The result.</param>
/// <param name="Theirs">The city's; null where it does not tell.</param>
/// <param name="Ours">Ours.</param>
/// <param name="Difference">Our share less theirs; null where either is not known.</param>
/// <param name="Differing">Orders of which both sides know, and not the same; null where the city told no orders one by one.</param>
public sealed record HotlineFigureView(string Word, HotlineRateView? Theirs, HotlineRateView Ours, double? Difference, long? Differing);

/// <summary>An order about which both sides do not say the same.</summary>
/// <param name="Number">The city's number.</param>
/// <param name="What"><c>only-theirs</c>, <c>only-ours</c>, or the result that differs.</param>
/// <param name="Theirs">What the city says; null for an order that only one side has.</param>
/// <param name="Ours">What we say; null for an order that only one side has.</param>
public sealed record HotlineDifferenceView(string Number, string What, bool? Theirs, bool? Ours);

/// <summary>The city's figures of a month beside ours.</summary>
/// <param name="Node">The node, with everything that was below it on the day.</param>
/// <param name="Month">The month in which orders were received, such as 2026-01.</param>
/// <param name="Version">How often the city told the month; 0 for never.</param>
/// <param name="ToldAt">When it told it last; null for never.</param>
/// <param name="TheirOrders">How many orders the city sent; null when it told nothing.</param>
/// <param name="OurOrders">How many we received.</param>
/// <param name="Both">Orders that both sides have; null where the city told no orders one by one.</param>
/// <param name="Figures">Figure by figure.</param>
/// <param name="Differences">Order by order: those of one side only, and those whose results differ; null where the city told no orders one by one.</param>
public sealed record HotlineComparisonView(
    NodeLabel Node, string Month, long Version, DateTimeOffset? ToldAt, long? TheirOrders, long OurOrders, long? Both,
    IReadOnlyList<HotlineFigureView> Figures, IReadOnlyList<HotlineDifferenceView>? Differences)
{
    internal static HotlineComparisonView Of(HotlineMonth month, ReaderView view) => new(
        NodeLabel.Of(month.Node, view), HotlineFigures.MonthText(month.Month), month.Telling?.Version ?? 0,
        month.Telling is { } telling ? DateTimeOffset.FromUnixTimeMilliseconds(telling.At) : null,
        month.Compared.TheirOrders, month.Compared.OurOrders, month.Compared.Orders?.Both,
        [.. month.Compared.Figures.Select(ViewOf)], month.Compared.Orders?.Differences.Select(ViewOf).ToList());

    private static HotlineFigureView ViewOf(HotlineFigureComparison one) => new(
        one.Word, one.Theirs is { } theirs ? HotlineRateView.OfShare(theirs) : null, HotlineRateView.OfShare(one.Ours), one.Difference, one.Differing);

    private static HotlineDifferenceView ViewOf(OrderDifference one) => new(one.Number, one.What, one.Theirs, one.Ours);
}
