using System.Globalization;
using Feedback.Analytics.Cases;
using Feedback.Api.CaseFigures;
using Feedback.Domain.Hotline;
using Feedback.Domain.Organisation;
using Feedback.Grains.Hotline;
using Feedback.Grains.Organisation;

namespace Feedback.Api.Hotline;

/// <summary>A month of a node's orders as the city tells them, and as we know them.</summary>
/// <param name="Node">The node, with everything that was below it.</param>
/// <param name="Month">The month by its first day, local at the node.</param>
/// <param name="Telling">What the city told last; null when it told nothing.</param>
/// <param name="Compared">Both side by side.</param>
public sealed record HotlineMonth(Node Node, DateOnly Month, HotlineTelling? Telling, HotlineComparison Compared);

/// <summary>Holds what the city tells of its hotline against our own orders of the same month.</summary>
/// <param name="book">What the city told.</param>
/// <param name="orders">Our orders.</param>
/// <param name="bureau">The organisation.</param>
public sealed class HotlineFigureReader(HotlineFigureBook book, HotlineOrders orders, IBureau bureau)
{
    /// <summary>Reads a month such as <c>2026-01</c>; null for what is none, or no month of this age.</summary>
    public static DateOnly? MonthOf(string text) =>
        DateOnly.TryParseExact(text, HotlineFigures.MonthFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) && month.Year is >= 1970 and < 9999 ? month : null;

    /// <summary>Both sides of a month. Orders that concerned what was below the node on the day count for it.</summary>
    public async Task<HotlineMonth> ReadAsync(Node node, DateOnly month, CancellationToken cancellation = default)
    {
        var tree = bureau.Current.Tree;
        var telling = await book.FindAsync(node.Id, month, cancellation);
        var ours = await orders.ReadAsync(
            CaseFigureReader.AtOrEverBelow(tree, node.Id), month, month.AddMonths(1), row => tree.IsAtOrBelow(row.Node, node.Id, row.Day), cancellation);
        return new HotlineMonth(node, month, telling, HotlineComparison.Of(telling?.Told.Figures, ours));
    }
}
