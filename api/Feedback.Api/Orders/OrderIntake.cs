using Feedback.Api.Access;
using Feedback.Api.Cases;
using Feedback.Domain.Cases;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Organisation;
using Feedback.Grains.Cases;

namespace Feedback.Api.Orders;

/// <summary>What became of an order.</summary>
/// <param name="Case">Its case; null when it was refused.</param>
/// <param name="Number">The case's readable number; null when it was refused.</param>
/// <param name="IsNew">Whether the case was opened now.</param>
/// <param name="Refusal">Why it was not taken; null when it was.</param>
internal sealed record OrderOutcome(CaseId? Case, string? Number, bool IsNew, Refusal? Refusal)
{
    public static OrderOutcome Refuse(Refusal refusal) => new(null, null, false, refusal);
}

/// <summary>
/// The path of the city's orders: each opens one case, known by the city's number. An order that is there already is answered by its case,
/// and nothing of it changes, whatever else is sent with its number.
/// </summary>
internal sealed class OrderIntake(CaseFiling filing, ICaseStore cases, AccessCheck access)
{
    /// <summary>The system that numbers the orders.</summary>
    public const string Source = "12345";

    /// <summary>Takes an order.</summary>
    /// <param name="order">The order.</param>
    /// <param name="scope">Where the sender may send orders to.</param>
    /// <param name="actor">The city.</param>
    public async Task<OrderOutcome> TakeAsync(OrderItem order, NodeScope scope, CaseActor actor)
    {
        if (await cases.FindAsync(Source, order.Number) is { } known)
            return Repeated(known, scope);
        if (await NodeOfAsync(order.Node, scope) is not ({ } node, _) found)
            return OrderOutcome.Refuse(new Refusal("node-unknown", "node", order.Node));
        if (found.Ambiguous)
            return OrderOutcome.Refuse(new Refusal("node-ambiguous", "node", order.Node));
        var (filed, refusal) = await filing.FileAsync(
            new Filing(CaseKind.HotlineOrder, CaseChannel.Hotline, node.Id.Value)
            {
                Scope = scope,
                Category = order.Category,
                Words = order.Words,
                Contact = order.Contact,
                Language = order.Language,
                OccurredAt = order.SentAt,
                External = new ExternalNumber(Source, order.Number),
                Limit = order.Limit,
                Due = order.Due,
            }, actor, order.Number);
        // Somebody else sent it at the same moment.
        if (refusal is { Code: "case-exists" or "case-external-taken" } && await cases.FindAsync(Source, order.Number) is { } other)
            return Repeated(other, scope);
        return refusal is not null ? OrderOutcome.Refuse(refusal) : new OrderOutcome(filed!.Id, filed.Number, true, null);
    }

    /// <summary>The row of an order that a caller may see; null for any other number.</summary>
    public async Task<CaseRow?> FindAsync(string number, NodeScope scope, CancellationToken cancellation = default) =>
        await cases.FindAsync(Source, number, cancellation) is { } row && IsWithin(row, scope) ? row : null;

    // An order of units that are not the sender's is no order of theirs, but its number is taken.
    private OrderOutcome Repeated(CaseRow row, NodeScope scope) =>
        IsWithin(row, scope) ? new OrderOutcome(row.Id, row.Number, false, null) : OrderOutcome.Refuse(new Refusal("case-external-taken", "number"));

    private bool IsWithin(CaseRow row, NodeScope scope) =>
        access.ViewOf(scope) is var view && new[] { row.Node, row.Lead }.Any(node => view.Tree.Find(node) is { } place && view.Sees(place));

    // The city writes the unit's name, not its code.
    private async Task<(Node? Node, bool Ambiguous)> NodeOfAsync(string text, NodeScope scope)
    {
        if (await access.FindAsync(text, scope) is { } node)
            return (node, false);
        var named = access.ViewOf(scope).Nodes.Where(one => one.Name.Zh == text || one.Name.En == text).Take(2).ToList();
        return (named.FirstOrDefault(), named.Count > 1);
    }
}
